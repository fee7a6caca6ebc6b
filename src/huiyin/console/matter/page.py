"""Puts together all that the page of one case shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone

from huiyin.cases.api import Attachment, CaseView
from huiyin.console.duties.panel import describe_admission
from huiyin.console.frame import show
from huiyin.console.matter import clocks, facts, head
from huiyin.console.matter.ahead import list_ahead
from huiyin.console.matter.forms import MoveForm, make_form
from huiyin.console.matter.ground import make_ground
from huiyin.console.matter.identity import knows_source, list_visible_files
from huiyin.console.matter.keeping import Shelf
from huiyin.console.matter.moves import Offer, make_offer
from huiyin.console.matter.names import Names
from huiyin.console.matter.own_pages import find_own_page
from huiyin.console.matter.related import Related
from huiyin.console.matter.returning import list_precedents
from huiyin.console.matter.saying import Saying, say_inputs
from huiyin.console.matter.suggestion import find_suggestion
from huiyin.console.matter.timeline import list_inputs, tell_steps
from huiyin.console.replies.panel import find_panel
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages.api import Attachment as File
from huiyin.pages.api import Notice, local
from huiyin.people.api import AccountInHand, get_account_of
from huiyin.process.api import ASIDE

CURRENT = "console:worklist"


def show_page(
    request: HttpRequest, view: CaseView, wanted: str = "", *, typed: QueryDict | None = None,
    shelf: Shelf | None = None, refusal: Refusal | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    """Draw the case; with `refusal`, the form again with what was typed."""
    now = local(timezone.now())
    account = get_account_of(request)
    names = Names(view.process, tuple(list_inputs(view)))
    context = {
        **make_sheet(view, account, names, now),
        **make_act(view, names, now, wanted, typed, shelf, refusal),
        "ground": make_ground(view, account),
        "marks": list(head.list_marks(view)),
        "admission": describe_admission(view),
        "own_page": find_own_page(view.case.process),
        "state": head.make_state(view),
        "stages": head.list_stages(view),
        "ahead": list_ahead(view, now),
        "suggestion": find_suggestion(view),
        "precedents": list_precedents(view),
        "notices": _tell_done(request, view),
        "related": getattr(request, "related", Related()),
        "quick": [move for move in view.moves if {"hurry", "supervise"}.intersection(move.does)],
    }
    return show(request, "console/matter/case.html", context, current=CURRENT, status=status)


def _tell_done(request: HttpRequest, view: CaseView) -> list[Notice]:
    if request.GET.get("done") == "placed":
        return [Notice("green", Words("地点已确认，工单归到那里。", "The place is settled."))]
    move = view.process.moves.get(request.GET.get("done", ""))
    return [Notice("green", Words("已提交：{move}", "Done: {move}").fill(move=move.title))] if move else []


def make_sheet(view: CaseView, account: AccountInHand, names: Names, now: datetime) -> dict[str, Any]:
    """What the page and the print have in common: words, facts, clocks, steps, group, ratings."""
    files = list_visible_files(view, account)
    faces = clocks.list_faces(view, now)
    own = [face for face in faces if face.clock.owner not in ASIDE]
    return {
        "view": view,
        "case": view.case,
        "facts": facts.gather_facts(view, account, faces),
        "faces": faces,
        "main": next((face for face in own if face.running or face.clock.main), None),
        "steps": tell_steps(view, names, files, door=knows_source(view, account)),
        "show_files": show_files,
    }


def make_act(
    view: CaseView, names: Names, now: datetime, wanted: str, typed: QueryDict | None = None,
    shelf: Shelf | None = None, refusal: Refusal | None = None,
) -> dict[str, Any]:  # fmt: skip
    """What the form at the foot of the page shows: tabs, the open form, the request to decide on."""
    offer = make_offer(view, wanted)
    form = make_form(view, offer.chosen, now, typed, shelf, refusal) if offer.chosen else None
    return {
        "view": view,
        "case": view.case,
        "offer": offer,
        "form": form,
        "refusal": refusal,
        "orphans": _list_orphans(offer, form, wanted, typed),
        "asked": list_asked(view, names),
        "reply_panel": find_panel(view, offer.chosen, typed),
        "show_files": show_files,
    }


def _list_orphans(offer: Offer, form: MoveForm | None, wanted: str, typed: QueryDict | None) -> Sequence[str]:
    """Words typed for a move that can no longer be made: the page gives them back to be copied."""
    if typed is None:
        return ()
    if form is not None and offer.chosen is not None and offer.chosen.key == wanted:
        return form.left_over
    return [
        value
        for key, value in typed.items()
        if key not in _OWN and isinstance(value, str) and len(value.strip()) > 3
    ]


_OWN = frozenset(
    {
        "csrfmiddlewaretoken",
        "client_key",
        "version",
        "kept",
        "files-public",
        "files-asked",
        "template",
        "reply-reason",
        "show",
    }
)


def list_asked(view: CaseView, names: Names) -> list[Saying]:
    """What the open request asks for, to be read by whoever decides."""
    asked = {key: value for key, value in (view.case.asked or {}).items() if key not in _NOT_SAID}
    return list(say_inputs(asked, names, shown=False, units=True))


_NOT_SAID = frozenset({"endorsed_by", "consulted"})
"""Who endorsed it stands among the steps, and the unit that is heard beside what is proposed."""


def show_files(files: Sequence[Attachment]) -> list[File]:
    """Attachments as the macro of files draws them."""
    return [
        File(
            file.name,
            "" if file.removed_at else reverse("console:attachment", args=[file.pk]),
            file.size,
            _icon_of(file.media_type),
        )
        for file in files
    ]


def _icon_of(media_type: str) -> str:
    kind = media_type.partition("/")[0]
    return {"image": "image-plus", "audio": "mic", "video": "camera"}.get(kind, "paperclip")

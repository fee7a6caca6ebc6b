"""The page of one matter, for whoever holds its link."""

from __future__ import annotations

import re
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huiyin.appeals.api import Tracked, find_tracked
from huiyin.cases.api import MAX_FILES, CaseClock
from huiyin.kernel.texts import shorten
from huiyin.kernel.words import Words
from huiyin.pages.api import Notice
from huiyin.people.api import EVERYONE, map_persons, open_to
from huiyin.portal.asking import GRADES, list_forms
from huiyin.portal.frame import show
from huiyin.portal.hurries import find_last_hurry
from huiyin.portal.keeping import name_tokens
from huiyin.portal.promises import make_promise
from huiyin.portal.rules import HURRY_AGAIN
from huiyin.portal.trails import draw_trail, find_answer
from huiyin.portal.values import TypedMove

DONE: dict[str, Words] = {
    "add_words": Words("收到了，已转给承办单位。", "Received, and passed to the unit."),
    "supply": Words("收到了，接着办。", "Received; the work goes on."),
    "hurry": Words("已经记下催办，并提醒正在办的人。", "Noted, and told to whoever is at work."),
    "evaluate": Words("谢谢您的评价。", "Thank you for rating."),
    "reopened": Words(
        "知道了。您说没解决，已退回重办，办好再答复您。",
        "Understood: it is not solved. It goes back and you will be answered again.",
    ),
    "withdraw": Words("已按您的意思撤回。", "Withdrawn as you wished."),
}
"""What is told after a move; other moves of a county's own process are told in one sentence for all."""

_DONE_OTHERWISE = Words("收到了。", "Received.")
_SHOWN_TITLE = 14
_CLAUSE_END = re.compile(r"[，。；：！？、,;:!?\n]")


@open_to(EVERYONE)
@require_safe
def show_track(request: HttpRequest, number: str, secret: str) -> HttpResponse:
    """Where the matter stands, who is responsible, until when, and what the person can do now."""
    tracked = find_tracked(number, secret)
    done = request.GET.get("done", "")
    notices = [Notice("green", DONE.get(done, _DONE_OTHERWISE))] if done else []
    return draw_track(request, tracked, secret, None, {"notices": notices})


def draw_track(
    request: HttpRequest,
    tracked: Tracked,
    secret: str,
    typed: TypedMove | None,
    more: dict[str, object],
    status: int = 200,
) -> HttpResponse:
    """The page, with one of its forms as it was typed when that was refused."""
    case, now = tracked.case, timezone.now()
    due_at = _find_main_due(tracked)
    answer = find_answer(tracked)
    steps, now_index = draw_trail(
        tracked, due_at, answer, lambda file: reverse("portal:file", args=(case.number, secret, file.pk))
    )
    hurried = find_last_hurry(case.number)
    again_at = hurried + HURRY_AGAIN if hurried and now < hurried + HURRY_AGAIN else None
    context = {
        "tracked": tracked,
        "case": case,
        "secret": secret,
        "headline": write_headline(tracked),
        "promise": make_promise(tracked, due_at, now),
        "answer": "\n\n".join(answer.words) if answer else "",
        "steps": steps,
        "now_index": now_index,
        "forms": list_forms(tracked, typed, again_at, now),
        "masked_phone": _find_masked_phone(tracked),
        "unsure": typed.faults.get("sure") if typed else None,
        "kept_for": typed.move if typed else "",
        "kept": name_tokens(typed.tokens) if typed else [],
        "own_title": not tracked.words.startswith(case.title.rstrip("…")),
        "max_files": MAX_FILES,
        "grades": dict(GRADES),
        **more,
    }
    return show(request, "portal/track.html", context, status, private=True)


def write_headline(tracked: Tracked) -> str:
    """“停水了”的事，正在办: the matter and where it stands, in words as spoken to a neighbour."""
    state = tracked.headline.tell(get_language() or "zh")
    subject = _CLAUSE_END.split(tracked.case.title, maxsplit=1)[0] or tracked.case.title
    return _("“%(title)s”的事，%(state)s") % {"title": shorten(subject, _SHOWN_TITLE), "state": state}


def _find_main_due(tracked: Tracked) -> datetime | None:
    """When the person is answered at the latest: the main clock's due date, while it runs."""
    running = CaseClock.objects.filter(case=tracked.case, main=True, stopped_at=None, paused_at=None)
    return running.order_by("-id").values_list("due_at", flat=True).first()


def _find_masked_phone(tracked: Tracked) -> str:
    """Where messages go, masked; never of somebody who asked not to be known."""
    case = tracked.case
    if case.identity != "named" or case.person_id is None:
        return ""
    return map_persons([case.person_id])[case.person_id].masked_phone

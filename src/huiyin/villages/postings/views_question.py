"""The own page of a question's case: what was asked under which line, and the answer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from huiyin.cases.api import get_process, list_open_moves, may_see, move_case
from huiyin.console.api import acting_of
from huiyin.economy.organisations.api import list_seen
from huiyin.economy.postings.api import (
    ASKED,
    PostingLine,
    Question,
    get_question,
    list_columns,
    list_questions,
)
from huiyin.journal.api import list_entries
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.pages.api import status_of_form, url
from huiyin.people.api import get_account_of, open_to
from huiyin.process.api import INPUTS, Move
from huiyin.villages.frame import show_one
from huiyin.villages.postings.saying import say_left
from huiyin.villages.values import READERS

ASIDE = frozenset({"remark"})
"""Moves that belong to the page of the case."""

WRITTEN = frozenset({"text", "line"})
DONE = {"moved": Words("已办理。公示页上现在就能看到。", "Done; the public page shows it now.")}


@require_safe
@open_to(*READERS)
def question(request: HttpRequest, number: str) -> HttpResponse:
    """What was asked, until when it is answered, and the forms of what the account may do."""
    return _show(request, _get_seen(request, number), "", {})


def _get_seen(request: HttpRequest, number: str) -> Question:
    """Whoever sees the organisation sees what is asked of it; else as if there were none."""
    found = get_question(number)
    if not list_seen(get_account_of(request)).filter(pk=found.posting.organisation_id).exists():
        words = Words("没有这个编号。请核对后再查。", "There is no such number. Check it and try again.")
        raise Refusal("question-not-found", words)
    return found


@require_POST
@open_to(*READERS)
def move(request: HttpRequest, number: str) -> HttpResponse:
    """Carry out one of the moves; a refusal is shown in its form, with what was typed."""
    found, key = _get_seen(request, number), request.POST.get("move", "")[:40]
    typed = {name: clean(request.POST.get(name, ""))[:5000] for name in ("reply", "reason", "note")}
    inputs = {name: value for name, value in typed.items() if value}
    client_key = request.POST.get("client_key", "")[:64] or None
    try:
        move_case(found.case.number, key, inputs, acting_of(request), timezone.now(), client_key)
    except Refusal as refusal:
        return _show(request, found, key, typed, refusal)
    return HttpResponseRedirect(url("villages:question", found.case.number) + "?done=moved", status=303)


def _show(
    request: HttpRequest, found: Question, key: str, typed: dict[str, str], refusal: Refusal | None = None
) -> HttpResponse:
    acting, case, posting = acting_of(request), found.case, found.posting
    case.refresh_from_db()
    shown = next(one for one in list_questions([posting.pk]) if one.pk == found.pk)
    moves = list_open_moves(
        case, get_process(case.process, case.process_version), list(case.assignments.all()), acting
    )
    context = {
        "question": shown,
        "posting": posting,
        "line": _describe_line(found.line),
        "asked": ASKED,
        "left": say_left(shown, timezone.now()),
        "forms": [(one, _list_asks(one)) for one in moves if one.key not in ASIDE and _list_asks(one)],
        "draft": str((case.asked or {}).get("reply") or "") if case.stage == "checking" else "",
        "entries": [one for one in list_entries(f"case:{case.number}") if one.body.get("move")],
        "process": get_process(case.process, case.process_version),
        "sees_case": may_see(case, acting),
        "key": key,
        "typed": typed,
        "refusal": refusal,
    }
    status = status_of_form(refusal)
    return show_one(
        request, "villages/postings/question.html", context, posting.organisation, "postings", status, DONE
    )


def _list_asks(one: Move) -> list[tuple[str, Words, bool]]:
    return [
        (ask.key, INPUTS[ask.key].title, ask.required) for ask in one.asks if INPUTS[ask.key].kind in WRITTEN
    ]


def _describe_line(line: PostingLine | None) -> list[tuple[Words, str]]:
    if line is None:
        return []
    columns = list_columns(line.posting.columns)
    return [(one.title, said) for one in columns if (said := one.write(line.cells.get(one.key)))]

"""Meetings of an organisation: the list, calling one, the page of one with its sum, closing, calling off."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.console.api import export_xlsx
from huiyin.economy.assemblies.api import (
    CALLERS,
    CLOSERS,
    DEMANDS,
    MATTERS,
    MEETINGS,
    WAYS,
    Meeting,
    NewItem,
    NewMeeting,
    call_meeting,
    call_off,
    close_meeting,
    get_bounds,
    get_meeting,
    list_entitled,
    list_meetings,
    list_waiting,
    reckon_items,
)
from huiyin.economy.organisations.api import Organisation, demand, get_seen, may
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages.api import Column, number_pages, read_page, render, status_of_form
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.answering import go, read_day, tell_errors
from huiyin.villages.frame import show_one
from huiyin.villages.values import READERS

PAGE = 50
BLANKS = 4
DONE = {
    "called": Words("通知已张贴在村公示页。", "The notice hangs on the village's page."),
    "attendance": Words("签到已保存，请录入票数。", "The attendance is kept; enter the votes."),
    "votes": Words("票数已保存，请由另一人确认。", "The votes are kept; another officer confirms them."),
    "closed": Words("会议已确认，决议已公示。", "The meeting is closed and its resolutions are posted."),
    "off": Words("会议已取消。", "The meeting is called off."),
}
COLUMNS = [
    Column(Words(zh, en), width)
    for zh, en, width in (
        ("开会日期", "Held on", 14),
        ("会议", "Meeting", 20),
        ("名称", "Title", 40),
        ("议题", "Item", 40),
        ("应到", "Entitled", 8),
        ("到会", "Attended", 8),
        ("赞成", "For", 8),
        ("反对", "Against", 8),
        ("弃权", "Abstained", 8),
        ("结果", "Outcome", 16),
    )
]
VALID, INVALID = Words("有效", "Valid"), Words("无效", "Not valid")


def tell_state(meeting: Meeting) -> tuple[str, str, Words]:
    """Tone, shape and words of where a meeting stands."""
    if meeting.called_off:
        return "grey", "ring", Words("已取消", "Called off")
    if meeting.closed_at:
        return "green", "dot", Words("已确认", "Closed")
    if meeting.held_on > timezone.localdate():
        return "blue", "half", Words("已通知", "Called")
    return "amber", "half", Words("待录入确认", "To be entered")


@require_safe
@open_to(*READERS)
def meetings(request: HttpRequest, code: str) -> HttpResponse:
    """The organisation's meetings, the newest first."""
    account = get_account_of(request)
    one = get_seen(code, account)
    found = list_meetings(one).prefetch_related("resolutions")
    total = found.count()
    page = read_page(request.GET.dict(), max(1, -(-total // PAGE)))
    shown = found[(page - 1) * PAGE : page * PAGE]
    context = {
        "lines": [(meeting, tell_state(meeting), list(meeting.resolutions.all())) for meeting in shown],
        "kinds": MEETINGS,
        "calls": may(account, one, *CALLERS),
        "paging": number_pages(request.GET.dict(), total, PAGE),
    }
    return show_one(request, "villages/meetings/meetings.html", context, one, "meetings", done=DONE)


@require_safe
@open_to(*READERS)
def export_meetings(request: HttpRequest, code: str) -> HttpResponse:
    """Every item of every meeting, with its votes, as a spreadsheet."""
    one = get_seen(code, get_account_of(request))
    rows = (
        [
            meeting.held_on,
            MEETINGS[meeting.kind],
            meeting.title,
            item.title,
            meeting.entitled,
            meeting.attended,
            item.agreed,
            item.against,
            item.abstained,
            None if item.valid is None else VALID if item.valid else INVALID,
        ]
        for meeting in list_meetings(one).prefetch_related("resolutions")
        for item in meeting.resolutions.all()
    )
    return export_xlsx(request, f"meetings-{code}", f"{one.name}会议", COLUMNS, rows)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*CALLERS)
def new_meeting(request: HttpRequest, code: str) -> HttpResponse:
    """Call a meeting: its notice is posted when this is sent."""
    account = get_account_of(request)
    one = get_seen(code, account)
    if request.method != "POST":
        return _show_form(request, one)
    try:
        meeting = call_meeting(one, _read_meeting(request, one), account, timezone.now())
    except Refusal as refusal:
        return _show_form(request, one, refusal)
    return go("called", "meeting", code, meeting.pk)


def _read_meeting(request: HttpRequest, one: Organisation) -> NewMeeting:
    typed = request.POST
    picked = set(typed.getlist("waiting"))
    waiting = [
        NewItem(each.matter, each.title, each.subject) for each in list_waiting(one) if each.subject in picked
    ]
    rows = zip(typed.getlist("matter"), typed.getlist("title"), typed.getlist("subject"), strict=False)
    own = [NewItem(matter, title, subject) for matter, title, subject in rows if title.strip()]
    return NewMeeting(
        typed.get("kind", ""),
        typed.get("name", ""),
        read_day(typed.get("held_on", ""), "held_on"),
        typed.get("place", ""),
        (*waiting, *own),
        typed.get("begins", ""),
    )


def _show_form(request: HttpRequest, one: Organisation, refusal: Refusal | None = None) -> HttpResponse:
    typed = request.POST if request.method == "POST" else request.GET
    bounds = get_bounds(one)
    rows = list(zip(typed.getlist("matter"), typed.getlist("title"), typed.getlist("subject"), strict=False))
    context = {
        "waiting": list_waiting(one),
        "picked": set(typed.getlist("waiting")),
        "rows": [*rows, *[("other", "", "")] * BLANKS][: max(BLANKS, len(rows))],
        "kinds": list(MEETINGS.items()),
        "matters": list(MATTERS.items()),
        "soonest": (timezone.localdate() + timedelta(days=bounds.notice_days)).isoformat(),
        "bounds": bounds,
        "typed": typed.dict(),
        "errors": tell_errors(refusal),
    }
    status = status_of_form(refusal)
    return show_one(request, "villages/meetings/call.html", context, one, "meetings", status)


@require_safe
@open_to(*READERS)
def meeting(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One meeting: notice, attendance, every item with its votes and the sum that makes it valid or not."""
    one = get_seen(code, get_account_of(request))
    return show_meeting(request, one, get_meeting(one, pk))


def show_meeting(
    request: HttpRequest, one: Organisation, held: Meeting, refusal: Refusal | None = None
) -> HttpResponse:
    """Draw the page of a meeting; with what was refused, if anything was."""
    account, today = get_account_of(request), timezone.localdate()
    is_open = not held.closed_at and not held.called_off
    context = {
        "meeting": held,
        "kind": MEETINGS[held.kind],
        "state": tell_state(held),
        "items": _tell_items(one, held),
        "matters": MATTERS,
        "demands": DEMANDS,
        "entitled": held.entitled or len(list_entitled(held)),
        "seats": list(
            held.attendances.select_related("member__household", "proxy").order_by("member__number")
        ),
        "ways": WAYS,
        "enters": is_open and held.held_on <= today and may(account, one, *CALLERS),
        "closes": is_open and bool(held.chair) and may(account, one, *CLOSERS),
        "calls_off": is_open and may(account, one, *CALLERS),
        "errors": tell_errors(refusal),
    }
    status = status_of_form(refusal)
    return show_one(request, "villages/meetings/meeting.html", context, one, "meetings", status, DONE)


def _tell_items(one: Organisation, held: Meeting) -> list[tuple[object, list[dict[str, object]]]]:
    """Each item with the lines of its sum: as it was closed, or as it would be now."""
    return [
        (item, item.reckoning.get("lines") or ([_tell(line) for line in sums.lines] if held.attended else []))
        for item, sums in reckon_items(held, get_bounds(one))
    ]


def _tell(line: object) -> dict[str, object]:
    return {key: getattr(line, key) for key in ("key", "have", "need", "met", "rule")}


@require_POST
@open_to(*CLOSERS)
def close(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Confirm what another entered: from then on nothing of the meeting changes."""
    account = get_account_of(request)
    one = get_seen(code, account)
    held = get_meeting(one, pk)
    try:
        close_meeting(one, pk, account, timezone.now())
    except Refusal as refusal:
        return show_meeting(request, one, held, Refusal(refusal.code, refusal.words, refusal.rule))
    return go("closed", "meeting", code, pk)


@require_POST
@open_to(*CALLERS)
def cancel(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Say that a meeting is not held."""
    account = get_account_of(request)
    one = get_seen(code, account)
    held = get_meeting(one, pk)
    try:
        demand(account, one, *CALLERS)
        call_off(one, pk, request.POST.get("reason", ""), account, timezone.now())
    except Refusal as refusal:
        return show_meeting(request, one, held, Refusal(refusal.code, refusal.words, refusal.rule))
    return go("off", "meeting", code, pk)


@require_safe
@open_to(*READERS)
def print_meeting(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The minutes on paper: attendance, votes, the sum, lines to sign on."""
    account = get_account_of(request)
    one = get_seen(code, account)
    held = get_meeting(one, pk)
    context = {
        "organisation": one,
        "meeting": held,
        "kind": MEETINGS[held.kind],
        "items": _tell_items(one, held),
        "matters": MATTERS,
        "demands": DEMANDS,
        "seats": list(
            held.attendances.select_related("member__household", "proxy").order_by("member__number")
        ),
        "ways": WAYS,
        "printed_by": account.signature,
        "printed_at": timezone.now(),
    }
    return render(request, "villages/meetings/print.html", context)

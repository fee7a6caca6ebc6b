"""What is entered of a meeting that was held: the attendance sheet with its proxies, then the votes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from huiyin.economy.assemblies.api import (
    CALLERS,
    MATTERS,
    WAYS,
    Meeting,
    Seat,
    Tally,
    enter_attendance,
    enter_votes,
    get_bounds,
    get_meeting,
    list_entitled,
    need_of,
)
from huiyin.economy.organisations.api import Organisation, get_seen
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import read_number
from huiyin.kernel.words import Words
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.answering import go, status_of_form, tell_errors
from huiyin.villages.frame import show_one

ABSENT = ""


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*CALLERS)
def attendance(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The sheet of everybody who is entitled: present, online, by proxy of the same household, or absent."""
    account = get_account_of(request)
    one = get_seen(code, account)
    held = get_meeting(one, pk)
    if request.method != "POST":
        return _show_attendance(request, one, held)
    try:
        enter_attendance(one, pk, _read_seats(request), account, timezone.now())
    except Refusal as refusal:
        return _show_attendance(request, one, held, refusal)
    return go("attendance", "votes", code, pk)


def _read_seats(request: HttpRequest) -> list[Seat]:
    typed = request.POST
    ids = [read_number(text) or 0 for text in typed.getlist("member")]
    return [
        Seat(
            own,
            typed.get(f"how-{own}", ""),
            read_number(typed.get(f"proxy-{own}", "")),
            typed.get(f"paper-{own}", ""),
        )
        for own in ids
        if typed.get(f"how-{own}", ABSENT) != ABSENT
    ]


def _show_attendance(
    request: HttpRequest, one: Organisation, held: Meeting, refusal: Refusal | None = None
) -> HttpResponse:
    entitled, bounds = list_entitled(held), get_bounds(one)
    homes: dict[int, list[tuple[int, str]]] = {}
    for member in entitled:
        homes.setdefault(member.household_id, []).append(
            (member.pk, f"{member.masked_name} {member.number} 号")
        )
    kept = {seat.member_id: (seat.how, seat.proxy_id, seat.paper) for seat in held.attendances.all()}
    if request.method == "POST":
        kept = {seat.member_id: (seat.how, seat.proxy_id, seat.paper) for seat in _read_seats(request)}
    context = {
        "meeting": held,
        "rows": [
            (
                member,
                kept.get(member.pk, (ABSENT, None, "")),
                [each for each in homes[member.household_id] if each[0] != member.pk],
            )
            for member in entitled
        ],
        "need": need_of(len(entitled), bounds.attendance),
        "bounds": bounds,
        "ways": [(ABSENT, Words("未到", "Absent")), *WAYS.items()],
        "errors": tell_errors(refusal),
    }
    status = status_of_form(refusal)
    return show_one(request, "villages/meetings/attendance.html", context, one, "meetings", status)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*CALLERS)
def votes(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """For, against and abstained on every item, and the minutes."""
    account = get_account_of(request)
    one = get_seen(code, account)
    held = get_meeting(one, pk)
    if request.method != "POST":
        return _show_votes(request, one, held)
    typed = request.POST
    try:
        tallies = {item: _read_tally(request, item) for item in held.resolutions.values_list("pk", flat=True)}
        said = (typed.get("chair", ""), typed.get("minutes", ""))
        enter_votes(one, pk, tallies, said, account, timezone.now())
    except Refusal as refusal:
        return _show_votes(request, one, held, refusal)
    return go("votes", "meeting", code, pk)


def _read_tally(request: HttpRequest, item: int) -> Tally:
    numbers = [read_number(request.POST.get(f"{name}-{item}", "") or "0", 7) for name in NAMES]
    if None in numbers:
        raise Refusal("bad-votes", Words("票数请填整数。", "Votes are whole numbers."), field="votes")
    return Tally(*[number or 0 for number in numbers])


NAMES = ("agreed", "against", "abstained")


def _show_votes(
    request: HttpRequest, one: Organisation, held: Meeting, refusal: Refusal | None = None
) -> HttpResponse:
    bounds, typed = get_bounds(one), request.POST
    context = {
        "meeting": held,
        "rows": [
            (item, {name: typed.get(f"{name}-{item.pk}", getattr(item, name)) for name in NAMES})
            for item in held.resolutions.order_by("id")
        ],
        "need": need_of(held.entitled, bounds.majority),
        "matters": MATTERS,
        "chair": typed.get("chair", held.chair),
        "minutes": typed.get("minutes", held.minutes),
        "errors": tell_errors(refusal),
    }
    status = status_of_form(refusal)
    return show_one(request, "villages/meetings/votes.html", context, one, "meetings", status)

"""What is entered of a meeting that was held: the attendance sheet with its proxies, then the votes."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
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
    list_seats,
    need_of,
)
from huiyin.economy.members.api import Member
from huiyin.economy.organisations.api import Organisation, get_seen
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import read_number
from huiyin.kernel.words import Words
from huiyin.pages.api import number_pages, read_page, status_of_form, url
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.answering import go, tell_errors
from huiyin.villages.frame import show_one

ABSENT = ""
PAGE = 40
"""Households on one page of the sheet: a form holds only so many fields."""
DONE = {"kept": Words("这一页已保存，请继续下一页。", "This page is kept; go on with the next.")}


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*CALLERS)
def attendance(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """The sheet of everybody who is entitled: present, online, by proxy of the same household, or absent."""
    account = get_account_of(request)
    one = get_seen(code, account)
    held = get_meeting(one, pk)
    if request.method != "POST":
        return _show_attendance(request, one, held)
    seats, among = _read_seats(request)
    try:
        enter_attendance(one, pk, seats, account, timezone.now(), among)
    except Refusal as refusal:
        return _show_attendance(request, one, held, refusal)
    following = read_number(request.POST.get("next", ""), 4)
    if following:
        where = f"{url('villages:attendance', code, pk)}?page={following}&done=kept"
        return HttpResponseRedirect(where, status=303)
    return go("attendance", "meeting", code, pk)


def _read_seats(request: HttpRequest) -> tuple[list[Seat], set[int]]:
    """Who came of those on the page, and everybody on it; `rest` lets whoever was left absent be present."""
    typed = request.POST
    ids = [read_number(text) or 0 for text in typed.getlist("member")]
    rest = "present" if typed.get("do") == "rest" else ABSENT
    seats = [
        Seat(
            own,
            typed.get(f"how-{own}", "") or rest,
            read_number(typed.get(f"proxy-{own}", "")),
            typed.get(f"paper-{own}", ""),
        )
        for own in ids
        if (typed.get(f"how-{own}", ABSENT) or rest) != ABSENT
    ]
    return seats, set(ids)


def _show_attendance(
    request: HttpRequest, one: Organisation, held: Meeting, refusal: Refusal | None = None
) -> HttpResponse:
    bounds, homes = get_bounds(one), _gather(list_entitled(held))
    pages = max(1, -(-len(homes) // PAGE))
    page = read_page(request.GET.dict(), pages)
    seats = {seat.member_id: seat for seat in list_seats(held)}
    many, came = sum(map(len, homes)), len(seats)
    if request.method == "POST":
        seats = {seat.member_id: seat for seat in _read_seats(request)[0]}
    context = {
        "meeting": held,
        "rows": [
            (member, seats.get(member.pk, Seat(member.pk, ABSENT)), _choose_proxies(member, home))
            for home in homes[(page - 1) * PAGE : page * PAGE]
            for member in home
        ],
        "many": many,
        "came": came,
        "following": page + 1 if page < pages else "",
        "need": need_of(many, bounds.attendance),
        "bounds": bounds,
        "ways": [(ABSENT, Words("未到", "Absent")), *WAYS.items()],
        "paging": number_pages(request.GET.dict(), len(homes), PAGE),
        "errors": tell_errors(refusal),
    }
    status = status_of_form(refusal)
    return show_one(request, "villages/meetings/attendance.html", context, one, "meetings", status, DONE)


def _gather(entitled: list[Member]) -> list[list[Member]]:
    """Household by household, in order."""
    return [list(home) for _, home in groupby(entitled, key=lambda member: member.household_id)]


def _choose_proxies(member: Member, home: list[Member]) -> list[tuple[int, str]]:
    return [(each.pk, f"{each.masked_name} {each.number} 号") for each in home if each.pk != member.pk]


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

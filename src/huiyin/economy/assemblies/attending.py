"""Who is entitled to vote, and who came: in person, online, or by a proxy of the same household."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from huiyin.economy.assemblies.calling import CALLERS, demand_open, get_bounds, get_meeting
from huiyin.economy.assemblies.models import Attendance, Delegate, Meeting
from huiyin.economy.assemblies.rules import ASSEMBLY_RULE, check_seats
from huiyin.economy.assemblies.values import DELEGATES, PROXY, WAYS, Seat
from huiyin.economy.members.api import Member, list_capable
from huiyin.economy.organisations.api import Organisation, demand, note
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand


def list_entitled(meeting: Meeting) -> list[Member]:
    """Whoever counts on the day of the meeting: members with full capacity, or the delegates in office."""
    capable = list_capable(meeting.organisation_id, meeting.held_on)
    if meeting.kind != DELEGATES:
        return capable
    chosen = set(list_delegate_ids(meeting.organisation_id, meeting.held_on))
    return [member for member in capable if member.pk in chosen]


def list_delegate_ids(organisation_id: int, on: date) -> list[int]:
    """The members who are delegates on that day."""
    found = Delegate.objects.filter(organisation_id=organisation_id, since_on__lte=on)
    return list(
        found.filter(Q(until_on__isnull=True) | Q(until_on__gte=on)).values_list("member_id", flat=True)
    )


@transaction.atomic
def enter_attendance(
    organisation: Organisation,
    pk: int,
    seats: Sequence[Seat],
    by: AccountInHand | None,
    now: datetime,
    among: Collection[int] | None = None,
) -> Meeting:
    """Keep the attendance sheet, in place of what was kept before; journalled.

    With `among`, a part of the sheet: of members outside it what was kept stays.

    Refuses `not-your-duty`, `meeting-closed`, `not-held-yet`, and what `rules.check_seats` refuses.
    """
    if by is not None:
        demand(by, organisation, *CALLERS)
    meeting = get_meeting(organisation, pk, lock=True)
    demand_open(meeting)
    demand_held(meeting, timezone.localdate(now))
    entitled = list_entitled(meeting)
    if among is not None:
        seats = [*(seat for seat in list_seats(meeting) if seat.member_id not in among), *seats]
    _check_ways(seats)
    check_seats(seats, {m.pk: m.household_id for m in entitled}, meeting.kind, get_bounds(organisation))
    Attendance.objects.filter(meeting=meeting).delete()
    Attendance.objects.bulk_create(_make(meeting, seat) for seat in seats)
    meeting.entitled, meeting.attended = len(entitled), len(seats)
    meeting.entered_by_id = by.id if by else None
    meeting.save(update_fields=["entitled", "attended", "entered_by"])
    proxies = sum(seat.how == PROXY for seat in seats)
    told = {"meeting": pk, "entitled": len(entitled), "attended": len(seats), "proxies": proxies}
    note(organisation, "enter-attendance", by, now, **told)
    return meeting


def list_seats(meeting: Meeting) -> list[Seat]:
    """The attendance sheet as it was kept."""
    return [
        Seat(row.member_id, row.how, row.proxy_id, row.paper) for row in meeting.attendances.order_by("id")
    ]


def _make(meeting: Meeting, seat: Seat) -> Attendance:
    proxy = seat.how == PROXY
    return Attendance(
        meeting=meeting,
        member_id=seat.member_id,
        how=seat.how,
        proxy_id=seat.proxy_id if proxy else None,
        paper=clean(seat.paper) if proxy else "",
    )


def _check_ways(seats: Sequence[Seat]) -> None:
    if any(seat.how not in WAYS for seat in seats):
        words = Words("请选择到场、在线或委托。", "Choose present, online or by proxy.")
        raise Refusal("bad-way", words, field="seats")


def demand_held(meeting: Meeting, today: date) -> None:
    """Refuse `not-held-yet` before the day of the meeting."""
    if today < meeting.held_on:
        words = Words("会议 {day} 才开，开会当天再录入。", "The meeting is on {day}; enter this on the day.")
        raise Refusal("not-held-yet", words.fill(day=meeting.held_on.isoformat()), ASSEMBLY_RULE)

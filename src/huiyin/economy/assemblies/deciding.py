"""Enters the votes, closes a meeting, and reckons what of it was validly resolved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from huiyin.economy.assemblies.attending import demand_held
from huiyin.economy.assemblies.calling import CALLERS, demand_open, get_bounds, get_meeting, name_subject
from huiyin.economy.assemblies.models import Meeting, Resolution
from huiyin.economy.assemblies.rules import ASSEMBLY_RULE, Reckoning, check_tally, reckon
from huiyin.economy.assemblies.values import MATTERS, MEETINGS, Bounds, Tally, Turnout
from huiyin.economy.organisations.api import Organisation, demand, get_limit, note
from huiyin.economy.postings.api import Field, NewPosting, put_up
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand

CLOSERS = ("director", "overseer", "bookkeeper", "reviewer")
"""Whoever may close a meeting, when another entered its votes."""

_COLUMNS = (
    Field("title", Words("议题", "Item")),
    Field("matter", Words("事项", "Matter")),
    Field("agreed", Words("赞成", "For"), "count"),
    Field("against", Words("反对", "Against"), "count"),
    Field("abstained", Words("弃权", "Abstained"), "count"),
    Field("outcome", Words("结果", "Outcome")),
)


@transaction.atomic
def enter_votes(
    organisation: Organisation,
    pk: int,
    votes: Mapping[int, Tally],
    minutes: tuple[str, str],
    by: AccountInHand | None,
    now: datetime,
) -> Meeting:
    """Keep the votes on each item (by its id), and `minutes`: who took the chair, what was said. Journalled.

    Refuses `not-your-duty`, `meeting-closed`, `not-held-yet`, `no-attendance`, `votes-missing`, `bad-votes`.
    """
    if by is not None:
        demand(by, organisation, *CALLERS)
    meeting = get_meeting(organisation, pk, lock=True)
    demand_open(meeting)
    demand_held(meeting, timezone.localdate(now))
    items = list(meeting.resolutions.order_by("id"))
    if not meeting.attended:
        words = Words("请先录入签到表，再录票数。", "Enter the attendance first, then the votes.")
        raise Refusal("no-attendance", words, ASSEMBLY_RULE)
    if set(votes) != {item.pk for item in items}:
        words = Words("每个议题都要有票数。请补上。", "Every item needs its votes. Fill them in.")
        raise Refusal("votes-missing", words, ASSEMBLY_RULE, "votes")
    for item in items:
        check_tally(votes[item.pk], meeting.attended)
        item.agreed, item.against, item.abstained = asdict(votes[item.pk]).values()
    Resolution.objects.bulk_update(items, ["agreed", "against", "abstained"])
    meeting.chair, meeting.minutes = clean(minutes[0]), clean(minutes[1])
    meeting.entered_by_id = by.id if by else None
    meeting.save(update_fields=["chair", "minutes", "entered_by"])
    note(
        organisation, "enter-votes", by, now, meeting=pk, votes={str(k): asdict(v) for k, v in votes.items()}
    )
    return meeting


@transaction.atomic
def close_meeting(organisation: Organisation, pk: int, by: AccountInHand | None, now: datetime) -> Meeting:
    """Reckon every item by the law, post what was resolved, and let nothing of the meeting change any more.

    Refuses `not-your-duty`, `meeting-closed`, `votes-missing`, `same-person` (whoever entered the votes).
    """
    if by is not None:
        demand(by, organisation, *CLOSERS)
    meeting = get_meeting(organisation, pk, lock=True)
    demand_open(meeting)
    _check_entered(meeting, by)
    items = reckon_items(meeting, get_bounds(organisation))
    for item, sums in items:
        item.valid, item.decided_at = sums.valid, now
        item.reckoning = {"lines": [asdict(line) for line in sums.lines]}
    Resolution.objects.bulk_update([item for item, _ in items], ["valid", "decided_at", "reckoning"])
    meeting.closed_at, meeting.closed_by_id = now, by.id if by else None
    meeting.save(update_fields=["closed_at", "closed_by"])
    put_up(_make_result(meeting, [item for item, _ in items], now), by, now)
    told = [{"item": item.pk, "subject": item.subject, "valid": item.valid} for item, _ in items]
    note(organisation, "close-meeting", by, now, meeting=pk, resolved=told)
    return meeting


def reckon_items(meeting: Meeting, bounds: Bounds) -> list[tuple[Resolution, Reckoning]]:
    """The sum of each item as it stands."""
    turnout = Turnout(meeting.kind, meeting.noticed_on, meeting.held_on, meeting.entitled, meeting.attended)
    return [
        (item, reckon(turnout, item.matter, Tally(item.agreed, item.against, item.abstained), bounds))
        for item in meeting.resolutions.order_by("id")
    ]


def _check_entered(meeting: Meeting, by: AccountInHand | None) -> None:
    if not meeting.attended or not meeting.chair:
        words = Words("请先录入签到、票数和主持人。", "Enter attendance, votes and the chair first.")
        raise Refusal("votes-missing", words, ASSEMBLY_RULE)
    if by is not None and meeting.entered_by_id == by.id:
        words = Words(
            "录入票数的人不能自己确认。请由理事长、监事等另一个人确认。",
            "Whoever entered the votes does not confirm them. Another officer must.",
        )
        raise Refusal("same-person", words, rule="录入与复核分离")


def _make_result(meeting: Meeting, items: list[Resolution], now: datetime) -> NewPosting:
    organisation = meeting.organisation
    return NewPosting(
        organisation_id=meeting.organisation_id,
        kind="meeting",
        title=f"{MEETINGS[meeting.kind].zh}决议：{meeting.title}",
        subject=name_subject(meeting),
        turn=2 if meeting.posting_id else 1,
        columns=_COLUMNS,
        rows=[
            (
                f"item:{item.pk}",
                {
                    "title": item.title,
                    "matter": MATTERS[item.matter].zh,
                    "agreed": item.agreed,
                    "against": item.against,
                    "abstained": item.abstained,
                    "outcome": "有效通过" if item.valid else "未通过（不足法定要求）",
                },
            )
            for item in items
        ],
        from_on=timezone.localdate(now),
        days=get_limit("posting-days", organisation.township_id),
        words=f"应到 {meeting.entitled} 人，到会 {meeting.attended} 人（含委托）。",
    )

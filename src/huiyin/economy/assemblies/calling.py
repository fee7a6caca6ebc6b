"""Calls a meeting by a public notice, looks meetings up, calls one off."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from huiyin.economy.assemblies.models import Meeting, Resolution
from huiyin.economy.assemblies.rules import ASSEMBLY_RULE, check_matter, check_notice
from huiyin.economy.assemblies.subjects import check_subjects
from huiyin.economy.assemblies.values import MATTERS, MEETINGS, Bounds, NewMeeting
from huiyin.economy.organisations.api import Organisation, demand, get_limits, note
from huiyin.economy.postings.api import Field, NewPosting, put_up
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand

CALLERS = ("director", "bookkeeper")
"""The board calls; its bookkeeper keeps the papers."""

_COLUMNS = (Field("matter", Words("事项", "Matter")), Field("title", Words("议题", "Item")))


def get_bounds(organisation: Organisation) -> Bounds:
    """What is demanded of this organisation's meetings."""
    keys = {"notice_days": "notice-days", "attendance": "attendance", "majority": "majority"}
    keys["proxies"] = "proxies-held"
    held = get_limits(list(keys.values()), organisation.township_id)
    return Bounds(**{name: held[key] for name, key in keys.items()})


@transaction.atomic
def call_meeting(
    organisation: Organisation, new: NewMeeting, by: AccountInHand | None, now: datetime
) -> Meeting:
    """Call a meeting: its notice hangs on the village's public page from now on. Journalled.

    Refuses `not-your-duty`, `input-missing`, `notice-short`, `assembly-alone`, and as `check_subjects`.
    """
    if by is not None:
        demand(by, organisation, *CALLERS)
    today = timezone.localdate(now)
    _check_filled(new)
    check_notice(today, new.held_on, get_bounds(organisation))
    for item in new.items:
        check_matter(new.kind, item.matter)
    check_subjects(organisation, new.items)
    meeting = Meeting.objects.create(
        organisation=organisation, kind=new.kind, title=clean(new.title), noticed_on=today,
        held_on=new.held_on, begins=clean(new.begins), place=clean(new.place),
    )  # fmt: skip
    items = [
        Resolution(meeting=meeting, matter=item.matter, subject=clean(item.subject), title=clean(item.title))
        for item in new.items
    ]
    Resolution.objects.bulk_create(items)
    meeting.posting = put_up(_make_notice(meeting, items), by, now)
    meeting.save(update_fields=["posting"])
    told = {
        "meeting": meeting.pk,
        "kind": new.kind,
        "held_on": new.held_on,
        "items": [i.title for i in items],
    }
    note(organisation, "call-meeting", by, now, **told)
    return meeting


def _check_filled(new: NewMeeting) -> None:
    blank = {"title": not clean(new.title), "place": not clean(new.place), "kind": new.kind not in MEETINGS}
    blank["items"] = not new.items or any(
        not clean(item.title) or item.matter not in MATTERS for item in new.items
    )
    for field, missing in blank.items():
        if missing:
            words = Words(
                "通知要写明会议名称、时间、地点和审议的事项。请补上。",
                "A notice tells title, time, place and items. Fill them in.",
            )
            raise Refusal("input-missing", words, ASSEMBLY_RULE, field)


def _make_notice(meeting: Meeting, items: list[Resolution]) -> NewPosting:
    when = f"{meeting.held_on.isoformat()} {meeting.begins}"
    words = f"{when}，{meeting.place}。不能到场的可以在线参加，或书面委托同户成员。"
    return NewPosting(
        organisation_id=meeting.organisation_id,
        kind="meeting",
        title=f"{MEETINGS[meeting.kind].zh}通知：{meeting.title}",
        subject=name_subject(meeting),
        columns=_COLUMNS,
        rows=[
            (f"item:{item.pk}", {"matter": MATTERS[item.matter].zh, "title": item.title}) for item in items
        ],
        from_on=meeting.noticed_on,
        days=(meeting.held_on - meeting.noticed_on).days,
        words=words,
    )


def name_subject(meeting: Meeting) -> str:
    """The subject of what is posted of the meeting: turn 1 its notice, turn 2 what it resolved."""
    return f"meeting:{meeting.pk}"


def list_meetings(organisation: Organisation) -> QuerySet[Meeting]:
    """The organisation's meetings, the newest first."""
    return Meeting.objects.filter(organisation=organisation).order_by("-held_on", "-id")


def get_meeting(organisation: Organisation, pk: int, *, lock: bool = False) -> Meeting:
    """One of its meetings; refuses `meeting-not-found`."""
    found = Meeting.objects.select_for_update(of=("self",)) if lock else Meeting.objects.all()
    meeting = found.select_related("organisation", "posting").filter(organisation=organisation, pk=pk).first()
    if meeting is None:
        words = Words("没有这次会议。请从列表里打开。", "There is no such meeting. Open it from the list.")
        raise Refusal("meeting-not-found", words)
    return meeting


@transaction.atomic
def call_off(organisation: Organisation, pk: int, reason: str, by: AccountInHand, now: datetime) -> None:
    """Say that a meeting is not held, and why; journalled. Refuses `meeting-closed`, `reason-needed`."""
    demand(by, organisation, *CALLERS)
    meeting = get_meeting(organisation, pk, lock=True)
    demand_open(meeting)
    if not clean(reason):
        raise Refusal("reason-needed", Words("请写明取消的原因。", "Say why it is off."), field="reason")
    meeting.called_off = clean(reason)
    meeting.save(update_fields=["called_off"])
    note(organisation, "call-off-meeting", by, now, meeting=meeting.pk, reason=meeting.called_off)


def demand_open(meeting: Meeting) -> None:
    """Refuse `meeting-closed` once it was closed or called off."""
    if meeting.closed_at is not None or meeting.called_off:
        words = Words(
            "这次会议已经结束，记录不能再改。有错请重新开会表决。",
            "The meeting is closed; its record stays. If it is wrong, hold another.",
        )
        raise Refusal("meeting-closed", words, ASSEMBLY_RULE)

"""Assemblies of the demo county that resolved on something: called, held, counted and closed by the rules."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from huiyin.economy.assemblies.api import (
    ASSEMBLY,
    NewItem,
    NewMeeting,
    Seat,
    Tally,
    call_meeting,
    close_meeting,
    enter_attendance,
    enter_votes,
    list_entitled,
)
from huiyin.economy.organisations.api import Organisation

NOTICE, HELD = timedelta(days=16), timedelta(days=2)


def resolve(organisation: Organisation, matter: str, number: str, title: str, now: datetime) -> None:
    """An assembly that was called sixteen days ago and resolved on a case the day before yesterday."""
    held = now - HELD
    item = NewItem(matter, title, f"case:{number}")
    new = NewMeeting(ASSEMBLY, f"成员大会：{title}", timezone.localdate(held), "村部会议室", (item,))
    meeting = call_meeting(organisation, new, None, now - NOTICE)
    entitled = list_entitled(meeting)
    came = [one for at, one in enumerate(entitled) if at % 7]
    enter_attendance(organisation, meeting.pk, [Seat(one.pk) for one in came], None, held)
    votes = {one.pk: Tally(len(came) - 1, 1, 0) for one in meeting.resolutions.all()}
    enter_votes(organisation, meeting.pk, votes, ("理事长主持", "逐条说明后表决。"), None, held)
    close_meeting(organisation, meeting.pk, None, held)

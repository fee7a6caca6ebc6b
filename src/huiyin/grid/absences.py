"""Leave of holders: while one is away, the next in order acts. Written to the holder's record."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from huiyin.grid.models import Absence, Holder
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean, shorten
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand, note_thing

LONGEST_DAYS = 366


def get_holder(holder_id: int) -> Holder:
    """The holder with cell and account; refuses `entry-not-found`."""
    found = Holder.objects.select_related("cell", "account").filter(pk=holder_id).first()
    if found is None:
        raise Refusal("entry-not-found", Words("没有这位网格员。", "There is no such holder."))
    return found


@transaction.atomic
def begin_absence(
    holder_id: int, since: date, until: date, reason: str, *, by: AccountInHand | None, now: datetime
) -> Absence:
    """The holder is away from `since` to `until` inclusive. Refuses `bad-days` and `away-already`."""
    holder = get_holder(holder_id)
    Holder.objects.select_for_update(of=("self",)).get(pk=holder_id)
    if until < since or (until - since).days >= LONGEST_DAYS:
        words = Words(
            "请假要有开始和结束，最长一年。", "An absence has a first and a last day, a year at most."
        )
        raise Refusal("bad-days", words, field="until")
    if holder.absences.filter(ended_at__isnull=True, since_on__lte=until, until_on__gte=since).exists():
        words = Words(
            "这几天已经有请假了。先销假，再重新填。", "There is an absence on these days: end it first."
        )
        raise Refusal("away-already", words, field="since")
    told = shorten(clean(reason), 200)
    made = Absence.objects.create(holder=holder, since_on=since, until_on=until, reason=told, made_at=now)
    days = {"since_on": since.isoformat(), "until_on": until.isoformat()}
    note_thing(f"holder:{holder_id}", "absence-begun", by, now, **days, reason=told, cell=holder.cell.code)
    return made


@transaction.atomic
def end_absence(absence_id: int, *, by: AccountInHand | None, now: datetime) -> Absence:
    """They are back: the absence counts no more. Refuses `entry-not-found` for one that has ended."""
    found = Absence.objects.select_for_update(of=("self",)).filter(pk=absence_id, ended_at__isnull=True)
    absence = found.select_related("holder__cell").first()
    if absence is None:
        raise Refusal(
            "entry-not-found",
            Words("没有这条请假，或者已经销假。", "There is no such absence, or it has ended."),
        )
    absence.ended_at = now
    absence.save(update_fields=["ended_at"])
    days = {"since_on": absence.since_on.isoformat(), "until_on": absence.until_on.isoformat()}
    note_thing(f"holder:{absence.holder_id}", "absence-ended", by, now, **days, cell=absence.holder.cell.code)
    return absence

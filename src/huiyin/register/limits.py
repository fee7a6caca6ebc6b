"""Every limit is a setting: the county's own limits over those of the process files."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.people.api import AccountInHand
from huiyin.register.journalling import note_register, tell_change
from huiyin.register.models import LimitSetting
from huiyin.workdays.api import Limit, Uncountable

Key = tuple[str, str, str]
"""Process key, clock key, grade."""


def load_limits() -> dict[Key, str]:
    """Every limit that the county has set, as texts (`15wd`), by process, clock and grade."""
    rows = LimitSetting.objects.values_list("process", "clock", "grade", "limit")
    return {(process, clock, grade): limit for process, clock, grade, limit in rows}


def list_limits() -> list[LimitSetting]:
    """The same with who set them, when and on what basis."""
    return list(LimitSetting.objects.select_related("by").order_by("process", "clock", "grade"))


@transaction.atomic
def set_limit(key: Key, limit: str, basis: str = "", *, by: AccountInHand | None, now: datetime) -> None:
    """Set a limit (`2h`, `7d`, `15wd`, `2mo`) for matters dispatched from now on. Journalled and announced.

    Refuses `bad-limit`. Running clocks keep the limit with which they were started.
    """
    read = read_limit(limit)
    process, clock, grade = key
    before = LimitSetting.objects.filter(process=process, clock=clock, grade=grade).first()
    LimitSetting.objects.update_or_create(
        process=process,
        clock=clock,
        grade=grade,
        defaults={"limit": str(read), "basis": clean(basis), "by_id": by.id if by else None, "at": now},
    )
    told = {"process": process, "clock": clock, "grade": grade, "limit": str(read)}
    note_register("limit-set", by, now, **told, before=before.limit if before else None, basis=clean(basis))
    tell_change("limit-changed", now, **told)


@transaction.atomic
def clear_limit(key: Key, *, by: AccountInHand | None, now: datetime) -> None:
    """Go back to the limit of the process file. Journalled and announced."""
    process, clock, grade = key
    settings = LimitSetting.objects.filter(process=process, clock=clock, grade=grade)
    before = settings.values_list("limit", flat=True).first()
    settings.delete()
    told = {"process": process, "clock": clock, "grade": grade, "limit": None}
    note_register("limit-set", by, now, **told, before=before)
    tell_change("limit-changed", now, **told)


def read_limit(limit: str) -> Limit:
    """The limit that a text writes; refuses `bad-limit`."""
    try:
        return Limit.parse(limit)
    except Uncountable as error:
        raise Refusal("bad-limit", error.words, field="limit") from error

"""The county's own days, over the State Council's notices, and the calendar made of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from django.db import transaction

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand
from huiyin.register.journalling import note_register, tell_change
from huiyin.register.models import AnnouncedYear, DayOverride
from huiyin.register.values import DaySetting
from huiyin.workdays.api import Calendar, DayRule

RULE = "国务院办公厅关于部分节假日安排的通知"
CLOSE_OF_BUSINESS = time(17, 30)


def load_calendar(close: time = CLOSE_OF_BUSINESS) -> Calendar:
    """The calendar in force: the State Council's notices, under the overrides kept here. Two statements."""
    rules = {day.on: DayRule(day.on, day.works, day.called, day.source) for day in DayOverride.objects.all()}
    announced = frozenset(AnnouncedYear.objects.values_list("year", flat=True))
    return Calendar(overrides=rules, close=close, announced=announced)


def list_days(year: int) -> list[DayOverride]:
    """The overrides of a year by date."""
    return list(DayOverride.objects.filter(on__year=year).order_by("on"))


def list_all_days() -> list[DayOverride]:
    """Every override by date."""
    return list(DayOverride.objects.order_by("on"))


@transaction.atomic
def set_day(setting: DaySetting, *, by: AccountInHand | None, now: datetime) -> None:
    """Say of one date whether it works. Announces `calendar-changed`: open due dates are counted anew.

    Refuses `source-needed` without the paper that says so.
    """
    set_days([setting], by=by, now=now)


@transaction.atomic
def set_days(settings: Iterable[DaySetting], *, by: AccountInHand | None, now: datetime) -> None:
    """Say it of several dates at once: one `calendar-changed`. Refuses `source-needed`; none, no change."""
    days = list(settings)
    if days:
        _write(days, by, now)
        _tell_change([day.on for day in days], by, now)


@transaction.atomic
def announce_year(
    year: int, settings: Iterable[DaySetting], source: str, *, by: AccountInHand | None, now: datetime
) -> None:
    """Enter the notice of a year: its days, and that its due dates are no longer provisional.

    Refuses `source-needed`, and `day-outside-year` for a date not of this year nor the December before.
    """
    days = list(settings)
    if any(day.on.year != year and not (day.on.year == year - 1 and day.on.month == 12) for day in days):
        words = Words("通知里的日期不属于这一年。", "A date of the notice lies in another year.")
        raise Refusal("day-outside-year", words, rule=RULE, field="on")
    _check_source(source)
    AnnouncedYear.objects.update_or_create(
        year=year, defaults={"source": clean(source), "by_id": by.id if by else None, "at": now}
    )
    _write(days, by, now)
    _tell_change([date(year, 1, 1), *(day.on for day in days)], by, now)


@transaction.atomic
def clear_day(on: date, *, by: AccountInHand | None, now: datetime) -> None:
    """Take an override back: notices and weekday rule the date again. Announces `calendar-changed`."""
    DayOverride.objects.filter(on=on).delete()
    _tell_change([on], by, now)


def _write(settings: list[DaySetting], by: AccountInHand | None, now: datetime) -> None:
    for setting in settings:
        _check_source(setting.source)
        told = {
            "works": setting.works,
            "name": setting.name.zh,
            "name_en": setting.name.en,
            "source": clean(setting.source),
            "by_id": by.id if by else None,
            "at": now,
        }
        before = DayOverride.objects.filter(on=setting.on).values("works", "name", "source").first()
        DayOverride.objects.update_or_create(on=setting.on, defaults=told)
        note_register(
            "day-set", by, now, on=setting.on, works=setting.works, source=setting.source, before=before
        )


def _check_source(source: str) -> None:
    if not clean(source):
        words = Words("请写明依据的通知文号。", "Name the notice that says so.")
        raise Refusal("source-needed", words, rule=RULE, field="source")


def _tell_change(days: list[date], by: AccountInHand | None, now: datetime) -> None:
    told = sorted(day.isoformat() for day in days)
    note_register("calendar-changed", by, now, days=told)
    tell_change("calendar-changed", now, days=told)

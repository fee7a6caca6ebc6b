"""The door of workdays: calendars, limits, due dates and their explanations."""

from huiyin.workdays.calendars import Calendar
from huiyin.workdays.dues import Due, count_due
from huiyin.workdays.notices import NOTICED
from huiyin.workdays.shares import at_fraction, remaining_seconds, used_per_mille
from huiyin.workdays.spans import Span
from huiyin.workdays.values import Day, DayCount, DayRule, Kind, Limit, Pause, Uncountable, Unit
from huiyin.workdays.windows import Window

__all__ = [
    "NOTICED",
    "Calendar",
    "Day",
    "DayCount",
    "DayRule",
    "Due",
    "Kind",
    "Limit",
    "Pause",
    "Span",
    "Uncountable",
    "Unit",
    "Window",
    "at_fraction",
    "count_due",
    "remaining_seconds",
    "used_per_mille",
]

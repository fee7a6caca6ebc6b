"""The calendar of one county: the State Council's notices under the county's own overrides."""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property
from itertools import chain
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from huiyin.kernel.words import Words
from huiyin.workdays.notices import NOTICED, edition, state_day, state_workdays
from huiyin.workdays.values import LAST_YEAR, Day, DayRule, Kind, Uncountable, past_the_years

REACH = 40_000
"""How many days ahead a working day is looked for: four times what the longest limit needs."""
LAST_ORDINAL = date(LAST_YEAR, 12, 31).toordinal()


@dataclass(frozen=True, eq=False)
class Calendar:
    """Which dates are worked, when business closes and in which zone.

    An override rules its date, whether or not the year has a notice. A year without a notice is told by the
    weekday and its days are provisional, until `announced` names the year: the overrides then hold its whole
    notice. Two calendars are equal when their `digest` is.
    """

    overrides: Mapping[date, DayRule] = field(default_factory=dict)
    close: time = time(17, 30)
    zone: str = "Asia/Shanghai"
    announced: frozenset[int] = frozenset()
    _numbers: dict[int, tuple[int, ...]] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        if any(on != rule.on for on, rule in self.overrides.items()):
            raise Uncountable("日期规则与其日期不符。", "An override stands under another date than its own.")
        if self.close.tzinfo is not None:
            raise Uncountable("下班时间不能带时区。", "The close of business carries no zone of its own.")
        object.__setattr__(self, "overrides", dict(self.overrides))
        object.__setattr__(self, "announced", frozenset(self.announced))

    @cached_property
    def tzinfo(self) -> ZoneInfo:
        """The zone in which days begin and end; an unknown name is refused."""
        try:
            return ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise Uncountable(f"不认识的时区：{self.zone}", f"Unknown time zone: {self.zone}") from error

    @cached_property
    def digest(self) -> str:
        """16 hexadecimal digits that name these contents, the State Council's notices included."""
        rules = [self.overrides[on] for on in sorted(self.overrides)]
        told = (
            edition(),
            self.close.isoformat(),
            self.zone,
            sorted(self.announced),
            [(rule.on.isoformat(), rule.works, rule.name.zh, rule.name.en, rule.source) for rule in rules],
        )
        return hashlib.sha256(repr(told).encode()).hexdigest()[:16]

    def __eq__(self, other: object) -> bool:
        return self.digest == other.digest if isinstance(other, Calendar) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.digest)

    def is_settled(self, year: int) -> bool:
        """Whether a notice, the State Council's or the one entered here, rules this year."""
        return year in NOTICED or year in self.announced

    def day(self, on: date) -> Day:
        """What this calendar says of a date."""
        state, rule = state_day(on), self.overrides.get(on)
        provisional = not self.is_settled(on.year)
        if rule is None:
            return Day(on, state.works, state.name, state.kind, provisional)
        kind = _kind_under(rule, state)
        return Day(on, rule.works, _name_under(rule, state, kind), kind, provisional)

    def works(self, ordinal: int) -> bool:
        """Whether the date with this ordinal is worked."""
        year = date.fromordinal(ordinal).year
        numbers = self.workdays(year)
        place = bisect_left(numbers, ordinal)
        return place < len(numbers) and numbers[place] == ordinal

    def workdays(self, year: int) -> tuple[int, ...]:
        """The ordinals of a year's working days, rising."""
        found = self._numbers.get(year)
        if found is None:
            found = self._numbers[year] = self._list_workdays(year)
        return found

    def _list_workdays(self, year: int) -> tuple[int, ...]:
        rules = self._rules_by_year.get(year)
        if not rules:
            return state_workdays(year)
        ruled = {rule.on.toordinal() for rule in rules}
        worked = {rule.on.toordinal() for rule in rules if rule.works}
        return tuple(sorted((set(state_workdays(year)) - ruled) | worked))

    @cached_property
    def _rules_by_year(self) -> dict[int, list[DayRule]]:
        years: dict[int, list[DayRule]] = defaultdict(list)
        for on, rule in self.overrides.items():
            years[on.year].append(rule)
        return years

    def find_workday(self, after: int, nth: int) -> int:
        """The ordinal of the `nth` working day after a date; refused when none comes within 40,000 days."""
        last = min(after + REACH, LAST_ORDINAL)
        if after >= LAST_ORDINAL:
            raise past_the_years()
        for year in range(date.fromordinal(after).year, date.fromordinal(last).year + 1):
            numbers = self.workdays(year)
            place = bisect_right(numbers, after) + nth - 1
            if place < len(numbers):
                return numbers[place]
            nth = place - len(numbers) + 1
        raise past_the_years() if last == LAST_ORDINAL else _no_workday()

    def list_workdays(self, first: int, last: int) -> list[int]:
        """The ordinals of the working days from one date through another, rising."""
        if last < first:
            return []
        years = range(date.fromordinal(first).year, date.fromordinal(last).year + 1)
        parts = (ns[bisect_left(ns, first) : bisect_right(ns, last)] for ns in map(self.workdays, years))
        return list(chain.from_iterable(parts))

    def closing(self, ordinal: int) -> datetime:
        """The close of business of a date, in this calendar's zone."""
        return datetime.combine(date.fromordinal(ordinal), self.close, self.tzinfo)


def _kind_under(rule: DayRule, state: Day) -> Kind:
    if rule.works:
        return "makeup" if state.kind != "workday" else "workday"
    return "weekend" if state.kind == "weekend" and not rule.name.zh else "holiday"


def _name_under(rule: DayRule, state: Day, kind: Kind) -> Words:
    if rule.name.zh:
        return rule.name
    if kind == "makeup":
        return state.name if state.kind == "makeup" else Words("调休上班", "Make-up working day")
    return state.name if kind == state.kind else Words("休息日", "Day of rest")


def _no_workday() -> Uncountable:
    return Uncountable(
        f"此后 {REACH} 天内没有足够的工作日，请检查日历。",
        f"There are not enough working days in the next {REACH} days; check the calendar.",
    )

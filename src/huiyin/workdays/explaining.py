"""Why a limit is due when it is: one row of words for every date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from huiyin.kernel.words import Words
from huiyin.workdays.calendars import Calendar
from huiyin.workdays.spans import Span
from huiyin.workdays.stillness import Stillness
from huiyin.workdays.values import Day, DayCount
from huiyin.workdays.walking import Step, walk

_START = Words("起算当日不计入", "The day of the event is not counted")
_PAUSED = Words("暂停：{reason}", "Paused: {reason}")
_NO_REASON = Words("未说明原因", "no reason given")
_ROLLED = Words("期限末日为休息日（{name}），顺延", "The last day is a day of rest ({name}): moved on")
_ORDINAL = {
    "wd": Words("第{n}个工作日", "Working day {n}"),
    "d": Words("第{n}天", "Day {n}"),
    "mo": Words("第{n}天", "Day {n}"),
}
_LANDED = Words("{text}（末日顺延至此）", "{text} (the last day, moved here)")
_EXTENDED = Words("延期{text}", "Extension: {text}")
_BOTH = Words("{one}；{other}", "{one}; {other}")
_MADE_UP = Words("{name}，{text}", "{text} ({name})")
_CLOCK = Words("连续计时，至 {hour} 到期", "The clock runs, due at {hour}")
_CLOCK_FROM = Words("自 {hour} 起连续计时", "The clock runs from {hour}")
_CLOCK_BOTH = Words("自 {start} 起连续计时，至 {hour} 到期", "The clock runs from {start}, due at {hour}")
_CLOCK_ALL = Words("连续计时", "The clock runs")


def explain(spans: Iterable[Span], calendar: Calendar, still: Stillness) -> Iterator[DayCount]:
    """Every date from the first start through the due day, once each, in order.

    While an open pause keeps the due date unknown, the rows end with the first date of that pause.
    """
    held: DayCount | None = None
    for row in _list_rows(spans, calendar, still):
        if held and held.on == row.on:
            held = _join(held, row)
            continue
        if held:
            yield held
        held = row
    if held:
        yield held


def _list_rows(spans: Iterable[Span], calendar: Calendar, still: Stillness) -> Iterator[DayCount]:
    """The rows of each limit in turn; a day on which one ends and another, in hours, begins comes twice."""
    for span in spans:
        if span.turn == 0 and span.limit.unit != "h":
            yield DayCount(span.started_at.date(), counted=False, code="start", why=_START)
        yield from _explain_span(span, calendar, still)


def _join(one: DayCount, other: DayCount) -> DayCount:
    why = _BOTH.fill(one=one.why, other=other.why)
    return DayCount(one.on, counted=one.counted or other.counted, code=one.code, why=why)


def _explain_span(span: Span, calendar: Calendar, still: Stillness) -> Iterator[DayCount]:
    was_rolled = False
    for step in walk(span, calendar, still):
        day = calendar.day(date.fromordinal(step[0]))
        was_rolled = was_rolled or step[1] == "rolled"
        yield _explain_step(step, day, span, still, was_rolled=was_rolled)


def _explain_step(step: Step, day: Day, span: Span, still: Stillness, *, was_rolled: bool) -> DayCount:
    _, code, number = step
    if code == "paused":
        return _skip(day, code, _PAUSED.fill(reason=_tell_reason(day, still)))
    if code == "rolled":
        return _skip(day, code, _ROLLED.fill(name=day.name))
    if code == "rest":
        return _skip(day, day.kind, day.name)
    if code == "clock":
        return _count(day, code, _extended(_tell_clock(day.on, span), span))
    text = _ORDINAL[span.limit.unit].fill(n=number)
    text = _extended(_LANDED.fill(text=text) if was_rolled else text, span)
    if span.limit.unit == "wd" and day.kind == "makeup":
        return _count(day, "makeup", _MADE_UP.fill(name=day.name, text=text))
    return _count(day, code, text)


def _skip(day: Day, code: str, why: Words) -> DayCount:
    return DayCount(day.on, counted=False, code=code, why=why)


def _count(day: Day, code: str, why: Words) -> DayCount:
    return DayCount(day.on, counted=True, code=code, why=why)


def _tell_reason(day: Day, still: Stillness) -> str | Words:
    """The reason of the first pause over a date's close; for hours, of the first that touches the date."""
    reason = still.find_reason(day.on.toordinal())
    return (reason if reason is not None else _find_touching(day.on, still)) or _NO_REASON


def _find_touching(on: date, still: Stillness) -> str | None:
    zone = still.calendar.tzinfo
    for pause in still.pauses:
        ended = pause.until.astimezone(zone).date() if pause.until else on
        if pause.since.astimezone(zone).date() <= on <= ended:
            return pause.reason
    return None


def _tell_clock(on: date, span: Span) -> Words:
    starts = on == span.started_at.date()
    start = f"{span.started_at:%H:%M}"
    if span.due_at is None or on != span.due_at.date():
        return _CLOCK_FROM.fill(hour=start) if starts else _CLOCK_ALL
    due = f"{span.due_at:%H:%M}"
    return _CLOCK_BOTH.fill(start=start, hour=due) if starts else _CLOCK.fill(hour=due)


def _extended(text: Words, span: Span) -> Words:
    return _EXTENDED.fill(text=text) if span.turn else text

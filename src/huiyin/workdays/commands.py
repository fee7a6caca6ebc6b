"""The commands that explain a due date and list a year's special days."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

import click

from huiyin.kernel.words import Words
from huiyin.workdays.calendars import Calendar
from huiyin.workdays.dues import Due, count_due
from huiyin.workdays.values import FIRST_YEAR, LAST_YEAR, Day, Limit, Pause, Uncountable

_MOMENT = r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?)?"
_PAUSE = re.compile(rf"(?P<since>{_MOMENT})/(?P<until>{_MOMENT})?(?::(?P<reason>.*))?", re.DOTALL)

_DUE = Words("到期", "Due")
_UNKNOWN = Words("暂停未结束，无法确定", "not known: a pause is open")
_PROVISIONAL = Words(
    "部分年份尚无放假通知，按星期推算，结果为暂定。",
    "A year without a holiday notice was told by weekday: provisional.",
)
_COUNTED = Words("计入", "counted")
_SKIPPED = Words("不计", "skipped")
_WORKED = Words("上班", "worked")
_RESTED = Words("休息", "rest")
_WEEKDAYS = tuple(
    Words(f"周{zh}", en)
    for zh, en in zip("一二三四五六日", ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), strict=True)
)

_LANGUAGE = click.option(
    "--language", type=click.Choice(["zh", "en"]), default="zh", help="显示语言 Language."
)
_JSON = click.option("--json", "as_json", is_flag=True, help="输出 JSON Print JSON.")


def make_group(load_calendar: Callable[[], Calendar]) -> click.Group:
    """The group `workdays`, which counts by the calendar that `load_calendar` gives when a command runs."""

    @click.group(name="workdays", help="工作日与期限 Working days and limits.")
    @click.pass_context
    def group(context: click.Context) -> None:
        context.obj = load_calendar

    group.add_command(explain_limit)
    group.add_command(list_year)
    return group


@click.command(name="explain")
@click.option("--from", "start", required=True, metavar="MOMENT", help="起算时间 Start, 2026-09-28T10:00.")
@click.option("--limit", required=True, metavar="LIMIT", help="期限 Limit: 2h, 7d, 15wd, 2mo.")
@click.option("--extension", "extensions", multiple=True, metavar="LIMIT", help="延期 Granted extension.")
@click.option("--pause", "pauses", multiple=True, metavar="FROM/[TO]:REASON", help="暂停 Pause; no TO: open.")
@_JSON
@_LANGUAGE
@click.pass_obj
def explain_limit(
    load_calendar: Callable[[], Calendar],
    start: str,
    limit: str,
    extensions: Sequence[str],
    pauses: Sequence[str],
    as_json: bool,
    language: str,
) -> None:
    """逐日说明期限如何计算 Explain, date by date, how a limit is counted."""
    calendar = load_calendar()
    limits = [_read_limit(limit, "--limit"), *(_read_limit(text, "--extension") for text in extensions)]
    try:
        stops = [_read_pause(text, calendar) for text in pauses]
        due = count_due(_read_moment(start, calendar, "--from"), limits, calendar, stops)
    except Uncountable as error:
        raise click.BadParameter(_tell(error)) from error
    click.echo(_dump(due, language) if as_json else _draw(due, language))


@click.command(name="year")
@click.argument("year", type=click.IntRange(FIRST_YEAR, LAST_YEAR))
@_JSON
@_LANGUAGE
@click.pass_obj
def list_year(
    load_calendar: Callable[[], Calendar],
    year: int,
    as_json: bool,
    language: str,
) -> None:
    """列出一年的节假日与调休 List the holidays and make-up days of a year."""
    calendar = load_calendar()
    days = [calendar.day(on) for on in _dates(year)]
    special = [day for day in days if day.kind in {"holiday", "makeup"} or day.on in calendar.overrides]
    if as_json:
        click.echo(_dump_year(year, special, calendar, language))
        return
    lines = [_draw_day(day, language) for day in special]
    click.echo("\n".join(lines if calendar.is_settled(year) else [*lines, _PROVISIONAL.tell(language)]))


def _read_limit(text: str, option: str) -> Limit:
    try:
        return Limit.parse(text)
    except Uncountable as error:
        raise click.BadParameter(_tell(error), param_hint=option) from error


def _read_moment(text: str, calendar: Calendar, option: str) -> datetime:
    """A moment; without an offset it stands in the calendar's zone."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        told = (
            f"看不懂的时间“{text}”，请写成 2026-09-28T10:00。 Not a moment: write it like 2026-09-28T10:00."
        )
        raise click.BadParameter(told, param_hint=option) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=calendar.tzinfo)


def _read_pause(text: str, calendar: Calendar) -> Pause:
    found = _PAUSE.fullmatch(text.strip())
    if not found:
        told = f"看不懂的暂停“{text}”，请写成 开始/结束:原因。 Not a pause: write it like FROM/TO:REASON."
        raise click.BadParameter(told, param_hint="--pause")
    since = _read_moment(found["since"], calendar, "--pause")
    until = _read_moment(found["until"], calendar, "--pause") if found["until"] else None
    return Pause(since, until, (found["reason"] or "").strip())


def _tell(error: Uncountable) -> str:
    return f"{error.words.zh} {error.words.en}"


def _dump(due: Due, language: str) -> str:
    days = [
        {"date": day.on.isoformat(), "counted": day.counted, "why": day.why.tell(language)}
        for day in due.days
    ]
    due_at = due.due_at.isoformat() if due.due_at else None
    return json.dumps({"due": due_at, "days": days, "provisional": due.provisional}, ensure_ascii=False)


def _draw(due: Due, language: str) -> str:
    lines = [
        f"{_draw_date(day.on, language)}  "
        f"{(_COUNTED if day.counted else _SKIPPED).tell(language)}  {day.why.tell(language)}"
        for day in due.days
    ]
    told = f"{due.due_at:%Y-%m-%d %H:%M}" if due.due_at else _UNKNOWN.tell(language)
    lines.append(f"{_DUE.tell(language)}  {told}")
    return "\n".join([*lines, _PROVISIONAL.tell(language)] if due.provisional else lines)


def _dates(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=i) for i in range((date(year + 1, 1, 1) - first).days)]


def _dump_year(year: int, days: Sequence[Day], calendar: Calendar, language: str) -> str:
    told = [
        {"date": d.on.isoformat(), "works": d.works, "kind": d.kind, "name": d.name.tell(language)}
        for d in days
    ]
    provisional = not calendar.is_settled(year)
    return json.dumps({"year": year, "days": told, "provisional": provisional}, ensure_ascii=False)


def _draw_day(day: Day, language: str) -> str:
    works = (_WORKED if day.works else _RESTED).tell(language)
    return f"{_draw_date(day.on, language)}  {works}  {day.name.tell(language)}"


def _draw_date(on: date, language: str) -> str:
    return f"{on.isoformat()} {_WEEKDAYS[on.weekday()].tell(language)}"


group = make_group(Calendar)
"""The group over the State Council's notices alone."""

"""The working calendar: a year at a glance, counting a limit day by day, and the county's own days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.views.decorators.http import require_POST, require_safe

from huiyin.console.frame import show
from huiyin.console.ledger.months import make_months
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages.api import ZONE, status_of
from huiyin.people.api import get_account_of, open_to
from huiyin.register.api import DaySetting, announce_year, clear_day, list_days, load_calendar, set_day
from huiyin.workdays.api import Calendar, Due, Limit, Uncountable, count_due

FIRST_YEAR, LAST_YEAR = 2004, 2100
RECOUNTED = Words(
    "在办工单的时限正在按新日历重新计算，变化会写进工单。",
    "Open due dates are being counted anew; changes are noted on the cases.",
)
DONE = {
    "set": Words("这一天改好了。{told}", "The day is set. {told}").fill(told=RECOUNTED),
    "cleared": Words("已恢复按通知执行。{told}", "The notice rules that day again. {told}").fill(
        told=RECOUNTED
    ),
    "announced": Words("这一年的通知已录入。{told}", "The year's notice is in. {told}").fill(told=RECOUNTED),
}


@dataclass(frozen=True, slots=True)
class Counting:
    """The little calculator: what was typed, and the answer or why there is none."""

    start: str
    amount: str
    unit: str
    due: Due | None = None
    fault: Words | None = None


@open_to("staff")
@require_safe
def workdays(request: HttpRequest) -> HttpResponse:
    """The calendar of a year; with `from`, `amount` and `unit` also when such a limit ends, and why."""
    return _show(request)


def _show(
    request: HttpRequest, typed: Mapping[str, str] | None = None, refusal: Refusal | None = None
) -> HttpResponse:
    now = timezone.now()
    today = timezone.localdate(now)
    calendar = load_calendar()
    year = _read_year(request.GET.get("year", "") or (typed or {}).get("year", ""), today.year)
    own = {day.on: day for day in list_days(year)}
    months = make_months(year, calendar, own, today)
    context = {
        "year": year,
        "years": (FIRST_YEAR, LAST_YEAR),
        "months": months,
        "workdays": sum(month.workdays for month in months),
        "settled": calendar.is_settled(year),
        "own": list(own.values()),
        "counting": _count(request.GET.dict(), calendar, now),
        "may_set": "admin" in get_account_of(request).roles,
        "typed": typed or {},
        "refusal": refusal,
    }
    status = status_of(refusal) if refusal else 200
    return show(request, "console/ledger/workdays.html", context, "console:workdays", status, done=DONE)


def _read_year(text: str, usual: int) -> int:
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else usual
    return min(max(year, FIRST_YEAR), LAST_YEAR)


def _count(query: Mapping[str, str], calendar: Calendar, now: datetime) -> Counting:
    start = query.get("from", "")
    counting = Counting(
        start or f"{now.astimezone(ZONE):%Y-%m-%dT%H:%M}", query.get("amount", "5"), query.get("unit", "wd")
    )
    if not start:
        return counting
    try:
        due = count_due(_read_moment(start), [Limit.parse(f"{counting.amount}{counting.unit}")], calendar)
    except Uncountable as error:
        return replace(counting, fault=error.words)
    return replace(counting, due=due)


def _read_moment(text: str) -> datetime:
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None:
        raise Uncountable("请写明从哪天几点算起。", "Say from which day and hour.")
    return moment if moment.tzinfo else moment.replace(tzinfo=ZONE)


@open_to("admin")
@require_POST
def change_day(request: HttpRequest) -> HttpResponse:
    """Rule one day, take the ruling back, or say that a year's notice is in; refusals show beside it."""
    typed = request.POST.dict()
    try:
        done, year = _change(request, typed)
    except Refusal as refusal:
        return _show(request, typed, refusal)
    answer = HttpResponseRedirect(f"{reverse('console:workdays')}?year={year}&done={done}")
    answer.status_code = 303
    return answer


def _change(request: HttpRequest, typed: Mapping[str, str]) -> tuple[str, int]:
    by, now = get_account_of(request), timezone.now()
    if typed.get("act") == "announce":
        year = _read_year(typed.get("year", ""), timezone.localdate(now).year)
        announce_year(year, [], typed.get("source", ""), by=by, now=now)
        return "announced", year
    on = _read_on(typed.get("on", ""))
    if typed.get("act") == "clear":
        clear_day(on, by=by, now=now)
        return "cleared", on.year
    name = Words(typed.get("name", "").strip()[:40])
    setting = DaySetting(on, typed.get("works") == "yes", name, typed.get("source", ""))
    set_day(setting, by=by, now=now)
    return "set", on.year


def _read_on(text: str) -> date:
    try:
        on = parse_date(text)
    except ValueError:
        on = None
    if on is None or not FIRST_YEAR <= on.year <= LAST_YEAR:
        raise Refusal("bad-day", Words("请选择一个日期。", "Choose a date."), field="on")
    return on

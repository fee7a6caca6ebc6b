"""Reads what a client asks for: parameters one by one, and the filters of a list of requests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import QueryDict

from huiyin.kernel.texts import clean
from huiyin.openapi.open311.faults import misread
from huiyin.pages.api import ZONE

SPAN = timedelta(days=90)
MOST = 1000
LAST_PAGE = 1000
LONGEST = 4000
LINK = "https?://[A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]{1,5})?/[!-~]*"
"""What the address of a picture looks like."""

_EARLIEST, _LATEST = datetime(1970, 1, 2, tzinfo=ZONE), datetime(2200, 1, 1, tzinfo=ZONE)
STATES = ("open", "closed")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters of `GET requests`; empty tuples filter nothing. `ids` override all others."""

    ids: tuple[str, ...]
    codes: tuple[str, ...]
    states: tuple[str, ...]
    since: datetime
    until: datetime
    page: int
    size: int

    @property
    def offset(self) -> int:
        """How many requests stand before this page."""
        return (self.page - 1) * self.size


def read_wanted(query: QueryDict, now: datetime) -> Wanted:
    """The filters. Without a time: the last 90 days; with an end alone, 90 days before it; else as asked.

    Newest first, at most `MOST` a page. Refused (400): what is no time, status or number.
    """
    since, until = read_time(query, "start_date"), read_time(query, "end_date")
    states = read_list(query, "status", exact=True)
    if wrong := [state for state in states if state not in STATES]:
        raise misread("status", f"“{wrong[0][:40]}”不是 open 或 closed。", "open and closed are known.")
    size = "page_size" if "page_size" in query else "per_page"
    return Wanted(
        ids=read_list(query, "service_request_id"),
        codes=read_list(query, "service_code"),
        states=states,
        since=since or (until - SPAN if until else now - SPAN),
        until=until or now,
        page=read_number(query, "page", 1, LAST_PAGE),
        size=read_number(query, size, MOST, MOST),
    )


def read_text(query: QueryDict, name: str, most: int = LONGEST) -> str:
    """One parameter, without signs that no text holds; empty when there is none. Refused: twice, too long."""
    values = query.getlist(name)
    if len(values) > 1:
        raise misread(name, "出现了不止一次。", "it is given more than once.")
    text = str(values[0]) if values else ""
    if len(text) > most:
        raise misread(name, f"最长 {most} 字。", f"at most {most} signs.")
    return clean(text)


def read_exact(query: QueryDict, name: str, most: int = LONGEST) -> str:
    """One parameter that is no free text: what would have to be cleaned first is refused."""
    text = read_text(query, name, most)
    if text != query.get(name, ""):
        raise misread(name, "有空格或控制符。", "it has blanks or control characters.")
    return text


def read_list(query: QueryDict, name: str, *, exact: bool = False) -> tuple[str, ...]:
    """A parameter that may be given several times, and hold several values with commas; at most `MOST`.

    `exact`: an empty value between commas, or around it a sign that is to be cleaned away, is refused.
    """
    given = [str(value) for value in query.getlist(name) if value]
    parts = [part if exact else clean(part) for value in given for part in value.split(",")]
    if exact and "" in parts:
        raise misread(name, "有空值。", "there is an empty value.")
    found = tuple(dict.fromkeys(part for part in parts if part))
    if len(found) > MOST:
        raise misread(name, f"最多 {MOST} 个。", f"at most {MOST} values.")
    return found


def read_number(query: QueryDict, name: str, usual: int, most: int) -> int:
    """A whole number from 1 to `most`."""
    if name not in query:
        return usual
    text = read_exact(query, name)
    if not (text.isascii() and text.isdigit() and len(text) < 10 and 1 <= int(text) <= most):
        raise misread(name, f"请给出 1 到 {most} 的整数。", f"a whole number from 1 to {most}.")
    return int(text)


def read_time(query: QueryDict, name: str) -> datetime | None:
    """A W3C date or time; without a zone it is the county's own. A `+` that came as a blank is put back."""
    text = read_exact(query, name).upper()
    if not text:
        return None
    head, blank, zone = text.rpartition(" ")
    if blank and "T" in head and zone[:1].isdigit():
        text = f"{head}+{zone}"
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise misread(name, "请用 2026-01-31T08:00:00+08:00 这样的时间。", "a W3C date and time.") from None
    return _bound(moment if moment.tzinfo else moment.replace(tzinfo=ZONE))


def _bound(moment: datetime) -> datetime:
    """No request is as old or as late as these ends; beyond them a time can no longer be counted with."""
    if moment.year <= _EARLIEST.year:
        return _EARLIEST
    return _LATEST if moment.year >= _LATEST.year else moment


def read_degrees(query: QueryDict, name: str, bound: int) -> int | None:
    """Decimal degrees (WGS 84) as microdegrees; None when they are not there."""
    text = read_exact(query, name, 40)
    if not text:
        return None
    try:
        degrees = float(text) if text.isascii() and "_" not in text else bound + 1.0
    except ValueError:
        degrees = bound + 1.0
    if not -bound <= degrees <= bound:
        raise misread(name, f"请给出 -{bound} 到 {bound} 的度数。", f"degrees from -{bound} to {bound}.")
    return round(degrees * 1_000_000)


def read_point(query: QueryDict) -> tuple[int | None, int | None]:
    """`lat` and `long` in microdegrees. Both or neither are given; an empty one says that it is not known."""
    if ("lat" in query) != ("long" in query):
        raise _HALF_A_POINT
    lat, lon = read_degrees(query, "lat", 90), read_degrees(query, "long", 180)
    return (None, None) if lat is None or lon is None else (lat, lon)


_HALF_A_POINT = misread("lat, long", "两个要一起给。", "give both or neither.")

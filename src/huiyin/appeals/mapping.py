"""Turns a row of any source into a request: which field is its title, words, time, the source's own id."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from huiyin.appeals.values import NewAppeal
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean, digest
from huiyin.kernel.words import Words
from huiyin.people.api import normalise_phone

GUESSES: dict[str, tuple[str, ...]] = {
    "title": ("title", "subject", "标题", "主题", "service_name"),
    "words": ("words", "detail", "content", "description", "内容", "诉求内容", "详情"),
    "source_id": ("source_id", "id", "row", "tid", "service_request_id", "编号", "来源编号"),
    "opened_at": ("opened_at", "time", "date", "requested_datetime", "时间", "日期", "反映时间"),
    "place": ("place", "address", "地点", "地址"),
    "name": ("name", "姓名", "诉求人"),
    "phone": ("phone", "电话", "联系电话"),
    "lat": ("lat", "latitude", "纬度"),
    "lon": ("lon", "long", "lng", "longitude", "经度"),
}
"""Field of a request → names by which sources call it, the likeliest first."""

_OPEN311 = {"status": "source_status", "updated_datetime": "source_updated_at", "service_code": "source_code"}
"""What an Open311 record says of itself, by the names under which the opening entry keeps it."""

_TIMES = (
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y/%m/%d",
    "%Y-%m-%d",
    "%Y年%m月%d日",
)
LONGEST_ID = 200
EARLIEST_YEAR = 1990


def read_map(text: str) -> dict[str, str]:
    """Read `subject=title,detail=words` (the source's field = ours). Refused: a field that we have not."""
    wanted: dict[str, str] = {}
    for pair in filter(None, (part.strip() for part in text.split(","))):
        source, _, field = pair.partition("=")
        if not source or field not in GUESSES:
            known = "、".join(GUESSES)
            raise Refusal(
                "no-such-field",
                Words(
                    f"“{pair}”不对。写法：来源字段=字段；字段有 {known}。",
                    f"“{pair}” is wrong. Write source=field; fields are {known}.",
                ),
            )
        wanted[field] = source
    return wanted


def make_appeal(
    row: Mapping[str, Any], wanted: Mapping[str, str], channel: str, process: str, now: datetime, zone: tzinfo
) -> NewAppeal:
    """The request of a row. Raises `ValueError` that says what is wrong with the row.

    A row without an id of its own is known by its content. A time without a zone is read in `zone`; a row
    without a time was opened `now`. A number that is no phone (masked, too short) is left out. An Open311
    record without a description says what it is about and where; its own status goes into the journal.
    """
    found = {field: _pick(row, field, wanted) for field in GUESSES}
    title, words, place = _text(found["title"]), _text(found["words"]), _text(found["place"])
    if not title and not words:
        raise ValueError("no title and no words")
    source = _tell_source(row)
    if source and not words and place:
        words = f"{title}\n{place}"
    source_id = _text(found["source_id"])
    if len(source_id) > LONGEST_ID:
        source_id = f"#{digest(source_id).hex()}"
    key = source_id or f"#{digest(title + words).hex()}"
    return NewAppeal(
        process=process,
        channel=channel,
        title=title,
        words=words or title,
        opened_at=_time(found["opened_at"], now, zone),
        place=place,
        name=_text(found["name"]),
        phone=_phone(_text(found["phone"])),
        source_key=f"{channel}:{key}",
        lat_microdegrees=_microdegrees(found["lat"], 90),
        lon_microdegrees=_microdegrees(found["lon"], 180),
        source=source,
    )


def _tell_source(row: Mapping[str, Any]) -> dict[str, str]:
    """What an Open311 record says of its own state, for the journal: a matter is not closed by a file."""
    if "service_request_id" not in row:
        return {}
    told = {
        name: _text(row.get(field))[:LONGEST_ID]
        for field, name in _OPEN311.items()
        if _is_plain(row.get(field))
    }
    return {name: text for name, text in told.items() if text}


def pick_field(row: Mapping[str, Any], field: str) -> Any:
    """What a row of any source has for one of our fields; None when it has nothing."""
    return _pick(row, field, {})


def _pick(row: Mapping[str, Any], field: str, wanted: Mapping[str, str]) -> Any:
    """A source may hold lists and objects where a text is expected: such a field is not read."""
    names = (wanted[field],) if field in wanted else GUESSES[field]
    values = (row.get(name) for name in names)
    return next((value for value in values if value not in (None, "") and _is_plain(value)), None)


def _is_plain(value: Any) -> bool:
    return not isinstance(value, list | dict)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return clean(str(value))


def _phone(text: str) -> str:
    try:
        return normalise_phone(text)
    except Refusal:
        return ""


def _time(value: Any, now: datetime, zone: tzinfo) -> datetime:
    if value is None or value == "":
        return now
    moment = value if isinstance(value, datetime) else read_time(value)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    if moment.year < EARLIEST_YEAR or moment > now + timedelta(days=1):
        raise ValueError(f"time out of range: {moment.date().isoformat()}")
    return moment


def read_time(value: Any) -> datetime:
    """The moment that a source tells, without a zone where it tells none. Raises `ValueError`."""
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001 — the caller gives it the zone
    text = _text(value)
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    for form in _TIMES:
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007 — the caller gives it the zone
        except ValueError:
            continue
    raise ValueError(f"time not understood: {text[:40]}")


def _microdegrees(value: Any, bound: int) -> int | None:
    try:
        degrees = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return round(degrees * 1_000_000) if -bound <= degrees <= bound else None

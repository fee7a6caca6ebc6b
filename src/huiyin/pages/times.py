"""How moments, days and lengths of time are said, always in the county's own zone (Asia/Shanghai)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from huiyin.kernel.words import Words

ZONE = ZoneInfo("Asia/Shanghai")
_NEAR_DAYS = {-1: Words("昨天", "yesterday"), 0: Words("今天", "today"), 1: Words("明天", "tomorrow")}
_WEEKDAYS = (
    Words("星期一", "Monday"),
    Words("星期二", "Tuesday"),
    Words("星期三", "Wednesday"),
    Words("星期四", "Thursday"),
    Words("星期五", "Friday"),
    Words("星期六", "Saturday"),
    Words("星期日", "Sunday"),
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def local(at: datetime) -> datetime:
    """`at` (aware) on the county's clock."""
    return at.astimezone(ZONE)


def write_moment(at: datetime, now: datetime) -> str:
    """`11-21 10:24`; the year stands in front when it is not this year's."""
    here = local(at)
    told = here.isoformat(" ", "minutes")[:16]
    return told[5:] if here.year == local(now).year else told


def write_day(on: date | datetime, now: datetime) -> str:
    """`11-21`; the year stands in front when it is not this year's."""
    here = local(on).date() if isinstance(on, datetime) else on
    return f"{here:%m-%d}" if here.year == local(now).year else f"{here:%Y-%m-%d}"


def say_weekday(on: date | datetime) -> Words:
    """星期六, Saturday."""
    return _WEEKDAYS[(local(on) if isinstance(on, datetime) else on).weekday()]


def say_day(on: date | datetime, now: datetime) -> Words:
    """A day as a neighbour would say it: 明天 11 月 22 日, tomorrow 22 Nov."""
    here = local(on).date() if isinstance(on, datetime) else on
    today = local(now).date()
    near = _NEAR_DAYS.get((here - today).days, Words("", ""))
    year = Words(f"{here.year} 年 ", f" {here.year}") if here.year != today.year else Words("", "")
    zh = f"{near.zh} {year.zh}{here.month} 月 {here.day} 日"
    return Words(zh.strip(), f"{near.en} {here.day} {_MONTHS[here.month - 1]}{year.en}".strip())


def say_moment(at: datetime, now: datetime) -> Words:
    """A moment as a neighbour would say it: 昨天 8:12, 明天 11 月 22 日 8:12 (days to come keep the date)."""
    here, today = local(at), local(now).date()
    clock = f"{here.hour}:{here:%M}"
    gone = (here.date() - today).days
    if gone in {-1, 0}:
        return Words(f"{_NEAR_DAYS[gone].zh} {clock}", f"{_NEAR_DAYS[gone].en} {clock}")
    day = say_day(at, now)
    return Words(f"{day.zh} {clock}", f"{day.en}, {clock}")


def split_length(length: timedelta) -> tuple[int, int, int]:
    """Days, hours and minutes as they are said; the sign is dropped, and beside days the minutes are."""
    whole = abs(length)
    return whole.days, whole.seconds // 3600, 0 if whole.days else whole.seconds % 3600 // 60


def say_short(length: timedelta) -> Words:
    """A length in the narrow space of a badge: 2天6时, 1时10分, 57分. The sign is dropped."""
    days, hours, minutes = split_length(length)
    if days:
        return Words(
            f"{days}天{hours}时" if hours else f"{days}天", f"{days}d {hours}h" if hours else f"{days}d"
        )
    if hours:
        return Words(f"{hours}时{minutes:02}分", f"{hours}h {minutes:02}m")
    return Words(f"{minutes}分", f"{minutes}m")


def say_length(length: timedelta) -> Words:
    """A length in running text: 2 天 6 小时, 5 小时 35 分, 34 分钟. The sign is dropped."""
    days, hours, minutes = split_length(length)
    if days:
        tail = Words(f" {hours} 小时", f" {hours}h") if hours else Words("")
        return Words(f"{days} 天{tail.zh}", f"{days}d{tail.en}")
    if hours:
        tail = Words(f" {minutes:02} 分", f" {minutes:02}m") if minutes else Words("")
        return Words(f"{hours} 小时{tail.zh}", f"{hours}h{tail.en}")
    return Words(f"{minutes} 分钟", f"{minutes} min") if minutes else Words("不到 1 分钟", "under a minute")

"""Jinja2 filters: times, lengths, words in the reader's language, numbers and text."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from markupsafe import Markup, escape

from huiyin.kernel.masks import mask_phone
from huiyin.kernel.money import tell_yuan
from huiyin.kernel.words import Words
from huiyin.pages import times

language: ContextVar[str] = ContextVar("language", default="")
"""The language of the page that is being drawn; Django is asked for it once a page, not once a word."""

_BLANK_LINE = re.compile(r"\n\s*\n")


def spoken_language() -> str:
    """The language of the page that is being drawn, else that of the request."""
    return language.get() or get_language() or "zh"


def tell(words: Words | str | None) -> str:
    """`Words` in the language of the page; plain text passes through, nothing becomes an empty text."""
    if words is None:
        return ""
    return words.tell(spoken_language()) if isinstance(words, Words) else str(words)


def _time(text: str, at: datetime | date) -> Markup:
    """A `<time>` element whose title tells the whole moment, so that a short form hides nothing."""
    if isinstance(at, datetime):
        told = times.local(at).isoformat(timespec="seconds")  # holds no sign that HTML would take for its own
        return Markup(f'<time datetime="{told}" title="{told[:10]} {told[11:19]}">{escape(text)}</time>')  # noqa: S704  # nosec B704
    return Markup('<time datetime="{}" title="{}">{}</time>').format(at.isoformat(), at.isoformat(), text)


def moment(at: datetime | None) -> Markup:
    """`11-21 10:24`, with the year when it is not this year's; nothing becomes a dash."""
    return _time(times.write_moment(at, timezone.now()), at) if at else Markup("–")


def day(on: date | datetime | None) -> Markup:
    """`11-21`, with the year when it is not this year's; nothing becomes a dash."""
    return _time(times.write_day(on, timezone.now()), on) if on else Markup("–")


def spoken(at: date | datetime | None) -> Markup:
    """A moment or day for citizens: 昨天 8:12, 明天 11 月 22 日 8:12."""
    if at is None:
        return Markup("–")
    now = timezone.now()
    said = times.say_moment(at, now) if isinstance(at, datetime) else times.say_day(at, now)
    return _time(tell(said), at)


def weekday(on: date | datetime) -> str:
    """星期六, Saturday."""
    return tell(times.say_weekday(on))


def full_moment(at: datetime | None) -> str:
    """`2026-11-21 10:24`, for print and records."""
    return f"{times.local(at):%Y-%m-%d %H:%M}" if at else "–"


def span(length: timedelta | int | None) -> str:
    """A length of time in running text; whole seconds are taken too."""
    if length is None:
        return ""
    return tell(times.say_length(timedelta(seconds=length) if isinstance(length, int) else length))


def short_span(length: timedelta | int | None) -> str:
    """A length of time for narrow places: 2天6时, 57分."""
    if length is None:
        return ""
    return tell(times.say_short(timedelta(seconds=length) if isinstance(length, int) else length))


def ago(at: datetime | None) -> Markup:
    """How long ago `at` was, or how long until then: 5 小时前, 5 小时后."""
    if at is None:
        return Markup("–")
    gone = timezone.now() - at
    length = times.say_length(gone)
    past = Words("{length}前", "{length} ago") if gone >= timedelta(0) else Words("{length}后", "in {length}")
    return _time(tell(past.fill(length=length)), at)


def paragraphs(text: str | None) -> Markup:
    """Escaped text with its blank lines as paragraphs and its line ends as breaks."""
    blocks = _BLANK_LINE.split((text or "").replace("\r\n", "\n").strip())
    return Markup("").join(
        Markup("<p>{}</p>").format(Markup("<br>").join(escape(line) for line in block.split("\n")))
        for block in blocks
        if block
    )


def number(value: int | None) -> str:
    """1,204; nothing becomes a dash."""
    return "–" if value is None else f"{value:,}"


def yuan(fen: int | None) -> str:
    """Whole fen as yuan: 12,345.67; nothing becomes a dash."""
    return "–" if fen is None else tell_yuan(fen)


def tally(value: int) -> str:
    """A count beside a title; a thousand, where counting for a tab stops, is told as 999+."""
    return "999+" if value == 1000 else number(value)


def size(count: int) -> str:
    """Bytes as people read them: 812 B, 34 KB, 1.2 MB."""
    if count < 1024:
        return f"{count} B"
    if count < 1024 * 1024:
        return f"{count // 1024} KB"
    tenths = count * 10 // (1024 * 1024)
    return f"{tenths // 10}.{tenths % 10} MB"


FILTERS: dict[str, Callable[..., Any]] = {
    "tell": tell,
    "moment": moment,
    "day": day,
    "spoken": spoken,
    "weekday": weekday,
    "full_moment": full_moment,
    "span": span,
    "short_span": short_span,
    "ago": ago,
    "phone_mask": mask_phone,
    "paragraphs": paragraphs,
    "number": number,
    "tally": tally,
    "yuan": yuan,
    "size": size,
}

"""What every list that an administrator keeps asks of its entries: a key that stays, names filled in."""

from __future__ import annotations

import re

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import fold
from huiyin.kernel.words import Words

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_DESK_PHONE = re.compile(r"[0-9+()\-, /;转]{3,60}")


def check_key(key: str, longest: int = 40, field: str = "key") -> None:
    """Refuses `bad-key`: a key is letters, digits, - and _, at most `longest` signs."""
    if not _KEY.fullmatch(key) or len(key) > longest:
        words = Words(
            "代码只能用字母、数字、- 和 _，最多 {longest} 位。",
            "A code is letters, digits, - and _, at most {longest} signs.",
        )
        raise Refusal("bad-key", words.fill(longest=longest), field=field)


def check_filled(**told: str) -> None:
    """Refuses `words-needed` for the first of the named texts that is empty."""
    for field, text in told.items():
        if not text.strip():
            raise Refusal("words-needed", Words("这一项不能空着。", "This cannot be empty."), field=field)


def check_desk_phone(phone: str) -> None:
    """Refuses `bad-phone`: an office number may be short, have an extension or name several lines."""
    if phone and not _DESK_PHONE.fullmatch(fold(phone)):
        words = Words(
            "电话只能写数字、-、括号和“转”。",
            "A phone number is digits, dashes, brackets and 转 (extension).",
        )
        raise Refusal("bad-phone", words, field="phone")


def refuse_taken(field: str = "key") -> Refusal:
    """The refusal of an entry whose key somebody else has."""
    return Refusal("key-taken", Words("这个代码已经有了。", "This code is taken."), field=field)


def refuse_missing(field: str = "key") -> Refusal:
    """The refusal of an entry that is not there."""
    return Refusal("entry-not-found", Words("没有这一条。", "There is no such entry."), field=field)


def check_position(lon: int | None, lat: int | None) -> None:
    """Refuses `bad-position`: millionths of a degree, both or none, and on the globe."""
    if (lon is None) != (lat is None):
        words = Words("经度和纬度要一起填。", "Give longitude and latitude together.")
        raise Refusal("bad-position", words, field="lon" if lon is None else "lat")
    for field, value, most in (("lon", lon, 180_000_000), ("lat", lat, 90_000_000)):
        if value is not None and abs(value) > most:
            words = Words("超出了经纬度的范围。", "That lies outside of the globe.")
            raise Refusal("bad-position", words, field=field)

"""How personal data is shown to those who may not see it whole: 138****1234, 110***********123X, 张*."""

from __future__ import annotations

import re

_NUMBERS = re.compile(r"(?<![\dA-Za-z])(?:\d{17}[\dXx]|1\d{10}|0\d{2,3}-?\d{7,8})(?![\dA-Za-z])")
_LINKS = re.compile(r"(/(?:(?:t|received)/[A-Za-z]{1,4}\d+|village/why)/)[^/\s?#\"'<>]+")


def mask_phone(phone: str) -> str:
    """First three and last four digits; a short number keeps only its last two."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 8 else "*" * max(len(phone) - 2, 0) + phone[-2:]


def mask_id_number(number: str) -> str:
    """First three and last four signs of an identity number."""
    return number[:3] + "*" * (len(number) - 7) + number[-4:] if len(number) > 7 else "*" * len(number)


def mask_name(name: str) -> str:
    """The first sign, then one star: 张*."""
    return f"{name[0]}*" if name else ""


def mask_numbers(text: str) -> str:
    """Running text in which phone and identity numbers of the mainland are masked."""
    return _NUMBERS.sub(lambda found: _mask_number(found.group()), text)


def _mask_number(number: str) -> str:
    return mask_id_number(number) if len(number) == 18 else mask_phone(number)


def mask_links(text: str) -> str:
    """Running text in which the secret of a person's own link is left out: `/t/HC26112100042/…`."""
    return _LINKS.sub(r"\1…", text)

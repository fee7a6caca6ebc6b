"""How personal data is shown to those who may not see it whole: 138****1234, 110***********123X, 张*."""

from __future__ import annotations


def mask_phone(phone: str) -> str:
    """First three and last four digits; a short number keeps only its last two."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 8 else "*" * max(len(phone) - 2, 0) + phone[-2:]


def mask_id_number(number: str) -> str:
    """First three and last four signs of an identity number."""
    return number[:3] + "*" * (len(number) - 7) + number[-4:] if len(number) > 7 else "*" * len(number)


def mask_name(name: str) -> str:
    """The first sign, then one star: 张*."""
    return f"{name[0]}*" if name else ""

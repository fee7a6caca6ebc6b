"""Says a limit in its unit, and reads what was typed for one."""

from __future__ import annotations

from huiyin.economy.organisations.api import Limit
from huiyin.kernel.money import read_yuan, tell_yuan, to_yuan
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words

UNITS: dict[str, Words] = {
    "days": Words("{value} 天", "{value} days"),
    "fen": Words("{value} 元", "{value} yuan"),
    "months": Words("{value} 个月", "{value} months"),
    "per mille": Words("{value}‰", "{value}‰"),
    "people": Words("{value} 人", "{value} people"),
    "count": Words("{value}", "{value}"),
}


def say_value(limit: Limit, value: int) -> Words:
    """A value with its unit; fen as yuan."""
    told = tell_yuan(value) if limit.unit == "fen" else str(value)
    return UNITS.get(limit.unit, Words("{value}")).fill(value=told)


def write_value(limit: Limit, value: int) -> str:
    """A value as it is typed: `5000.00` for fen, else the whole number."""
    return str(to_yuan(value)) if limit.unit == "fen" else str(value)


def read_value(limit: Limit, text: str) -> int:
    """What was typed: yuan for fen, else a whole number. Refuses `bad-amount`, `bad-number`."""
    if limit.unit == "fen":
        return read_yuan(text, "value")
    plain = text.strip()
    if not (plain.isascii() and plain.isdigit() and len(plain) < 10):
        raise Refusal("bad-number", Words("请填整数。", "Give a whole number."), field="value")
    return int(plain)

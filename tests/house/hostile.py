"""What somebody with bad intent, or a broken program, sends for every name that forms and addresses know."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

from huiyin.process.api import INPUTS

NAMED = re.compile(r"""(?:\.(?:get|getlist|pop)\(|\btyped\[|POST\[|GET\[)\s*["']([a-z][a-z0-9_-]*)["']""")
FIELDS = re.compile(r"^    ([a-z_]+) = (?:forms\.)?[A-Z][A-Za-z]*Field\(", re.MULTILINE)
FACES = ("portal", "console", "pages", "administration", "openapi")

NUL = "a\0b\x1b\x7f"
VALUES = {
    "nul": NUL,
    "broken": "\ud800\udfff\ufffe",
    "long": "字" * 10_000,
    "many-digits": "9" * 5_000,
    "beyond-bigint": "9" * 30,
    "beyond-int": "3000000000",
    "negative": "-1",
    "wide-digits": "１２²",
    "far-future": "9999-12-31T23:59:59",
    "last-day": "9999-12-31",
    "first-day": "0001-01-01",
    "no-day": "2026-02-30",
    "path": "../../../../etc/passwd",
    "lines": "a\r\nSet-Cookie: x=1\r\n\r\n<script>",
    "formula": "=cmd|' /C calc'!A0",
    "address": "//evil.example/[",
    "sql": "'; DROP TABLE cases_case; --",
    "template": "{{ 7*7 }}{% raise %}%(x)s{0}",
    "json": '{"a": [',
    "id": "1",
    "empty": "",
}
"""Told apart by name, so that a failure names the value and not ten thousand signs of it."""


def list_names(source: Path) -> list[str]:
    """Every name that a view reads from a form or an address, and every input of a move."""
    found: set[str] = set(INPUTS)
    for face in FACES:
        for path in (source / face).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            found |= {*NAMED.findall(text), *FIELDS.findall(text)}
    return sorted(found)


ALIKE = ("nul", "broken", "many-digits", "beyond-bigint", "far-future", "path")
"""Values that every name is given at once; the others come mixed."""

MIXES = 5


def make_queries(names: list[str]) -> dict[str, dict[str, str]]:
    """What to send, by a label: one value for every name, and mixes in which each name has one of its own."""
    alike = {label: dict.fromkeys(names, VALUES[label]) for label in ALIKE}
    return alike | {f"mix-{seed}": _mix(names, seed) for seed in range(MIXES)}


def _mix(names: list[str], seed: int) -> dict[str, str]:
    """Two thirds of the names; the same for the same seed. Few are long: an address has its bounds."""
    dice = Random(seed)  # noqa: S311  a test that can be run again
    values = [value for label, value in VALUES.items() if label != "long"]
    chosen = {name: dice.choice(values) for name in names if dice.random() < 0.67}
    return chosen | dict.fromkeys(dice.sample(names, 3), VALUES["long"])

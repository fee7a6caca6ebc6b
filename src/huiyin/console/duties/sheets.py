"""The register as spreadsheets: any part of it on any day, a version, what a version changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from huiyin.console.duties.asking import PARTS
from huiyin.kernel.words import Words
from huiyin.pages.api import Column, Value
from huiyin.register.api import Difference, Duty

ACTS: dict[str, tuple[str, Words]] = {
    "changed": ("amber", Words("调整", "Changed")),
    "added": ("green", Words("新增", "Added")),
    "ended": ("red", Words("取消", "Ended")),
}
"""What a version does to a line: tone and title."""

_HEADINGS = (
    ("编号", "Number", 8),
    ("类别代码", "Category code", 10),
    ("类别", "Category", 24),
    ("单位", "Unit", 18),
    ("地方", "Area", 16),
    ("主办或协办", "Part", 10),
    ("条款", "Clause", 34),
    ("依据", "Basis", 34),
    ("生效", "Valid from", 12),
    ("失效", "Valid until", 12),
)
COLUMNS = [Column(Words(zh, en), width) for zh, en, width in _HEADINGS]
CHANGES = [
    Column(Words("变动", "Change"), 8),
    *COLUMNS,
    Column(Words("原单位", "Unit before"), 18),
    Column(Words("原条款", "Clause before"), 34),
    Column(Words("原职责到", "Before until"), 12),
]


def tell_area(duty: Duty) -> Words:
    """Where it holds."""
    return duty.area.called if duty.area else Words("全县", "The county")


def tell_duties(duties: Iterable[Duty]) -> Iterator[list[Value]]:
    """Each duty as cells under `COLUMNS`."""
    return (_tell(duty) for duty in duties)


def _tell(duty: Duty) -> list[Value]:
    return [
        duty.pk,
        duty.category.code,
        duty.category.called,
        Words(duty.unit.short, duty.unit.name_en),
        tell_area(duty),
        PARTS.get(duty.part, Words(duty.part)),
        duty.clause,
        duty.basis,
        duty.valid_from,
        duty.valid_until,
    ]


def tell_differences(lines: Iterable[Difference]) -> Iterator[list[Value]]:
    """Each line of what a version changed, as cells under `CHANGES`."""
    for line in lines:
        before: list[Value] = ["", "", line.until]
        if line.before:
            unit = line.before.unit
            before = [Words(unit.short, unit.name_en), line.before.clause, line.until]
        yield [ACTS[line.act][1], *_tell(line.duty), *before]

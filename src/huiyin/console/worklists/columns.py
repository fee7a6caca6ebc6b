"""The columns of the worklist: which there are, which somebody chose, what each says of a case."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from huiyin.cases.api import CaseRow
from huiyin.kernel.words import Words
from huiyin.pages.api import Value

COOKIE = "huiyin_columns"


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column to choose; `order` is the order that its heading asks for, `minor` hides it on a phone."""

    key: str
    title: Words
    tell: Callable[[CaseRow], Value]
    order: str = ""
    minor: bool = False
    width: int = 14


def _named(zh: str | None, en: str | None) -> Words | str:
    return Words(zh, en or "") if zh else ""


COLUMNS: Mapping[str, ListColumn] = {
    column.key: column
    for column in (
        ListColumn("township", Words("乡镇", "Township"), lambda row: _named(row.township, row.township_en)),
        ListColumn("place", Words("地点", "Place"), lambda row: row.place, minor=True, width=28),
        ListColumn("category", Words("类别", "Category"), lambda row: _named(row.category, row.category_en)),
        ListColumn("lead", Words("承办单位", "Unit"), lambda row: _named(row.lead, row.lead_en), width=18),
        ListColumn("stage", Words("状态", "State"), lambda row: row.stage_title),
        ListColumn("officer", Words("经办", "Officer"), lambda row: row.officer or "", minor=True, width=10),
        ListColumn(
            "opened", Words("受理时间", "Received"), lambda row: row.opened_at, "opened", minor=True, width=18
        ),
        ListColumn(
            "moved", Words("最近变动", "Last move"), lambda row: row.moved_at, "moved", minor=True, width=18
        ),
        ListColumn("grade", Words("等级", "Grade"), lambda row: row.grade_title, minor=True, width=10),
        ListColumn(
            "channel", Words("渠道", "Channel"), lambda row: _named(row.channel, row.channel_en), minor=True
        ),
    )
}
"""In the order in which they stand: after the time left and the title, before the number."""

FIRST_CHOICE = ("township", "category", "lead", "stage", "officer", "opened")


def keep_known(keys: Iterable[str]) -> tuple[str, ...]:
    """Those of `keys` that are columns, in the columns' own order; the first choice when none is."""
    chosen = set(keys)
    return tuple(key for key in COLUMNS if key in chosen) or FIRST_CHOICE


def read_cookie(text: str) -> tuple[str, ...]:
    """The columns that the cookie names."""
    return keep_known(text.split("."))


def write_cookie(keys: Iterable[str]) -> str:
    """What the cookie keeps."""
    return ".".join(keys)

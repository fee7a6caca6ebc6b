"""The columns of the worklist: which there are, which somebody chose, what each says of a case."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter

from huiyin.cases.api import CaseRow
from huiyin.kernel.words import Words
from huiyin.pages.api import Value

COOKIE = "huiyin_columns"


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column to choose; `order` is the order that its heading asks for, `minor` hides it on a phone.

    `content` is what a cell is drawn from: rows of equal content have equal cells.
    """

    key: str
    title: Words
    tell: Callable[[CaseRow], Value]
    content: Callable[[CaseRow], Hashable]
    order: str = ""
    minor: bool = False
    width: int = 14


def _name(key: str, title: Words, width: int = 14, *, minor: bool = False) -> ListColumn:
    """A column of names in two languages."""
    names = attrgetter(key, f"{key}_en")

    def tell(row: CaseRow) -> Words | str:
        zh, en = names(row)
        return Words(zh, en or "") if zh else ""

    return ListColumn(key, title, tell, names, minor=minor, width=width)


def _time(key: str, title: Words) -> ListColumn:
    at = attrgetter(f"{key}_at")
    return ListColumn(key, title, at, at, key, minor=True, width=18)


_STAGE = attrgetter("process", "process_version", "stage", "stage_kind", "round", "lead")
_GRADE = attrgetter("process", "process_version", "grade")

COLUMNS: Mapping[str, ListColumn] = {
    column.key: column
    for column in (
        _name("township", Words("乡镇", "Township")),
        ListColumn(
            "place", Words("地点", "Place"), attrgetter("place"), attrgetter("place"), minor=True, width=28
        ),
        _name("category", Words("类别", "Category")),
        _name("lead", Words("承办单位", "Unit"), 18),
        ListColumn("stage", Words("状态", "State"), lambda row: row.stage_title, _STAGE),
        ListColumn(
            "officer",
            Words("经办", "Officer"),
            lambda row: row.officer or "",
            attrgetter("officer"),
            minor=True,
            width=10,
        ),
        _time("opened", Words("受理时间", "Received")),
        _time("moved", Words("最近变动", "Last move")),
        ListColumn(
            "grade", Words("等级", "Grade"), lambda row: row.grade_title, _GRADE, minor=True, width=10
        ),
        _name("channel", Words("渠道", "Channel"), minor=True),
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

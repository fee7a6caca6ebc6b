"""The register as other systems need it to fill in a case: categories, units, processes, channels, areas."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, Struct

from huiyin.cases.api import list_newest
from huiyin.kernel.words import Words
from huiyin.openapi.v1.case_shapes import ReadHeaders
from huiyin.openapi.v1.contract import Answer, Call, Operation, Reply
from huiyin.openapi.v1.seeing import make_tag, reply_unless_known, titled
from huiyin.openapi.v1.shapes import Titled
from huiyin.people.api import list_areas, list_units
from huiyin.process.api import Process
from huiyin.register.api import list_categories, list_channels


class CategoryRow(Struct):
    """A category; `parent` is the code of the one above."""

    code: str
    parent: str | None
    level: int
    name: Titled
    grade: str


class UnitRow(Struct):
    """A unit that can hold a case."""

    key: str
    name: Titled
    short: str
    kind: str
    phone: str


class ChannelRow(Struct):
    """A door by which matters come in."""

    key: str
    name: Titled
    kind: str


class AreaRow(Struct):
    """A county, township, village or cell; `parent` is the code of the one around it."""

    code: str
    parent: str | None
    level: str
    name: Titled


class StageRow(Struct):
    """Where a case can stand; `plain` is what the person reads."""

    key: str
    kind: str
    title: Titled
    plain: Titled


class ProcessRow(Struct):
    """A process in its newest version, which new cases run."""

    key: str
    version: int
    title: Titled
    rule: str
    grades: dict[str, Titled]
    opens: Annotated[list[str], Meta(description="可登记的岗位。 The roles that may open a case.")]
    stages: list[StageRow]
    moves: dict[str, Titled]


class Categories(Struct):
    """Every category in use."""

    categories: list[CategoryRow]


class Units(Struct):
    """Every unit in use."""

    units: list[UnitRow]


class Channels(Struct):
    """Every channel in use."""

    channels: list[ChannelRow]


class Areas(Struct):
    """Every area, by code."""

    areas: list[AreaRow]


class Processes(Struct):
    """Every process."""

    processes: list[ProcessRow]


def _list_categories(call: Call) -> Reply:
    found = list_categories()
    codes = {row.pk: row.code for row in found}
    rows = [
        CategoryRow(row.code, codes.get(row.parent_id or 0), row.level, titled(row.called), row.grade)
        for row in found
    ]
    return _reply(call, Categories(rows))


def _list_units(call: Call) -> Reply:
    rows = [UnitRow(row.key, titled(row.called), row.short, row.kind, row.phone) for row in list_units()]
    return _reply(call, Units(rows))


def _list_channels(call: Call) -> Reply:
    return _reply(
        call, Channels([ChannelRow(row.key, titled(row.called), row.kind) for row in list_channels()])
    )


def _list_areas(call: Call) -> Reply:
    found = list_areas()
    codes = {row.pk: row.code for row in found}
    rows = [AreaRow(row.code, codes.get(row.parent_id or 0), row.level, titled(row.called)) for row in found]
    return _reply(call, Areas(rows))


def _list_processes(call: Call) -> Reply:
    return _reply(call, Processes([_tell_process(process) for process in list_newest()]))


def _tell_process(process: Process) -> ProcessRow:
    stages = [
        StageRow(stage.key, stage.kind, titled(stage.title), titled(stage.plain))
        for stage in process.stages.values()
    ]
    grades = {key: titled(words) for key, words in process.grades.items()}
    moves = {key: titled(move.title) for key, move in process.moves.items()}
    return ProcessRow(
        process.key,
        process.version,
        titled(process.title),
        process.rule,
        grades,
        list(process.opens),
        stages,
        moves,
    )


def _reply(call: Call, told: Struct) -> Reply:
    content, known = msgspec.json.encode(told), call.headers.if_none_match
    return reply_unless_known(content, make_tag(content), None if known is UNSET else known)


_TAG = Words(
    "内容标记：再读时放进 If-None-Match，没有变化答 304。",
    "Send it back in If-None-Match: 304 when unchanged.",
)


def _declare(key: str, path: str, title: Words, shape: Any, run: Any) -> Operation:
    return Operation(
        key=key,
        method="GET",
        path=path,
        scope="register:read",
        group="register",
        title=title,
        told=Words("全部在用的，不分页。", "All that are in use, on one page."),
        run=run,
        answers={
            200: Answer(title, shape, {"ETag": _TAG}),
            304: Answer(Words("没有变化", "Nothing has changed"), headers={"ETag": _TAG}),
        },
        headers=ReadHeaders,
    )


OPERATIONS = (
    _declare("listCategories", "/categories", Words("类别", "Categories"), Categories, _list_categories),
    _declare("listUnits", "/units", Words("单位", "Units"), Units, _list_units),
    _declare("listProcesses", "/processes", Words("流程", "Processes"), Processes, _list_processes),
    _declare("listChannels", "/channels", Words("渠道", "Channels"), Channels, _list_channels),
    _declare("listAreas", "/areas", Words("区域", "Areas"), Areas, _list_areas),
)

"""Lists cases, and shows one with its moves and its record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import msgspec
from django.urls import reverse
from msgspec import UNSET

from huiyin.cases.api import Moved, SeenCase, Wanted, list_page
from huiyin.journal.api import StoredEntry, list_entries
from huiyin.kernel.words import Words
from huiyin.openapi.v1.case_shapes import (
    AskedInput,
    CaseMoves,
    CasePage,
    CaseWhole,
    ListQuery,
    OpenMove,
    ReadHeaders,
    Timeline,
    TimelineEntry,
)
from huiyin.openapi.v1.contract import Answer, Call, Operation, Reply
from huiyin.openapi.v1.seeing import look_at, make_tag, reply_unless_known, titled
from huiyin.process.api import INPUTS, Move, Process

ETAG = Words("版本标记：改动时放进 If-Match，再读时放进 If-None-Match。",
             "The version: send it back in If-Match or If-None-Match.")  # fmt: skip
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def _list(call: Call) -> Reply:
    query: ListQuery = call.query
    page = list_page(_make_wanted(query, call), call.acting, query.limit)
    following = _address_next(call, page.last) if page.last is not None else None
    # The rows are JSON already, made by the database.
    content = b'{"cases":' + page.rows + b',"next":' + msgspec.json.encode(following) + b"}"
    return Reply(content)


def _make_wanted(query: ListQuery, call: Call) -> Wanted:
    same = ("process", "stage", "channel", "grade", "category", "township", "unit")
    told: dict[str, Any] = {name: value for name in same if (value := getattr(query, name)) is not UNSET}
    for name in ("opened_from", "opened_to", "moved_from"):
        if (moment := getattr(query, name)) is not UNSET:
            told[name] = _settle(moment)
    return Wanted(
        q=query.q,
        state="" if query.state == "all" else query.state,
        overdue_at=call.now if query.overdue else None,
        after=None if query.after is UNSET else min(int(str(query.after), 36), 2**63 - 1),
        newest_first=query.order == "newest",
        **told,
    )


def _settle(moment: datetime) -> datetime:
    """The moment in UTC; the database knows no zones beyond 16 hours, and no year has the number 10000."""
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return moment.replace(tzinfo=UTC)


def _address_next(call: Call, last: int) -> str:
    given = {**call.request.GET.dict(), "after": _write(last)}
    return f"{call.request.path}?{urlencode(given)}"


def _write(number: int) -> str:
    """A whole number in base 36."""
    digits = ""
    while number:
        number, at = divmod(number, 36)
        digits = _DIGITS[at] + digits
    return digits or "0"


def _read(call: Call) -> Reply:
    case = look_at(call)
    content = b'{"case":' + case.row + b',"inside":' + case.inside + b"}"
    known = call.headers.if_none_match
    return reply_unless_known(content, make_tag(content, case.version), None if known is UNSET else known)


def tell_moves(case: SeenCase | Moved, moves: Iterable[Move]) -> dict[str, Any]:
    """Where the case stands and what may be done now, as the fields of `CaseMoves`."""
    return {
        "number": case.number,
        "stage": case.stage,
        "stage_title": titled(case.process.get_stage(case.stage).title),
        "version": case.version,
        "moves": [_tell_move(move, case.process) for move in moves],
    }


def _tell_move(move: Move, process: Process) -> OpenMove:
    asks = [
        AskedInput(
            ask.key,
            INPUTS[ask.key].kind,
            ask.required,
            titled(INPUTS[ask.key].title),
            _list_choices(ask.key, process),
        )
        for ask in move.asks
    ]
    return OpenMove(move.key, titled(move.title), asks)


def _list_choices(key: str, process: Process) -> list[str]:
    if key == "grade":
        return list(process.grades)
    return [str(limit) for limit in process.extensions] if key == "extra" else []


def _list_moves(call: Call) -> Reply:
    case = look_at(call)
    told = tell_moves(case, case.list_moves(call.acting))
    return Reply(CaseMoves(**told), headers={"ETag": f'"{case.version}"'})


def _show_timeline(call: Call) -> Reply:
    case = look_at(call)
    entries = list_entries(f"case:{case.number}")
    return Reply(Timeline(case.number, list(_tell_entries(entries, case))))


def _tell_entries(entries: list[StoredEntry], case: SeenCase) -> Iterator[TimelineEntry]:
    for entry in entries:
        move = case.process.moves.get(entry.verb)
        inputs = entry.body.get("inputs", {})
        said = {
            key: str(value)
            for key, value in inputs.items()
            if key in INPUTS and INPUTS[key].public and isinstance(value, str)
        }
        title = titled(move.title) if move else titled(Words(entry.verb))
        actor = entry.actor if case.knows_source or entry.verb != "open" else ""
        to = str(entry.body.get("to", ""))
        yield TimelineEntry(entry.seq, entry.at, entry.verb, title, actor, to, said)


def address_of_case(number: str) -> str:
    """Where the case is read."""
    return reverse("openapi:cases-number", args=[number])


OPERATIONS = (
    Operation(
        key="listCases",
        method="GET",
        path="/cases",
        scope="cases:read",
        group="cases",
        title=Words("工单列表", "List cases"),
        told=Words(
            "按编号先后排列，只有令牌的账号看得到的工单。翻页请跟着 next 走：它记住上一页的末尾，"
            "多少页都一样快，也不会因为有新工单而重复或漏掉。",
            "By age, and only what the token's account may see. To page on, follow `next`: it goes on from "
            "the last case, as fast on any page, and new cases neither repeat nor hide any.",
        ),
        run=_list,
        answers={200: Answer(Words("一页工单", "A page of cases"), CasePage)},
        query=ListQuery,
    ),
    Operation(
        key="readCase",
        method="GET",
        path="/cases/{number}",
        scope="cases:read",
        group="cases",
        title=Words("查看一个工单", "Read a case"),
        told=Words(
            "个人信息只给掩码。没有变化时答 304。", "Personal data is masked. 304 when nothing has changed."
        ),
        run=_read,
        answers={
            200: Answer(Words("工单", "The case"), CaseWhole, {"ETag": ETAG}),
            304: Answer(Words("没有变化", "Nothing has changed"), headers={"ETag": ETAG}),
        },
        headers=ReadHeaders,
        problems=(404,),
    ),
    Operation(
        key="listMoves",
        method="GET",
        path="/cases/{number}/moves",
        scope="cases:read",
        group="cases",
        title=Words("现在能办的动作", "What may be done now"),
        told=Words(
            "工单所在的环节，令牌的账号现在可以做的动作，各要填什么。",
            "The stage, the moves that the token's account may try, and what each asks for.",
        ),
        run=_list_moves,
        answers={200: Answer(Words("动作", "The moves"), CaseMoves, {"ETag": ETAG})},
        problems=(404,),
    ),
    Operation(
        key="showTimeline",
        method="GET",
        path="/cases/{number}/timeline",
        scope="cases:read",
        group="cases",
        title=Words("办理过程", "The record"),
        told=Words(
            "每一步：什么时候、谁、做了什么、到了哪个环节。",
            "Every step: when, who, what, and to which stage.",
        ),
        run=_show_timeline,
        answers={200: Answer(Words("办理过程", "The record"), Timeline)},
        problems=(404,),
    ),
)

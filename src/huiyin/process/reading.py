"""Reads a process file (TOML) into a definition, and says what is wrong with its shape."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable

from huiyin.process.definition import UNSAID, Ask, Branch, Clock, Move, Process, Stage, Step
from huiyin.process.parts import Misshapen, Part, check_key
from huiyin.workdays.api import Limit

LARGEST = 200_000
"""Bytes; the longest process that came with a county was a tenth of it."""

_NUMBER = re.compile(r"[A-Z]{1,4}")


def read_process(text: str) -> Process:
    """Parse a process file, or raise `Misshapen` naming the part at fault. Meaning is not judged."""
    if len(text.encode("utf-8", "surrogatepass")) > LARGEST:
        raise Misshapen(
            f"流程文件不能超过 {LARGEST // 1000} kB", f"a process file is at most {LARGEST // 1000} kB"
        )
    try:
        source = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise Misshapen(f"不是 TOML 文件：{error}", f"not TOML: {error}") from None
    return _read(Part("", source))


def _read(file: Part) -> Process:
    head = file.part("process")
    steps = [_read_step(part) for part in file.parts("step")]
    stages = [_read_stage(part) for part in file.parts("stage")]
    _demand_unique("step", [step.key for step in steps])
    _demand_unique("stage", [stage.key for stage in stages])
    unfinished = tuple(stage.key for stage in stages if stage.kind != "closed")
    grades, moves, clocks = file.part("grade"), file.part("move"), file.part("clock")
    process = Process(
        key=head.name("key"),
        version=head.number("version"),
        title=head.words("title"),
        start=head.name("start"),
        rule=head.text("rule") if "rule" in head.source else "",
        kind=head.name("kind", "appeal"),
        number=_read_number(head),
        rounds=head.number("rounds", 3),
        calls=head.number("calls", 2),
        extensions=tuple(_read_limit("process.extensions", text) for text in head.texts("extensions", ())),
        grades={key: grades.words(key) for key in grades.entries()},
        opens=head.texts("opens"),
        steps=tuple(steps),
        stages={stage.key: stage for stage in stages},
        moves={key: _read_move(key, moves.part(key), unfinished) for key in moves.entries()},
        clocks={key: _read_clock(key, clocks.part(key)) for key in clocks.entries()},
        silence=head.name("silence", "no-objection"),
    )
    head.close()
    file.close()
    return process


def _read_number(head: Part) -> str:
    number = head.text("number", "HC")
    if not _NUMBER.fullmatch(number):
        raise Misshapen(
            "process.number 应是 1 至 4 个大写字母", "process.number must be one to four capital letters"
        )
    return number


def _demand_unique(what: str, keys: Iterable[str]) -> None:
    """Two keys that differ by - and _ alone would be one in a drawing and confuse its readers."""
    seen: set[str] = set()
    for key in keys:
        if key.replace("_", "-") in seen:
            raise Misshapen(f"{what}“{key}”重复", f"{what} “{key}” twice")
        seen.add(key.replace("_", "-"))


def _read_step(part: Part) -> Step:
    step = Step(part.name("key"), part.words("title"))
    part.close()
    return step


def _read_stage(part: Part) -> Stage:
    title = part.words("title")
    stage = Stage(
        key=part.name("key"),
        step=part.name("step"),
        title=title,
        kind=part.name("kind", "open"),
        plain=part.words("plain", title),
        awaits=part.texts("awaits", ()),
    )
    part.close()
    return stage


def _read_move(key: str, part: Part, unfinished: tuple[str, ...]) -> Move:
    sources = part.texts("from")
    move = Move(
        key=key,
        title=part.words("title"),
        sources=unfinished if sources == ("*",) else sources,
        to=part.text("to"),
        roles=part.texts("roles"),
        asks=_read_asks(part),
        needs=part.texts("needs", ()),
        does=part.texts("does", ()),
        branches=tuple(_read_branch(branch) for branch in part.parts("branch", ())),
        step=part.name("step") if "step" in part.source else "",
        tells=part.words("tells", UNSAID),
        plain=part.words("plain", UNSAID),
    )
    part.close()
    return move


def _read_asks(part: Part) -> tuple[Ask, ...]:
    asks = tuple(Ask(ask.removesuffix("!"), ask.endswith("!")) for ask in part.texts("asks", ()))
    for ask in asks:
        check_key(f"{part.where}.asks", ask.key)
    _demand_unique(f"{part.where}.asks", [ask.key for ask in asks])
    return asks


def _read_branch(part: Part) -> Branch:
    branch = Branch(part.name("when"), part.text("to"), part.texts("does", ()))
    part.close()
    return branch


def _read_clock(key: str, part: Part) -> Clock:
    limits = part.part("limit")
    clock = Clock(
        key=key,
        title=part.words("title"),
        owner=part.name("owner", "case"),
        starts=part.texts("starts"),
        stops=part.texts("stops"),
        limits={
            grade: _read_limit(f"{limits.where}.{grade}", limits.text(grade)) for grade in limits.entries()
        },
        pauses=part.texts("pauses", ()),
        warn=part.shares("warn"),
        main=part.flag("main"),
        once=part.flag("once"),
        escalates=part.texts("escalates", ()),
    )
    part.close()
    return clock


def _read_limit(where: str, text: str) -> Limit:
    try:
        return Limit.parse(text)
    except ValueError:
        raise Misshapen(
            f"{where}：看不懂的期限“{text}”，请写成 2h、7d、15wd 或 2mo",
            f"{where}: “{text}” is no limit; write it like 2h, 7d, 15wd or 2mo",
        ) from None

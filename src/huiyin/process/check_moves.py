"""Says what is wrong with the moves of a process."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from string import Formatter

from huiyin.kernel.words import Words
from huiyin.process.check_dispatch import check_dispatch
from huiyin.process.conditions import CONDITIONS
from huiyin.process.definition import ALWAYS, STAY, Move, Process
from huiyin.process.effects import EFFECTS
from huiyin.process.guards import GUARDS
from huiyin.process.vocabulary import ANSWERED, INPUTS, OUTSIDE, ROLES, SCOPES, TOLD
from huiyin.process.walking import demanded, held_by, trace_requests


def check_moves(process: Process) -> Iterator[Words]:
    """Every fault of every move, in the order of the file."""
    requests = trace_requests(process)
    for move in process.moves.values():
        held = held_by(requests, move.sources)
        yield from _check_ends(process, move)
        yield from _check_roles(move)
        yield from _check_names(process, move)
        yield from _check_effects(move, held)
        yield from check_dispatch(process, move)
        yield from _check_texts(move, held)


def _fault(move: Move, zh: str, en: str) -> Words:
    return Words(f"动作“{move.key}”{zh}", f"move “{move.key}” {en}")


def _check_ends(process: Process, move: Move) -> Iterator[Words]:
    targets = {move.to, *(branch.to for branch in move.branches)} - {STAY}
    for stage in sorted({*move.sources, *targets} - set(process.stages)):
        yield _fault(move, f"提到不存在的环节“{stage}”", f"names “{stage}”, which is no stage")
    if not move.sources:
        yield _fault(move, "没有起点环节", "starts nowhere")
    if move.step and move.step not in {step.key for step in process.steps}:
        yield _fault(move, f"的步骤“{move.step}”不存在", f"names “{move.step}”, which is no step")
    if any(branch.when == ALWAYS for branch in move.branches[:-1]):
        yield _fault(
            move, "在“always”之后还有分支，永远走不到", "has branches after “always”, which are never taken"
        )
    for to, does in move.exits():
        closes = to in process.stages and process.stages[to].kind == "closed"
        if closes and "close" not in does:
            yield _fault(
                move, f"到办结环节“{to}”却没有效果“close”", f"leads to “{to}” without effect “close”"
            )
        if not closes and "close" in does:
            yield _fault(move, f"有效果“close”却到“{to}”", f"has effect “close” but leads to “{to}”")


def _check_roles(move: Move) -> Iterator[Words]:
    if not move.roles:
        yield _fault(move, "没有岗位可做", "may be done by nobody")
    for role in move.roles:
        if not is_role(role):
            yield _fault(move, f"的岗位“{role}”未知", f"names “{role}”, which is no role")


def is_role(role: str) -> bool:
    """A role that an account can hold, anywhere or in a part of the case; or the person; or the system."""
    name, at, scope = role.partition("@")
    return name in ROLES and scope in SCOPES if at else name in ROLES or name in OUTSIDE


def _check_names(process: Process, move: Move) -> Iterator[Words]:
    yield from _unknown(move, "守卫", "guard", move.needs, GUARDS)
    yield from _unknown(move, "输入", "input", [ask.key for ask in move.asks], INPUTS)
    yield from _unknown(move, "效果", "effect", move.effects(), EFFECTS)
    yield from _unknown(move, "条件", "condition", [branch.when for branch in move.branches], CONDITIONS)
    if "extension-on-offer" in move.needs and not process.extensions:
        yield _fault(
            move, "可以申请延期，但“extensions”是空的", "offers an extension, but “extensions” is empty"
        )


def _unknown(move: Move, zh: str, en: str, used: Collection[str], known: Collection[str]) -> Iterator[Words]:
    for key in dict.fromkeys(used):
        if key not in known:
            yield _fault(move, f"的{zh}“{key}”未知", f"names “{key}”, which is no {en}")


def _check_effects(move: Move, held: frozenset[str]) -> Iterator[Words]:
    given = {ask.key for ask in move.asks} | held
    for effect in dict.fromkeys(move.effects()):
        for need in sorted(EFFECTS.get(effect, frozenset()) - given):
            yield _fault(
                move,
                f"的效果“{effect}”需要输入“{need}”",
                f"has effect “{effect}”, which needs input “{need}”",
            )


def _check_texts(move: Move, held: frozenset[str]) -> Iterator[Words]:
    """What a message names must be there, for the person's eyes; `plain` may name a new lead unit alone."""
    asked = demanded(move)
    yield from _check_text(move, move.tells, TOLD | (ANSWERED & (asked | held)))
    yield from _check_text(move, move.plain, asked & {"lead"})


def _check_text(move: Move, words: Words, known: frozenset[str]) -> Iterator[Words]:
    for name in dict.fromkeys((*_braces(words.zh), *_braces(words.en))):
        if name not in known:
            said = f"{{{name}}}"
            yield _fault(move, f"的话里“{said}”没有着落", f"says “{said}”, which is not there to tell")


def _braces(text: str) -> Iterator[str]:
    try:
        for _literal, name, form, conversion in Formatter().parse(text):
            if name is not None:
                yield name if not form and not conversion else f"{name}:{form}"
    except ValueError:
        yield text

"""Says where a process would let a matter come to a unit that the duty list does not give it."""

from __future__ import annotations

from collections.abc import Iterator

from huiyin.kernel.words import Words
from huiyin.process.definition import Move, Process

GUARD = "unit-on-register"
_MARKS = frozenset({"accept", "regrade"})
"""Effects that take another category, if the move asks for one."""

_OF_THE_HEARD = frozenset({"opine", "give-opinion"})


def check_dispatch(process: Process, move: Move) -> Iterator[Words]:
    """Faults of one move: a dispatch without its guard, a designation without a reason, a late category."""
    does, asks = set(move.effects()), {ask.key for ask in move.asks}
    if "dispatch" in does and GUARD not in move.needs:
        yield _fault(
            move,
            f"派单（dispatch）却没有守卫“{GUARD}”：清单之外的单位也会收到工单",
            f"dispatches without guard “{GUARD}”: a unit off the duty list could be given the case",
        )
    if "place" in does and set(move.roles) != {"system"}:
        yield _fault(
            move,
            "把事项放到本来所属的单位（place），只能由“system”做",
            "puts the matter where it belongs by its nature (place): that is for “system” alone",
        )
    if any(role.endswith("@consulted") for role in move.roles) and does - _OF_THE_HEARD:
        yield _fault(
            move,
            "由征求意见的单位做，只能表示意见（opine）",
            "is for units that are heard, which may say what they think (opine) and no more",
        )
    if "designate" in asks and "reason" not in asks:
        yield _fault(
            move, "可以指定办理却不问理由（reason）", "may designate a unit but does not ask for “reason”"
        )
    if "designate" in asks and "dispatch" not in does and set(move.roles) - {"centre"}:
        yield _fault(
            move,
            "可以指定办理，只能由“centre”做",
            "may designate a unit without a dispatch: that is for “centre” alone",
        )
    if "category" in asks and _MARKS & does and "dispatch" not in does and _is_held(process, move):
        yield _fault(
            move,
            "在派单以后改类别却不重新派单：承办单位可能不在清单上",
            "changes the category after the dispatch without dispatching anew",
        )


def _is_held(process: Process, move: Move) -> bool:
    """Whether a unit may hold the case where the move begins: some dispatch or answer comes before it."""
    seen = {
        end
        for other in process.moves.values()
        if "dispatch" in other.effects()
        for source in other.sources
        for end in other.ends(source)
    }
    front = list(seen)
    while front:
        stage = front.pop()
        for other in process.moves.values():
            if stage in other.sources and "return" not in other.effects():
                new = set(other.ends(stage)) - seen
                seen |= new
                front += new
    return bool(seen.intersection(move.sources))


def _fault(move: Move, zh: str, en: str) -> Words:
    return Words(f"动作“{move.key}”{zh}", f"move “{move.key}” {en}")

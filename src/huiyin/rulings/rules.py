"""Reads the disputes of a case from its record, and says how near a precedent is. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from huiyin.journal.api import StoredEntry
from huiyin.kernel.texts import fold
from huiyin.kernel.words import Words
from huiyin.process.api import Move, Process
from huiyin.rulings.values import ToldDispute, ToldRuling

_CLAUSE_NUMBER = re.compile(r"第[0-9０-９.．一二三四五六七八九十百零〇]+[条款项章]")
_APART = re.compile(r"[\s《》〈〉“”\"'，,。；;：:（）()]+")


def read_disputes(process: Process, entries: Iterable[StoredEntry]) -> list[ToldDispute]:
    """Every return that was asked in the case, in order, with what became of it."""
    found: list[ToldDispute] = []
    for entry in entries:
        move = process.moves.get(entry.verb)
        if move is not None and "inputs" in entry.body:
            _read_one(process, move, entry, found)
    return found


def _read_one(process: Process, move: Move, entry: StoredEntry, found: list[ToldDispute]) -> None:
    effects, body = set(move.effects()), entry.body
    inputs = body["inputs"]
    if "ask" in effects and "clause" in inputs and body.get("unit"):
        again = any(one.decided_at is not None and one.outcome != "withdrawn" for one in found)
        found.append(
            ToldDispute(
                entry.seq,
                body["unit"],
                entry.at,
                entry.actor,
                inputs["clause"],
                inputs.get("reason", ""),
                again,
            )
        )
        return
    last = found[-1] if found and found[-1].outcome == "open" else None
    if last is None:
        return
    if "give-opinion" in effects:
        last.opinions.append(_read_opinion(entry))
        return
    outcome = _find_outcome(process, effects, body, last)
    if outcome:
        last.outcome, last.decided_at, last.decided_by = outcome, entry.at, entry.actor
        last.decision = str(inputs.get("reason") or inputs.get("note") or "")
        last.ruling = _read_ruling(entry, last) if body.get("ruling") else None


def _read_opinion(entry: StoredEntry) -> dict[str, Any]:
    inputs = entry.body["inputs"]
    return {
        "unit": entry.body.get("unit"),
        "clause": inputs.get("clause", ""),
        "words": inputs.get("opinion", ""),
        "by": entry.actor,
        "at": entry.at.isoformat(),
    }


def _find_outcome(process: Process, effects: set[str], body: Mapping[str, Any], last: ToldDispute) -> str:
    if "rule" in effects:
        return "ruled-against" if body["inputs"]["lead"]["id"] == last.unit_id else "ruled-for"
    if "return" in effects:
        return "accepted"
    if "keep-unit" in effects:
        return "refused"
    if "withdraw-ask" in effects:
        return "withdrawn"
    ended = process.stages[body["to"]].kind == "closed" if body.get("to") in process.stages else False
    return "lapsed" if ended else ""


def _read_ruling(entry: StoredEntry, dispute: ToldDispute) -> ToldRuling:
    inputs = entry.body["inputs"]
    return ToldRuling(
        number=entry.body["ruling"],
        lead_id=inputs["lead"]["id"],
        assisting=list(inputs.get("assisting", [])),
        clause=inputs.get("clause", ""),
        reason=inputs.get("reason", ""),
        decided_by=entry.actor,
        decided_at=entry.at,
        opinions=dispute.opinions,
    )


def read_number(number: str) -> tuple[int, int]:
    """Year and serial of 裁〔2026〕3号; noughts when it is written otherwise."""
    told = re.search(r"(\d{4})\D+(\d+)", number)
    return (int(told[1]), int(told[2])) if told else (0, 0)


def is_same_clause(cited: str, listed: str) -> bool:
    """Whether somebody who wrote `cited` meant the clause `listed`: the same but for marks and spaces, or
    one within the other with the same number."""
    one, other = _bare(cited), _bare(listed)
    if not one or not other:
        return False
    if one == other:
        return True
    numbers = _CLAUSE_NUMBER.findall(fold(cited)), _CLAUSE_NUMBER.findall(fold(listed))
    return bool(numbers[0]) and numbers[0][-1:] == numbers[1][-1:] and (one in other or other in one)


def _bare(clause: str) -> str:
    return _APART.sub("", fold(clause))


def share_of(pairs: frozenset[str], others: frozenset[str]) -> int:
    """How much of the smaller set of pairs of signs lies in the other, in thousandths."""
    smaller = min(len(pairs), len(others))
    return len(pairs & others) * 1000 // smaller if smaller else 0


SAME_CATEGORY = Words("同一类别", "same category")
ABOVE = Words("上级类别", "category above")
NEAR = Words("相近类别", "category near by")
SAME_AREA = Words("同一地方", "same area")
WIDER_AREA = Words("全县或上级区域", "county or area above")
SAME_WORDS = Words("说的事相近", "similar words")
WORDS_COUNT = 250
"""From this share on (thousandths), words count as near."""


def weigh(kinship: str, ground: str, words: int) -> tuple[int, tuple[Words, ...]]:
    """How near a ruling is, in thousandths, by its category (`same`, `above`, `near`), area and words."""
    by_category = {"same": (500, SAME_CATEGORY), "above": (350, ABOVE), "near": (150, NEAR)}
    by_area = {"same": (200, SAME_AREA), "wider": (120, WIDER_AREA)}
    told = [by_category[kinship]] if kinship in by_category else []
    told += [by_area[ground]] if ground in by_area else []
    told += [(min(words, 1000) * 3 // 10, SAME_WORDS)] if words >= WORDS_COUNT else []
    return sum(weight for weight, _ in told), tuple(words for _, words in told)

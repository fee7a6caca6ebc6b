"""Checks a reply against its matter: points for what it says, findings for what it lacks. Pure."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from huiyin.kernel.masks import mask_id_number
from huiyin.language import replying_clauses as clauses
from huiyin.language import replying_signs as signs
from huiyin.language.replying_clauses import Clause, list_clauses, plain_text
from huiyin.language.replying_findings import (
    ANSWERS,
    CONTACTS,
    DEEDS,
    POINTS,
    RULES,
    SUBSTANCE,
    TIES,
    TIMES,
    VERSION,
    Finding,
)

GOOD, WEAK, POOR = "good", "weak", "poor"
FULL: Final = 300
"""Signs of substance beyond which more brings no more."""

MOST_MATTER: Final = 1200
"""Signs of a matter that are looked for in its reply."""

WORTH: Final[dict[str, float]] = {
    clauses.TELLS: 1.0, clauses.REFERS: 0.5, clauses.HEADS: 0.4, clauses.PROMISES: 0.3,
    clauses.THANKS: 0.12, clauses.RECEIVES: 0.1, clauses.FORWARDS: 0.1,
}  # fmt: skip
"""How much a sign of a clause of each kind counts as substance."""


@dataclass(frozen=True, slots=True)
class ReplyCheck:
    """What was found of one reply: `score` 0–100, the points of each side, what lacks by weight."""

    score: int
    points: dict[str, int]
    findings: tuple[Finding, ...]
    version: str = VERSION

    @property
    def hollow(self) -> bool:
        """It tells nothing: empty, mere forwarding, mere thanks and promises."""
        return any(one.code in _HOLLOW for one in self.findings)


_HOLLOW: Final = frozenset({"empty", "only-forwarded", "only-received"})


@dataclass(frozen=True, slots=True)
class Lines:
    """The least scores of a good reply and of one that is not poor."""

    good: int = 50
    weak: int = 25

    def find_band(self, check: ReplyCheck) -> str:
        """`good`, `weak` or `poor`; a hollow reply is poor, whatever its score."""
        if check.hollow or check.score < self.weak:
            return POOR
        return GOOD if check.score >= self.good else WEAK


LINES: Final = Lines()


@dataclass(frozen=True, slots=True)
class _Reading:
    plain: str
    body: str
    clauses: tuple[Clause, ...]
    signs: dict[str, int]
    matter: str
    days: tuple[str, ...]
    signed: bool

    @property
    def answer(self) -> str:
        """What may answer a question: the text, and the days that it tells."""
        return ",".join((self.body, *self.days))

    @property
    def told(self) -> int:
        return self.signs[clauses.TELLS]


def check_reply(reply: str, matter: str, *, copied: bool = False) -> ReplyCheck:
    """Check `reply` to `matter` (its title and words). The same texts always give the same check.

    `copied`: the caller knows it to be word for word the reply to another matter. Saying more, or naming a
    day, never costs a point; a reply that only passes the matter on is never good.
    """
    reading = _read(reply, matter)
    if not reading.clauses:
        return ReplyCheck(0, dict.fromkeys(POINTS, 0), (Finding("empty", 100),))
    points = dict(_count_points(reading))
    findings = [*_list_lacks(reading, points), *_list_faults(reading, copied=copied)]
    score = sum(points.values()) - sum(one.weight for one in findings if one.code in _FAULTS)
    most = min((_MOST[one.code] for one in findings if one.code in _MOST), default=100)
    findings.sort(key=lambda one: -one.weight)
    return ReplyCheck(max(0, min(score, most)), points, tuple(findings))


_FAULTS: Final = frozenset({"personal-number", "personal-name", "copied"})
_MOST: Final = {"only-forwarded": 40, "only-received": 30}
"""What a reply of that kind cannot exceed, whatever day or number stands in it."""


def _read(reply: str, matter: str) -> _Reading:
    plain = plain_text(reply)
    listed = tuple(list_clauses(plain))
    counted = Counter[str]()
    for clause in listed:
        counted[clause.kind] += len(clause.text)
    body = ",".join(
        one.text for one in listed if one.kind not in {clauses.GREETS, clauses.SIGNS, clauses.THANKS}
    )
    days = clauses.DATE.findall(plain)
    signed = bool(days) and clauses.DATE.search(plain[-16:]) is not None
    within = tuple(days[:-1] if signed else days)
    return _Reading(plain, body, listed, counted, plain_text(matter), within, signed)


def _count_points(reading: _Reading) -> Iterator[tuple[str, int]]:
    yield SUBSTANCE, _count_substance(reading)
    yield TIES, _count_ties(reading)
    yield DEEDS, _count_hits(DEEDS, len(set(signs.DEED.findall(reading.body))), 3)
    yield TIMES, _count_times(reading)
    yield RULES, _count_hits(RULES, len(set(signs.RULE.findall(reading.body))), 2)
    yield CONTACTS, POINTS[CONTACTS] if signs.CONTACT.search(reading.body) else 0
    yield ANSWERS, _count_answers(reading)


def _count_substance(reading: _Reading) -> int:
    worth = sum(share * reading.signs[kind] for kind, share in WORTH.items())
    return round(POINTS[SUBSTANCE] * min(1.0, math.log1p(worth / 4) / math.log1p(FULL / 4)))


def _count_hits(side: str, hits: int, enough: int) -> int:
    return round(POINTS[side] * min(hits, enough) / enough)


def _count_ties(reading: _Reading) -> int:
    """Pairs of signs that reply and matter share: six of them are enough."""
    asked = signs.list_ties(reading.matter[:MOST_MATTER])
    body = reading.body.lower()
    shared = sum(1 for pair in asked if pair in body)
    return _count_hits(TIES, shared, min(12, max(1, len(asked)))) if asked else POINTS[TIES] // 2


def _count_times(reading: _Reading) -> int:
    """A day within the text, or a term; the day of the signature alone is little."""
    within = len(reading.days) + len(signs.TERM.findall(reading.body))
    return POINTS[TIMES] if within >= 2 else 6 if within else 2 if reading.signed else 0


def _count_answers(reading: _Reading) -> int:
    asked = signs.list_asked(reading.matter)
    if not asked:
        return POINTS[ANSWERS] if reading.told >= 20 else 2
    shown = sum(1 for _key, shows in asked if shows.search(reading.answer)) if reading.told >= 8 else 0
    return round(POINTS[ANSWERS] * shown / len(asked))


def _list_lacks(reading: _Reading, points: dict[str, int]) -> Iterator[Finding]:
    lost = {side: POINTS[side] - had for side, had in points.items()}
    yield from _list_hollow(reading, lost[SUBSTANCE])
    if points[TIES] <= 2:
        yield Finding("off-matter", lost[TIES])
    if not points[DEEDS]:
        yield Finding("no-deed", lost[DEEDS])
    yield from _list_untimed(reading, points[TIMES], lost[TIMES])
    if not points[RULES]:
        yield Finding("no-rule", lost[RULES])
    if not points[CONTACTS]:
        yield Finding("no-contact", lost[CONTACTS])
    yield from _list_unanswered(reading, lost[ANSWERS])


def _list_hollow(reading: _Reading, lost: int) -> Iterator[Finding]:
    """A reply that tells nothing: what it does instead."""
    kinds = {clause.kind for clause in reading.clauses}
    if reading.told < 10 and clauses.FORWARDS in kinds:
        yield Finding("only-forwarded", lost)
    elif reading.told < 10 and clauses.REFERS in kinds:
        yield Finding("only-referred", lost)
    elif not reading.told:
        yield Finding("only-received", lost)
    elif lost > POINTS[SUBSTANCE] * 2 // 5:
        yield Finding("thin", lost)


def _list_untimed(reading: _Reading, had: int, lost: int) -> Iterator[Finding]:
    promise = next((one.text for one in reading.clauses if one.kind == clauses.PROMISES), "")
    if had <= 2:
        if promise:
            yield Finding("promise-without-time", lost, promise[:24])
        else:
            yield Finding("signed-day-only" if had else "no-time", lost)


def _list_unanswered(reading: _Reading, lost: int) -> Iterator[Finding]:
    asked = signs.list_asked(reading.matter)
    open_ones = [key for key, shows in asked if reading.told < 8 or not shows.search(reading.answer)]
    for key in open_ones:
        yield Finding(f"unanswered-{key}", max(1, round(lost / len(open_ones))))


def _list_faults(reading: _Reading, *, copied: bool) -> Iterator[Finding]:
    for shape in (signs.IDENTITY, signs.BANK, signs.MOBILE):
        found = shape.search(reading.plain)
        if found:
            yield Finding("personal-number", 10, mask_id_number(found[0]))
            break
    name = signs.find_person(reading.plain)
    if name:
        yield Finding("personal-name", 6, name[0] + "*" * (len(name) - 1))
    if copied:
        yield Finding("copied", 8)


def join_matter(parts: Sequence[str]) -> str:
    """A matter's title and words as one text."""
    return "\n".join(part for part in parts if part)

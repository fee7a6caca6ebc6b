"""Checks one chain link by link: what was altered, removed or inserted. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from huiyin.journal import telling
from huiyin.journal.hashing import hash_entry
from huiyin.journal.values import Finding, FindingKind
from huiyin.kernel.words import Words

_NEARBY = [shift for distance in range(1, 11) for shift in (distance, -distance)]
"""How far a renumbered link is looked for."""


class Link(NamedTuple):
    """A row as read for verification: times and bytes as text, anything possibly None; beside it the head."""

    subject: Any
    seq: Any
    at: Any
    actor_id: Any
    actor: Any
    verb: Any
    body: Any
    key: Any
    prev: Any
    hash: Any
    algo: Any
    head_seq: Any
    head_hash: Any
    head_at_agrees: Any


@dataclass
class ChainCheck:
    """What is known of one chain after the links taken so far. Take them by seq, then `end`."""

    subject: str
    findings: list[Finding] = field(default_factory=list)
    seq: int = 0
    """The last genuine link, by the number that it was written with."""
    hash: str = ""
    shift: int = 0
    """By how much the links are numbered higher now than when they were written."""
    doubted: bool = False
    """The last link was reported already."""

    def take(self, link: Link) -> None:
        """Check the next link against the ones before it."""
        if not isinstance(link.seq, int):
            self._report(0, FindingKind.INSERTED, telling.UNPLACED)
            return
        written = _written_seq(link, self.shift)
        place = link.seq - self.shift if written is None else written
        self._notice_inserted(link, place)
        if place <= self.seq:
            self._report(link.seq, FindingKind.INSERTED, telling.DOUBLED)
        elif isinstance(link.head_seq, int) and place > link.head_seq:
            self._report(link.seq, FindingKind.INSERTED, telling.BEYOND_HEAD)
        else:
            self._join(link, place, genuine=written is not None)

    def _notice_inserted(self, link: Link, place: int) -> None:
        """A link written with a lower number than expected was pushed up by rows put in before it."""
        more = link.seq - place - self.shift
        if more > 0:
            self._report_range(link.seq - more, link.seq - 1, FindingKind.INSERTED, telling.INSERTED)
            self.seq, self.hash, self.doubted = place - 1, link.prev, True
        self.shift = link.seq - place

    def _join(self, link: Link, place: int, *, genuine: bool) -> None:
        follows = place == self.seq + 1
        if not follows:
            self._report_range(self.seq + 1, place - 1, FindingKind.REMOVED, telling.REMOVED)
        if not genuine:
            self._report(link.seq, FindingKind.ALTERED, telling.ALTERED)
        elif follows and link.prev != self.hash and not self.doubted:
            self._report(max(self.seq, 1), FindingKind.ALTERED, telling.REWRITTEN)
        self.seq, self.hash, self.doubted = place, link.hash, not genuine

    def end(self, last: Link) -> list[Finding]:
        """Compare with the head, as read beside the last link; everything that was found."""
        if not isinstance(last.head_seq, int):
            self._report(self.seq, FindingKind.HEAD, telling.NO_HEAD)
        elif last.head_seq > self.seq:
            self._report_range(self.seq + 1, last.head_seq, FindingKind.REMOVED, telling.REMOVED)
        elif not self.doubted and last.head_hash != self.hash:
            self._report(self.seq, FindingKind.HEAD, telling.HEAD_DIFFERS)
        elif not self.findings and last.head_at_agrees is not True:
            self._report(self.seq, FindingKind.HEAD, telling.HEAD_TIME)
        return self.findings

    def _report(self, seq: int, kind: FindingKind, words: Words) -> None:
        filled = words.fill(subject=telling.name_subject(self.subject), seq=seq)
        self.findings.append(Finding(self.subject, seq, kind, filled))

    def _report_range(self, first: int, last: int, kind: FindingKind, words: Words) -> None:
        numbers = f"{first}" if first == last else f"{first}–{last}"
        filled = words.fill(subject=telling.name_subject(self.subject), seq=numbers)
        self.findings.append(Finding(self.subject, first, kind, filled))


def _written_seq(link: Link, shift: int) -> int | None:
    """The number with which the link's hash comes out: the present one, else a near one, else None."""
    try:
        content = {
            "subject": link.subject,
            "seq": link.seq - shift,
            "at": link.at,
            "actor_id": link.actor_id,
            "actor": link.actor,
            "verb": link.verb,
            "body": json.loads(link.body),
            "key": link.key,
        }
        if hash_entry(link.algo, content, link.prev).hex() == link.hash:
            return int(link.seq - shift)
        for nearby in (link.seq - shift - distance for distance in _NEARBY):
            if hash_entry(link.algo, {**content, "seq": nearby}, link.prev).hex() == link.hash:
                return int(nearby)
    except (TypeError, ValueError, RecursionError):  # nothing that `append` would have written
        return None
    return None

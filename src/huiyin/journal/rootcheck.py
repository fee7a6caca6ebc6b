"""Checks the daily roots, and finds what stood in them and does not stand in the chains any more."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from typing import Any

from huiyin.journal import store, telling
from huiyin.journal.hashing import make_hash
from huiyin.journal.values import Finding, FindingKind
from huiyin.kernel.words import Words

_LARGEST_SEQ = 2**31


def check_roots(doubted: set[str]) -> list[Finding]:
    """Each root against the one before it, its own leaves, and the chains.

    A chain is named once, by the last day at which it differs, and not at all when it is among the `doubted`,
    which were reported already.
    """
    findings: list[Finding] = []
    lost: dict[str, Finding] = {}
    before = ""
    for (day,) in store.fetch("list_root_days"):
        for count, root, prev, algo, leaves in store.fetch("read_root", {"on": day}):
            if prev != before:
                findings.append(_report(day, telling.ROOT_UNLINKED))
            listed = _unpack(leaves)
            if (
                listed is None
                or not _comes_out(algo, prev, listed, root)
                or count != len(read := _parse(listed))
            ):
                findings.append(_report(day, telling.ROOT_ALTERED))
            else:
                lost.update({found.subject: found for found in _compare(day, read)})
            before = root
    return findings + [found for subject, found in sorted(lost.items()) if subject not in doubted]


def _report(day: str, words: Words) -> Finding:
    return Finding(f"root:{day}", 0, FindingKind.ROOT, words.fill(on=day))


def _unpack(leaves: Any) -> bytes | None:
    try:
        return zlib.decompress(bytes(leaves))
    except (TypeError, zlib.error):
        return None


def _comes_out(algo: Any, prev: Any, listed: bytes, root: Any) -> bool:
    try:
        return bool(make_hash(algo, bytes.fromhex(prev) + listed).hex() == root)
    except (TypeError, ValueError):
        return False


def _parse(listed: bytes) -> list[tuple[str, int, str]]:
    """The leaves that have the shape of a leaf; others are left out, and missed in the count."""
    try:
        found = json.loads(listed)
    except (ValueError, RecursionError):
        return []
    return [tuple(leaf) for leaf in found if _is_leaf(leaf)] if isinstance(found, list) else []


def _is_leaf(leaf: Any) -> bool:
    if not isinstance(leaf, list) or [type(part) for part in leaf] != [str, int, str]:
        return False
    return "\0" not in leaf[0] + leaf[2] and 0 <= leaf[1] < _LARGEST_SEQ


def _compare(day: str, leaves: list[tuple[str, int, str]]) -> Iterator[Finding]:
    given = store.columns(("subjects", "seqs", "hashes"), leaves)
    for subject, seq, missing in store.fetch("find_lost_leaves", given):
        kind = FindingKind.REMOVED if missing else FindingKind.ALTERED
        words = telling.LEAF_REMOVED if missing else telling.LEAF_ALTERED
        yield Finding(subject, seq, kind, words.fill(subject=telling.name_subject(subject), seq=seq, on=day))

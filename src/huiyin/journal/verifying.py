"""Reads the whole record and reports what is not as it was written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from huiyin.journal import store, telling
from huiyin.journal.chains import ChainCheck, Link
from huiyin.journal.rootcheck import check_roots
from huiyin.journal.values import Finding, FindingKind, Report

Progress = Callable[[int], None]
Witness = Callable[[], Iterable[Finding]]
_EVERY = 10_000
_WITNESSES: dict[str, Witness] = {}


def verify(subjects: Iterable[str] | None = None, progress: Progress | None = None) -> Report:
    """Check every link, head and daily root; or the links and heads of `subjects` alone.

    Streams: memory does not grow with the record, only with what is found. `progress` hears the number of
    entries read so far, every ten thousand. Writing may go on meanwhile. No row, whatever it holds, stops it.
    """
    given = {"subjects": None if subjects is None else list(subjects)}
    entries = chains = 0
    findings: list[Finding] = []
    with store.stream("read_chains", given) as rows:
        for subject, links in groupby(_counted(rows, progress), key=itemgetter(0)):
            read, found = _check_chain(str(subject), links)
            entries, chains = entries + read, chains + 1
            findings += found
    bare = _list_bare_heads(given)
    findings += bare
    if subjects is None:
        findings += check_roots({found.subject for found in findings})
    return Report(entries, chains + len(bare), findings)


def _counted(rows: Iterator[tuple[Any, ...]], progress: Progress | None) -> Iterator[tuple[Any, ...]]:
    for number, row in enumerate(rows, 1):
        if progress and number % _EVERY == 0:
            progress(number)
        yield row


def _check_chain(subject: str, rows: Iterator[tuple[Any, ...]]) -> tuple[int, list[Finding]]:
    check, read = ChainCheck(subject), 0
    for row in rows:
        link = Link(*row)
        check.take(link)
        read += 1
    return read, check.end(link)


def _list_bare_heads(given: dict[str, Any]) -> list[Finding]:
    """Heads whose chains are gone."""
    return [
        Finding(
            str(subject),
            1,
            FindingKind.REMOVED,
            telling.CHAIN_REMOVED.fill(subject=telling.name_subject(str(subject)), seq=f"1–{seq}"),
        )
        for subject, seq in store.fetch("list_bare_heads", given)
    ]


def register_witness(name: str, fn: Witness) -> None:
    """Let `fn`, which compares its own tables with the chains, take part in `verify_all`."""
    _WITNESSES[name] = fn


def verify_all(progress: Progress | None = None) -> Report:
    """`verify`, and what the registered witnesses find."""
    report = verify(progress=progress)
    told = [found for witness in _WITNESSES.values() for found in witness()]
    return Report(report.entries, report.chains, report.findings + told)

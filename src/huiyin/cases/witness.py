"""Holds every case against its journal: the stage, the title and the words."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection, transaction

from huiyin.cases.opening import digest_words
from huiyin.cases.store import QUERIES
from huiyin.journal.api import Finding
from huiyin.kernel.words import Words


def find_differences() -> Iterator[Finding]:
    """A finding for every case whose row says something else than its chain."""
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(QUERIES["compare_headers"])
        while rows := cursor.fetchmany(500):
            for number, stage, title, words, last, first in rows:
                yield from _compare(number, stage, title, words, last, first)


def _compare(
    number: str, stage: str, title: str, words: str, last: str | None, first: str | None
) -> Iterator[Finding]:
    subject = f"case:{number}"
    named = Words(f"工单 {number}：", f"case {number}: ")
    if first is None:
        yield _find(subject, 1, "removed", named, Words("没有登记记录。", "no opening entry."))
    elif first != digest_words(title, words or ""):
        yield _find(
            subject, 1, "altered", named, Words("标题或内容被改动过。", "title or words were altered.")
        )
    if last is not None and last != stage:
        told = Words("所处环节与最后一步不符。", "its stage is not that of its last move.")
        yield _find(subject, 0, "altered", named, told)


def _find(subject: str, seq: int, kind: str, named: Words, told: Words) -> Finding:
    return Finding(subject, seq, kind, Words(named.zh + told.zh, named.en + told.en))

"""A sheet as it is read: each line with what it said before, what was asked, and whether it is as put up."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch

from huiyin.economy.organisations.api import name_chain
from huiyin.economy.postings.models import FollowUp, Posting, PostingLine, Question
from huiyin.economy.postings.putting_up import (
    digest_line,
    digest_sheet,
    key_of_correction,
    key_of_sheet,
    tell_sheet,
)
from huiyin.economy.postings.values import ADDED_UP, Fault
from huiyin.journal.api import StoredEntry, find_by_key
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words

ALTERED = Words(
    "内容和张榜时记下的摘要对不上，可能被改动过。请以纸质公示和乡镇存档为准，并向乡镇农经员反映。",
    "What stands here is not what was put up: it may have been altered. Ask the township.",
)
UNJOURNALLED = Words("台账里没有这张公示的记录。", "The journal knows nothing of this posting.")
CORRECTION_ALTERED = Words(
    "第 {at} 行的更正和台账记录对不上。", "The correction of line {at} is not as the journal has it."
)


@dataclass(slots=True)
class ShownLine:
    """A line as it stands now; `before` holds what it said earlier, oldest first."""

    now: PostingLine
    before: list[PostingLine] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)

    @property
    def at(self) -> int:
        """Its place in the sheet, from 1."""
        return self.now.at


@dataclass(frozen=True, slots=True)
class Sheet:
    """A posting whole: lines in order, totals by column, questions under no line, what is wrong with it."""

    posting: Posting
    lines: list[ShownLine]
    totals: dict[str, int]
    questions: list[Question]
    faults: list[Fault]

    @property
    def corrected(self) -> int:
        """How many lines were corrected."""
        return sum(bool(line.before) for line in self.lines)


def get_posting(posting_id: int) -> Posting:
    """The posting with its organisation at hand; refuses `posting-not-found`."""
    found = Posting.objects.select_related("organisation__township", "organisation__area")
    posting = found.filter(pk=posting_id).first()
    if posting is None:
        words = Words("没有这张公示。请从村的公示页打开。", "There is no such posting.")
        raise Refusal("posting-not-found", words)
    return posting


def read_sheet(posting: Posting) -> Sheet:
    """The whole sheet in a handful of statements, compared with its digest and the journal."""
    rows = list(posting.lines.order_by("at", "id"))
    lines = chain_lines(rows)
    own = list_questions([posting.pk])
    below: dict[int, list[Question]] = defaultdict(list)
    for question in own:
        below[question.line_id or 0].append(question)
    for line in lines:
        for row in (*line.before, line.now):
            line.questions += below.pop(row.pk, [])
    return Sheet(posting, lines, add_up(posting.columns, lines), below.get(0, []), find_faults(posting, rows))


def chain_lines(rows: Sequence[PostingLine]) -> list[ShownLine]:
    """Every line that was put up, followed to its newest correction: none is ever lost."""
    after = {row.corrects_id: row for row in rows if row.corrects_id is not None}
    lines = []
    for row in rows:
        if row.corrects_id is None:
            line = ShownLine(row)
            while (newer := after.get(line.now.pk)) is not None:
                line.before.append(line.now)
                line.now = newer
            lines.append(line)
    return lines


def add_up(columns: Iterable[Mapping[str, Any]], lines: Iterable[ShownLine]) -> dict[str, int]:
    """Totals of the columns that are added up, of the lines as they stand now."""
    keys = [column["key"] for column in columns if column["kind"] in ADDED_UP]
    shown = list(lines)
    return {
        key: sum(value for line in shown if isinstance(value := line.now.cells.get(key), int)) for key in keys
    }


def list_questions(posting_ids: Sequence[int]) -> list[Question]:
    """What was asked under these postings, oldest first, with cases and what was asked again."""
    again = Prefetch("follow_ups", FollowUp.objects.order_by("id"))
    found = Question.objects.filter(posting_id__in=posting_ids).select_related("case")
    return list(found.prefetch_related(again).order_by("id"))


def find_faults(posting: Posting, rows: Sequence[PostingLine]) -> list[Fault]:
    """Where the stored sheet differs from its digest, or from what the organisation's journal has of it."""
    first = [(row.key, row.cells) for row in rows if row.corrects_id is None]
    chain = name_chain(posting.organisation)
    entry = find_by_key(chain, key_of_sheet(posting.pk))
    if entry is None:
        return [Fault(posting.pk, 0, UNJOURNALLED)]
    told = tell_sheet(posting)
    whole = all(entry.body.get(key) == value for key, value in told.items())
    faults = []
    if not whole or digest_sheet(posting.title, posting.columns, first) != posting.digest:
        faults.append(Fault(posting.pk, 0, ALTERED))
    return [*faults, *_find_wrong_corrections(posting, chain, rows)]


def _find_wrong_corrections(posting: Posting, chain: str, rows: Sequence[PostingLine]) -> Iterator[Fault]:
    """Corrections that are not as they were journalled, that the journal does not know, or that are gone."""
    held = {row.pk: row for row in rows if row.corrects_id is not None}
    for entry in _list_corrections(chain, posting.pk):
        row = held.pop(entry.body["row"], None)
        if row is None or not _is_same(row, entry):
            at = entry.body["line"]
            yield Fault(posting.pk, at, CORRECTION_ALTERED.fill(at=at))
    for row in held.values():
        yield Fault(posting.pk, row.at, CORRECTION_ALTERED.fill(at=row.at))


def _list_corrections(chain: str, posting_id: int) -> Iterator[StoredEntry]:
    for count in itertools.count(1):
        entry = find_by_key(chain, key_of_correction(posting_id, count))
        if entry is None:
            return
        yield entry


def _is_same(row: PostingLine, entry: StoredEntry) -> bool:
    digest = digest_line(row.corrects_id or 0, row.cells)
    told = (entry.body["line"], entry.body["digest"], entry.body["reason"])
    return told == (row.at, digest, row.reason)


def list_first(posting: Posting) -> list[tuple[str, dict[str, Any]]]:
    """The lines as they were put up, in order, without their corrections."""
    rows = posting.lines.filter(corrects__isnull=True).order_by("at")
    return [(row.key, row.cells) for row in rows]


def verify_postings(organisation_ids: Sequence[int] | None = None) -> list[Fault]:
    """Every place, in all postings or those of some organisations, that is not what was put up."""
    found = Posting.objects.select_related("organisation").order_by("id")
    if organisation_ids is not None:
        found = found.filter(organisation_id__in=organisation_ids)
    faults: list[Fault] = []
    for posting in found.iterator(500):
        faults += find_faults(posting, list(posting.lines.order_by("at", "id")))
    return faults

"""Opens cases: one or ten thousand, the same path, two statements."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, fields
from typing import Any, NamedTuple, TypeVar

from django.db import IntegrityError, connection, transaction

from huiyin.cases import definitions, store, timing
from huiyin.cases.search import make_pairs
from huiyin.cases.values import Acting, ClockState, Ground, NewCase, Opened
from huiyin.journal.api import Event, NewEntry, Strand, make_links, name_unique, write_together
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.process.api import Process, plan_start

_COLUMNS = tuple(item.name for item in fields(NewCase) if item.name not in {"body", "words", "channel"})
Taken = TypeVar("Taken")
_OF_CLOCK = tuple(item.name for item in fields(ClockState))


@dataclass(frozen=True, slots=True)
class Opening:
    """Cases that may be opened, and what that stands on; nothing is written yet.

    `ids` are those of the cases that are new, by their place in `new`; `person_ids` are for their persons.
    """

    new: Sequence[NewCase]
    acting: Acting
    processes: Mapping[str, Process]
    ground: Ground
    ids: Mapping[int, int]

    @property
    def person_ids(self) -> list[int]:
        """Ids for new persons, as many as were asked for."""
        return self.ground.person_ids

    def make_strands(self, persons: Mapping[int, int] | None = None) -> list[Strand]:
        """What opens them, as strands of a statement; `persons` are ids of new persons, by place in `new`."""
        made = {
            at: _make_rows(case_id, self._number(at), self.new[at], self) for at, case_id in self.ids.items()
        }
        if not made:
            return []
        for at, own in (persons or {}).items():
            made[at].case["person_id"] = own
        rows = made.values()
        clocks = [clock for row in rows for clock in row.clocks]
        opened = [(row.case, self.new[at]) for at, row in made.items()]
        return [
            store.make_openings([row.case for row in rows], [row.text for row in rows], clocks),
            _make_links(opened, self.acting),
        ]

    def answer(self) -> list[Opened]:
        """What becomes of each case once they are written, in the order of `new`."""
        first = {self.new[at].source_key: at for at in self.ids}
        return [self._answer(at, case, first) for at, case in enumerate(self.new)]

    def _answer(self, at: int, case: NewCase, first: Mapping[str | None, int]) -> Opened:
        older = self.ground.known.get(case.source_key or "")
        if older is not None:
            return Opened(*older, fresh=False)
        opened = at if at in self.ids else first[case.source_key]
        return Opened(self.ids[opened], self._number(opened), fresh=opened == at)

    def _number(self, at: int) -> str:
        case, zone = self.new[at], self.ground.rules.calendar.tzinfo
        return (
            f"{self.processes[case.process].number}{case.opened_at.astimezone(zone):%y%m%d}{self.ids[at]:05d}"
        )


def prepare_opening(new: Sequence[NewCase], acting: Acting, persons: int = 0) -> Opening:
    """Look whether every case of `new` may be opened, and draw ids for them and for `persons`; one statement.

    A `source_key` that is known, or stands twice in `new`, opens nothing: its answer is the older case, not
    `fresh`. Refused when a process or grade is unknown, the title is empty, or `acting` may not open such a
    case.
    """
    keys = [case.source_key for case in new if case.source_key]
    ground = store.prepare_opening(len(new), persons, keys)
    processes = {
        key: definitions.get_newest_of(key, ground.versions) for key in {case.process for case in new}
    }
    for case in new:
        _demand_openable(case, processes[case.process], acting)
    return Opening(
        new, acting, processes, ground, dict(zip(_list_new(new, ground), ground.ids, strict=False))
    )


def _list_new(new: Sequence[NewCase], ground: Ground) -> list[int]:
    """The places of cases whose source key is neither known nor stands before them."""
    first: dict[str, int] = {}
    return [
        at
        for at, case in enumerate(new)
        if case.source_key is None
        or (case.source_key not in ground.known and first.setdefault(case.source_key, at) == at)
    ]


def open_cases(new: Sequence[NewCase], acting: Acting) -> list[Opened]:
    """Open every case of `new` and answer in the same order; what is refused is told by `prepare_opening`."""
    return take_once(lambda: _open(new, acting)) if new else []


def _open(new: Sequence[NewCase], acting: Acting) -> list[Opened]:
    opening = prepare_opening(new, acting)
    if strands := opening.make_strands():
        write_together(strands)
    return opening.answer()


def take_once(take: Callable[[], Taken], *, alone: bool = True) -> Taken:
    """Run `take`, and again when somebody opened a case with the same source key at the same moment.

    One statement that is `alone` is a transaction of its own; more of them, or a transaction that has begun,
    are held together so that the second try finds nothing of the first.
    """
    try:
        with nullcontext() if alone and not connection.in_atomic_block else transaction.atomic():
            return take()
    except IntegrityError as error:
        if name_unique(error) != "cases_case_source_key_key":
            raise
    with transaction.atomic():
        return take()


def _demand_openable(case: NewCase, process: Process, acting: Acting) -> None:
    roles = {post.role for post in acting.posts} or {acting.kind}
    if case.kind != process.kind:
        words = Words("“{title}”不能这样登记。", "“{title}” is not opened this way.")
        raise Refusal("wrong-door", words.fill(title=process.title), field="process")
    if not roles.intersection(process.opens):
        words = Words("您的岗位不能登记“{title}”。", "Your post cannot open “{title}”.")
        raise Refusal("not-your-duty", words.fill(title=process.title), rule="岗位职责分离")
    if not case.title.strip():
        raise Refusal("title-missing", Words("请写明是什么事。", "Say what it is about."), field="title")
    if case.grade and case.grade not in process.grades:
        raise Refusal(
            "no-such-grade", Words("这个流程没有这个等级。", "This process has no such grade."), field="grade"
        )


class _Rows(NamedTuple):
    """What a case is made of."""

    case: dict[str, Any]
    text: dict[str, Any]
    clocks: list[dict[str, Any]]


def _make_rows(case_id: int, number: str, case: NewCase, opening: Opening) -> _Rows:
    process, rules = opening.processes[case.process], opening.ground.rules
    grade = case.grade or process.first_grade
    clocks = [
        timing.start_clock(process, process.clocks[key], grade, case.opened_at, rules)
        for key in plan_start(process).start
    ]
    governing = min(clocks, key=lambda clock: (not clock.main, clock.due_at), default=None)
    row = {name: getattr(case, name) for name in _COLUMNS} | {
        "id": case_id,
        "number": number,
        "process_version": process.version,
        "stage": process.start,
        "stage_kind": process.get_stage(process.start).kind,
        "grade": grade,
        "channel_id": case.channel,
        "opened_by_id": opening.acting.account_id,
        "due_at": governing.due_at if governing else None,
        "due_from": governing.started_at if governing else None,
    }
    pairs = make_pairs(case.title, case.words, case.place)
    ticking = [{name: getattr(clock, name) for name in _OF_CLOCK} | {"case_id": case_id} for clock in clocks]
    return _Rows(row, {"case_id": case_id, "words": case.words, "pairs": pairs}, ticking)


def _make_links(opened: Sequence[tuple[dict[str, Any], NewCase]], acting: Acting) -> Strand:
    entries = [
        NewEntry(
            subject=f"case:{row['number']}",
            verb="open",
            at=case.opened_at,
            actor_id=acting.account_id,
            actor=acting.name,
            body={
                "move": "open",
                "to": row["stage"],
                "process": f"{case.process}.{row['process_version']}",
                "channel": case.channel,
                "grade": row["grade"],
                "title": case.title,
                "words_digest": digest_words(case.title, case.words),
                **case.body,
            },
            fresh=True,
        )
        for row, case in opened
    ]
    events = [
        Event(
            "case-opened",
            f"case:{row['number']}",
            {"case_id": row["id"], "kind": case.kind, "channel": case.channel},
            case.opened_at,
        )
        for row, case in opened
    ]
    return make_links(entries, events)


def digest_words(title: str, words: str) -> str:
    """What the first journal entry keeps of the words, so that a later change of them shows."""
    return hashlib.sha256(f"{title}\n{words}".encode()).hexdigest()

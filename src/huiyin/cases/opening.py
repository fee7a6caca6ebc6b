"""Opens cases: one or ten thousand, the same path, a handful of statements."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from django.db import transaction

from huiyin.cases import definitions, store, timing
from huiyin.cases.search import make_pairs
from huiyin.cases.values import Acting, ClockState, Ground, NewCase, Opened
from huiyin.journal.api import Event, NewEntry, append
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.process.api import Process, plan_start
from huiyin.register.api import Rules

_COLUMNS = tuple(item.name for item in fields(NewCase) if item.name != "body")
_OF_CLOCK = tuple(item.name for item in fields(ClockState))


def open_cases(new: Sequence[NewCase], acting: Acting) -> list[Opened]:
    """Open every case of `new`, in one transaction, and answer in the same order.

    A `source_key` that is known, or stands twice in `new`, gives the older case with `fresh=False`. Refused
    when a process or grade is unknown, the title is empty, or `acting` may not open such a case.
    """
    if not new:
        return []
    ground = store.prepare_opening(len(new), [case.source_key for case in new if case.source_key])
    processes = {
        key: definitions.get_newest_of(key, ground.versions) for key in {case.process for case in new}
    }
    for case in new:
        _demand_openable(case, processes[case.process], acting)
    with transaction.atomic(savepoint=False):
        return _open(new, ground, processes, acting)


def _demand_openable(case: NewCase, process: Process, acting: Acting) -> None:
    roles = {post.role for post in acting.posts} or {acting.kind}
    if not roles.intersection(process.opens):
        words = Words("您的岗位不能登记“{title}”。", "Your post cannot open “{title}”.")
        raise Refusal("not-your-duty", words.fill(title=process.title), rule="岗位职责分离")
    if not case.title.strip():
        raise Refusal("title-missing", Words("请写明是什么事。", "Say what it is about."), field="title")
    if case.grade and case.grade not in process.grades:
        raise Refusal(
            "no-such-grade", Words("这个流程没有这个等级。", "This process has no such grade."), field="grade"
        )


def _open(
    new: Sequence[NewCase], ground: Ground, processes: dict[str, Process], acting: Acting
) -> list[Opened]:
    known = ground.known
    firsts: dict[str, int] = {}
    chosen: list[NewCase] = []
    for at, case in enumerate(new):
        if case.source_key is None or (
            case.source_key not in known and firsts.setdefault(case.source_key, at) == at
        ):
            chosen.append(case)
    ids = ground.ids[: len(chosen)]
    rows: list[dict[str, Any]] = []
    clocks: list[dict[str, Any]] = []
    for case_id, case in zip(ids, chosen, strict=True):
        row, ticking = _make_rows(case_id, case, processes[case.process], ground.rules, acting)
        rows.append(row)
        clocks.extend(ticking)
    written = store.insert_cases(rows, clocks) if rows else set()
    _journal_openings(
        [(row, case) for row, case in zip(rows, chosen, strict=True) if row["id"] in written], acting
    )
    return _answer(new, rows, chosen, written, known)


def _make_rows(
    case_id: int, case: NewCase, process: Process, rules: Rules, acting: Acting
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    grade = case.grade or process.first_grade
    number = f"{process.number}{case.opened_at.astimezone(rules.calendar.tzinfo):%y%m%d}{case_id:05d}"
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
        "opened_by_id": acting.account_id,
        "due_at": governing.due_at if governing else None,
        "due_from": governing.started_at if governing else None,
        "pairs": make_pairs(case.title, case.words, case.place),
    }
    return row, [
        {name: getattr(clock, name) for name in _OF_CLOCK} | {"case_id": case_id} for clock in clocks
    ]


def _journal_openings(opened: Sequence[tuple[dict[str, Any], NewCase]], acting: Acting) -> None:
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
    if entries:
        append(entries, events)


def digest_words(title: str, words: str) -> str:
    """What the first journal entry keeps of the words, so that a later change of them shows."""
    return hashlib.sha256(f"{title}\n{words}".encode()).hexdigest()


def _answer(
    new: Sequence[NewCase],
    rows: Sequence[dict[str, Any]],
    chosen: Sequence[NewCase],
    written: set[int],
    known: dict[str, tuple[int, str]],
) -> list[Opened]:
    raced = [
        case.source_key
        for row, case in zip(rows, chosen, strict=True)
        if row["id"] not in written and case.source_key
    ]
    known = known | store.find_by_source_keys(raced) if raced else known
    fresh = {id(case): row for row, case in zip(rows, chosen, strict=True) if row["id"] in written}
    by_key = {
        case.source_key: row
        for row, case in zip(rows, chosen, strict=True)
        if row["id"] in written and case.source_key
    }
    answers: list[Opened] = []
    for case in new:
        if id(case) in fresh:
            answers.append(Opened(fresh[id(case)]["id"], fresh[id(case)]["number"], fresh=True))
        elif case.source_key in by_key:
            answers.append(
                Opened(by_key[case.source_key]["id"], by_key[case.source_key]["number"], fresh=False)
            )
        else:
            case_id, number = known[case.source_key or ""]
            answers.append(Opened(case_id, number, fresh=False))
    return answers

"""Puts a sheet up, corrects a line of it in the open, and says whether its time is over."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from huiyin.economy.organisations.api import Organisation, demand, get_limit, name_chain
from huiyin.economy.postings.models import FollowUp, Posting, PostingLine
from huiyin.economy.postings.rules import RULE, check_days
from huiyin.economy.postings.values import KINDS, NewPosting
from huiyin.journal.api import NewEntry, append
from huiyin.kernel.canonical import canonical
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand


def put_up(new: NewPosting, by: AccountInHand | None, now: datetime) -> Posting:
    """Put the sheet up; its digest stands in the organisation's journal from now on.

    The same subject and turn again answers the sheet that hangs already. Refuses `nothing-to-post`,
    `earlier-turn-missing` (a second 榜 before the first), and what `check_days` refuses.
    """
    return put_up_all([(new, by)], now)[0]


@transaction.atomic
def put_up_all(new: Sequence[tuple[NewPosting, AccountInHand | None]], now: datetime) -> list[Posting]:
    """The same for many sheets, each by whom it is: all or none, in the same order."""
    organisations = _lock({one.organisation_id for one, _ in new})
    held = _find_held(one for one, _ in new)
    least = {
        township: get_limit("posting-days", township)
        for township in {one.township_id for one in organisations.values()}
    }
    fresh = [(one, by) for one, by in new if name_sheet(one) not in held]
    for one, _ in fresh:
        _check(one, held, least[organisations[one.organisation_id].township_id], timezone.localdate(now))
    made = _write(fresh, now)
    entries = [
        _make_entry(organisations[posting.organisation_id], "put-up", key_of_sheet(posting.pk), by, now, told)
        for posting, (_, by) in zip(made, fresh, strict=True)
        if (told := _tell(posting))
    ]
    if entries:
        append(entries)
    held |= {(one.organisation_id, one.subject, one.turn): one for one in made}
    return [held[name_sheet(one)] for one, _ in new]


Sheets = dict[tuple[int, str, int], Posting]


def name_sheet(new: NewPosting) -> tuple[int, str, int]:
    """What a sheet is known by."""
    return new.organisation_id, new.subject, new.turn


def _lock(ids: set[int]) -> dict[int, Organisation]:
    found = Organisation.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    return {one.pk: one for one in found}


def _find_held(new: Iterable[NewPosting]) -> Sheets:
    wanted = {(one.organisation_id, one.subject) for one in new}
    found = Posting.objects.filter(
        organisation_id__in={own for own, _ in wanted}, subject__in={subject for _, subject in wanted}
    )
    return {(one.organisation_id, one.subject, one.turn): one for one in found}


def _check(new: NewPosting, held: Sheets, least: int, today: date) -> None:
    if new.kind not in KINDS:
        raise ValueError(f"no kind of posting: {new.kind}")
    if not new.rows:
        raise Refusal("nothing-to-post", Words("没有可以公示的内容。", "There is nothing to post."), RULE)
    if new.turn > 1 and (new.organisation_id, new.subject, new.turn - 1) not in held:
        words = Words("前一榜还没有公示，不能张第 {turn} 榜。", "Posting {turn} needs the one before it.")
        raise Refusal("earlier-turn-missing", words.fill(turn=new.turn), RULE)
    check_days(new.days, least, new.from_on, today)


def _tell(posting: Posting) -> dict[str, object]:
    named = {"posting": posting.pk, "subject": posting.subject, "turn": posting.turn}
    return {**named, **tell_sheet(posting)}


def key_of_sheet(posting_id: int) -> str:
    """The key of the entry that says what was put up, in the organisation's chain."""
    return f"posting:{posting_id}"


def key_of_correction(posting_id: int, count: int) -> str:
    """The key of the entry that tells of the sheet's correction of that number, counted from 1."""
    return f"posting:{posting_id}:{count}"


def tell_sheet(posting: Posting) -> dict[str, str]:
    """What the journal keeps of a sheet beside its lines: whoever changes one of them is found out."""
    return {
        "digest": posting.digest,
        "from": posting.from_on.isoformat(),
        "until": posting.until_on.isoformat(),
        "words": digest_text(posting.words),
    }


def digest_text(text: str) -> str:
    """SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def _make_entry(
    organisation: Organisation,
    verb: str,
    key: str,
    by: AccountInHand | None,
    now: datetime,
    told: Mapping[str, object],
) -> NewEntry:
    actor_id, actor = (by.id, by.signature) if by else (None, "")
    return NewEntry(name_chain(organisation), verb, now, actor_id, actor, told, key=key)


def _write(fresh: Sequence[tuple[NewPosting, AccountInHand | None]], now: datetime) -> list[Posting]:
    made = Posting.objects.bulk_create(_make_row(new, by, now) for new, by in fresh)
    PostingLine.objects.bulk_create(
        (
            PostingLine(posting=posting, at=at, key=key, cells=dict(cells), made_at=now)
            for posting, (new, _) in zip(made, fresh, strict=True)
            for at, (key, cells) in enumerate(new.rows, 1)
        ),
        batch_size=2000,
    )
    return made


def _make_row(new: NewPosting, by: AccountInHand | None, now: datetime) -> Posting:
    columns = [
        {"key": field.key, "kind": field.kind, "zh": field.title.zh, "en": field.title.en}
        for field in new.columns
    ]
    return Posting(
        organisation_id=new.organisation_id,
        kind=new.kind,
        title=clean(new.title),
        words=clean(new.words),
        subject=new.subject,
        turn=new.turn,
        columns=columns,
        from_on=new.from_on,
        until_on=new.from_on + timedelta(days=new.days),
        digest=digest_sheet(new.title, columns, [(key, cells) for key, cells in new.rows]),
        made_by_id=by.id if by else None,
        at=now,
    )


def digest_sheet(
    title: str, columns: Sequence[Mapping[str, Any]], rows: Sequence[tuple[str, Mapping[str, Any]]]
) -> str:
    """SHA-256 of title, columns and lines in order."""
    return hashlib.sha256(write_sheet(title, columns, rows)).hexdigest()


def write_sheet(
    title: str, columns: Sequence[Mapping[str, Any]], rows: Sequence[tuple[str, Mapping[str, Any]]]
) -> bytes:
    """The bytes that the digest is made of: anybody may take them and reckon it again."""
    said = {
        "title": clean(title),
        "columns": list(columns),
        "rows": [[key, dict(cells)] for key, cells in rows],
    }
    return canonical(said)


@transaction.atomic
def correct_line(
    line_id: int, cells: Mapping[str, Any], reason: str, by: AccountInHand | None, now: datetime
) -> PostingLine:
    """Hang the right line beside the wrong one, which stays to be read, with the reason; journalled.

    An account that corrects is the director's. Refuses `line-not-found`, `not-your-duty`,
    `corrected-already`, `reason-needed`, `nothing-changed`.
    """
    line = (
        PostingLine.objects.select_for_update(of=("self", "posting"))
        .select_related("posting__organisation")
        .filter(pk=line_id)
        .first()
    )
    if line is None:
        raise Refusal("line-not-found", Words("没有这一行。", "There is no such line."))
    organisation = line.posting.organisation
    if by is not None:
        demand(by, organisation, "director")
    _check_correction(line, cells, reason)
    digest = digest_line(line.pk, cells)
    fresh = PostingLine.objects.create(
        posting=line.posting, at=line.at, key=line.key, cells=dict(cells), corrects=line,
        reason=clean(reason), digest=digest, made_at=now,
    )  # fmt: skip
    told = {
        "posting": line.posting_id,
        "line": line.at,
        "row": fresh.pk,
        "digest": digest,
        "reason": clean(reason),
    }
    count = line.posting.lines.filter(corrects__isnull=False).count()
    key = key_of_correction(line.posting_id, count)
    append([_make_entry(organisation, "correct-posting", key, by, now, told)])
    return fresh


def _check_correction(line: PostingLine, cells: Mapping[str, Any], reason: str) -> None:
    if PostingLine.objects.filter(corrects=line).exists():
        words = Words("这一行已经更正过，请更正最新的一行。", "This line was corrected; correct the newest.")
        raise Refusal("corrected-already", words)
    if not clean(reason):
        raise Refusal(
            "reason-needed", Words("请写明更正的理由。", "Say why it is corrected."), RULE, "reason"
        )
    if dict(cells) == line.cells:
        words = Words("内容没有变化，不用更正。", "Nothing differs; there is nothing to correct.")
        raise Refusal("nothing-changed", words)


def digest_line(corrects_id: int, cells: Mapping[str, Any]) -> str:
    """SHA-256 of the line that takes the place of another."""
    return hashlib.sha256(canonical({"of": corrects_id, "cells": dict(cells)})).hexdigest()


def find_posting(organisation_id: int, subject: str, turn: int) -> Posting | None:
    """The sheet of that subject and turn."""
    return Posting.objects.filter(organisation_id=organisation_id, subject=subject, turn=turn).first()


def count_unanswered(posting: Posting) -> int:
    """Questions and objections under it that have no answer yet."""
    again = FollowUp.objects.filter(question__posting=posting, answered_at__isnull=True)
    return posting.questions.filter(answered_at__isnull=True).count() + again.count()


def demand_over(organisation_id: int, subject: str, turn: int, now: datetime) -> Posting:
    """The sheet, when its time is over and all that was asked is answered.

    Refuses `not-posted`, `posting-runs` (with its last day), `questions-open` (with how many).
    """
    posting = find_posting(organisation_id, subject, turn)
    if posting is None:
        words = Words("第 {turn} 榜还没有公示。请先张榜。", "Posting {turn} is not up yet. Put it up first.")
        raise Refusal("not-posted", words.fill(turn=turn), RULE)
    if is_running(posting, timezone.localdate(now)):
        words = Words("公示到 {day} 才满，请期满再办。", "The posting runs until {day}; wait for its end.")
        raise Refusal("posting-runs", words.fill(day=posting.until_on.isoformat()), RULE)
    waiting = count_unanswered(posting)
    if waiting:
        words = Words(
            "还有 {count} 条质疑或异议没有答复。请先答复。",
            "{count} questions or objections wait for an answer.",
        )
        raise Refusal("questions-open", words.fill(count=waiting), RULE)
    return posting


def is_running(posting: Posting, on: date) -> bool:
    """Whether the day lies within its time; the last day counts."""
    return on <= posting.until_on

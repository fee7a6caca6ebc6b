"""Takes requests in from every door: one or a thousand, the same path."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction

from huiyin.appeals import store
from huiyin.appeals.likeness import join_text, make_marks
from huiyin.appeals.values import IdentityMode, NewAppeal, Reported
from huiyin.cases.api import Acting, Kept, NewCase, Opened, open_cases, record_files
from huiyin.journal.api import open_seal, seal
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.secrets import hash_secret, make_secret
from huiyin.kernel.texts import clean, digest, shorten
from huiyin.kernel.words import Words
from huiyin.people.api import Identity, NewPerson, register_persons

MAX_WORDS = 5000
MAX_WORDS_OF_SOURCE = 50_000
MAX_TITLE = 60


def report(new: NewAppeal, acting: Acting, files: Sequence[Kept] = ()) -> Reported:
    """Take one request in with its files. A known `source_key` gives the one that is in, and its secret."""
    with transaction.atomic():
        reported = _report([new], acting)[0]
        if files and reported.fresh:
            record_files(reported.case_id, files, acting.name, new.opened_at, public=True)
    return reported


def report_many(new: Sequence[NewAppeal], acting: Acting) -> list[Reported]:
    """Take requests in, in one transaction, answering in the same order; the first refusal undoes them all.

    A person or a clerk writes at most `MAX_WORDS` signs; another system may bring `MAX_WORDS_OF_SOURCE`.
    Refused: no words, too many of them, a phone that cannot be called.
    """
    with transaction.atomic():
        return _report(new, acting)


def _report(new: Sequence[NewAppeal], acting: Acting) -> list[Reported]:
    most = MAX_WORDS_OF_SOURCE if acting.kind == "system" else MAX_WORDS
    drafts = [_tidy(appeal, most) for appeal in new]
    persons = _register_persons(drafts)
    cases = [_make_case(draft, person) for draft, person in zip(drafts, persons, strict=True)]
    return _write(drafts, open_cases(cases, acting))


def _tidy(new: NewAppeal, most: int) -> NewAppeal:
    words, title = clean(new.words), clean(new.title)
    if len(title) > MAX_TITLE and title not in words:
        words = f"{title}\n{words}".strip()  # what does not fit into a title is not lost
    if not words and not title:
        raise Refusal(
            "words-missing", Words("请写一写发生了什么事。", "Please say what happened."), field="words"
        )
    if len(words) > most:
        limit = Words(
            "最多写 {limit} 字，现在有 {count} 字。请分成几件说。",
            "At most {limit} signs; there are {count}.",
        )
        raise Refusal("words-too-long", limit.fill(limit=most, count=len(words)), field="words")
    known = new.identity != IdentityMode.ANONYMOUS
    return replace(
        new,
        words=words or title,
        title=shorten(title, MAX_TITLE) or shorten(words, 30),
        name=clean(new.name)[:40] if known else "",
        phone=clean(new.phone) if known else "",
        place=shorten(clean(new.place), 120),
        suggestion=clean(new.suggestion)[:most],
        failed_matter=shorten(clean(new.failed_matter), 200),
    )


def _register_persons(drafts: Sequence[NewAppeal]) -> list[int | None]:
    known = [draft for draft in drafts if draft.name or draft.phone]
    if not known:
        return [None] * len(drafts)
    persons = [
        NewPerson(Identity(name=draft.name, phone=draft.phone), company_id=draft.company_id)
        for draft in known
    ]
    ids = iter(register_persons(persons, known[0].opened_at))
    return [next(ids) if draft.name or draft.phone else None for draft in drafts]


def _make_case(draft: NewAppeal, person_id: int | None) -> NewCase:
    return NewCase(
        kind="appeal",
        process=draft.process,
        title=draft.title,
        words=draft.words,
        channel=draft.channel,
        opened_at=draft.opened_at,
        grade=draft.grade,
        urgent=draft.urgent,
        category_id=draft.category_id,
        area_id=draft.area_id,
        township_id=draft.township_id,
        place=draft.place,
        spot_id=draft.spot_id,
        lon_microdegrees=draft.lon_microdegrees,
        lat_microdegrees=draft.lat_microdegrees,
        person_id=person_id,
        identity=draft.identity,
        source_key=draft.source_key,
        body={**draft.source, "identity": str(draft.identity)},
    )


def _write(drafts: Sequence[NewAppeal], opened: Sequence[Opened]) -> list[Reported]:
    secrets: dict[int, str] = {}
    rows = []
    for draft, case in zip(drafts, opened, strict=True):
        if case.fresh:
            secret = secrets[case.case_id] = make_secret()
            rows.append(_make_row(draft, case.case_id, secret))
    if rows:
        store.insert_appeals(rows)
    older = [case.case_id for case in opened if not case.fresh and case.case_id not in secrets]
    sealed = store.list_secrets(older) if older else {}
    secrets |= {case_id: str(open_seal(value, "secret")) for case_id, value in sealed.items()}
    return [Reported(case.case_id, case.number, secrets.get(case.case_id, ""), case.fresh) for case in opened]


def _make_row(draft: NewAppeal, case_id: int, secret: str) -> dict[str, object]:
    text = join_text(draft.title, draft.words)
    return {
        "case_id": case_id,
        "secret_hash": hash_secret(secret),
        "secret_sealed": seal(secret, "secret"),
        "suggestion": draft.suggestion,
        "company_id": draft.company_id,
        "failed_case_id": draft.failed_case_id,
        "failed_matter": draft.failed_matter,
        "language": draft.language,
        "content_digest": digest(text),
        "marks": make_marks(text),
    }

"""Takes requests in from every door: one or a thousand, the same path."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from huiyin.appeals import store
from huiyin.appeals.values import IdentityMode, NewAppeal, Reported
from huiyin.cases.api import Acting, Kept, NewCase, Opened, Opening, prepare_opening, record_files, take_once
from huiyin.journal.api import Strand, open_seal, seal, write_together
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.secrets import hash_secret, make_secret
from huiyin.kernel.texts import clean, digest, shorten
from huiyin.kernel.words import Words
from huiyin.language.api import join_text, make_marks
from huiyin.people.api import Identity, NewPerson, seal_persons

MAX_WORDS = 5000
MAX_WORDS_OF_SOURCE = 50_000
MAX_TITLE = 60


def report(
    new: NewAppeal, acting: Acting, files: Sequence[Kept] = (), beside: Sequence[Strand] = ()
) -> Reported:
    """Take one request in with its files. A known `source_key` gives the one that is in, and its secret.

    `beside` is written in the same statement, when the request is new.
    """

    def take() -> Reported:
        reported = _report([new], acting, beside)[0]
        if files and reported.fresh:
            record_files(reported.case_id, files, acting.name, new.opened_at, public=True)
        return reported

    return take_once(take, alone=not files)


def report_many(new: Sequence[NewAppeal], acting: Acting) -> list[Reported]:
    """Take requests in, in one statement, answering in the same order; the first refusal undoes them all.

    A person or a clerk writes at most `MAX_WORDS` signs; another system may bring `MAX_WORDS_OF_SOURCE`.
    Refused: no words, too many of them, a phone that cannot be called.
    """
    return take_once(lambda: _report(new, acting))


def _report(new: Sequence[NewAppeal], acting: Acting, beside: Sequence[Strand] = ()) -> list[Reported]:
    most = MAX_WORDS_OF_SOURCE if acting.kind == "system" else MAX_WORDS
    drafts = [_tidy(appeal, most) for appeal in new]
    if not drafts:
        return []
    known = sum(draft.name != "" or draft.phone != "" for draft in drafts)
    opening = prepare_opening([_make_case(draft) for draft in drafts], acting, known)
    secrets = {case_id: make_secret() for case_id in opening.ids.values()}
    if secrets:
        persons = _find_persons(drafts, opening)
        rows = [_make_row(drafts[at], case_id, secrets[case_id]) for at, case_id in opening.ids.items()]
        write_together(
            [
                *_seal_persons(drafts, persons),
                *opening.make_strands(persons),
                store.make_appeals(rows),
                *beside,
            ]
        )
    return _answer(opening.answer(), secrets)


def _find_persons(drafts: Sequence[NewAppeal], opening: Opening) -> dict[int, int]:
    """Ids for the persons of the requests that are new, by their place in `drafts`."""
    told = (at for at in opening.ids if drafts[at].name or drafts[at].phone)
    return dict(zip(told, opening.person_ids, strict=False))


def _seal_persons(drafts: Sequence[NewAppeal], persons: Mapping[int, int]) -> list[Strand]:
    if not persons:
        return []
    told = [
        NewPerson(Identity(name=drafts[at].name, phone=drafts[at].phone), company_id=drafts[at].company_id)
        for at in persons
    ]
    return [seal_persons(told, list(persons.values()), drafts[next(iter(persons))].opened_at)]


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


def _make_case(draft: NewAppeal) -> NewCase:
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
        identity=draft.identity,
        source_key=draft.source_key,
        body={**draft.source, "identity": str(draft.identity)},
    )


def _answer(opened: Sequence[Opened], secrets: dict[int, str]) -> list[Reported]:
    older = [case.case_id for case in opened if case.case_id not in secrets]
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

"""What the person of a matter sees by the secret link: plain words, times, who is responsible, what to do."""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from huiyin.appeals.models import Appeal
from huiyin.cases.api import PERSON, Attachment, Case, CaseView, Rating, view_case
from huiyin.journal.api import StoredEntry
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.secrets import hash_secret
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.people.api import Officer, list_officers, map_units
from huiyin.process.api import INPUTS, Move, Process
from huiyin.register.api import get_lawful_way

RECEIVED = Words("已收到", "Received")


@dataclass(frozen=True, slots=True)
class TrackStep:
    """One thing that happened, in plain words; `words` are those that the person may read."""

    title: Words
    at: datetime
    words: Sequence[str]
    files: Sequence[Attachment]
    mine: bool


@dataclass(frozen=True, slots=True)
class Tracked:
    """A matter as its person sees it. `can` holds the keys of the moves that the person may make now."""

    case: Case
    process: Process
    words: str
    headline: Words
    steps: Sequence[TrackStep]
    officer: Officer | None
    can: frozenset[str]
    rating: Rating | None
    closed: bool
    version: int


def find_tracked(number: str, secret: str) -> Tracked:
    """The matter of that number, for whoever holds its secret; anybody else is told that there is none."""
    appeal = Appeal.objects.filter(case__number=clean(number).upper()).first()
    if appeal is None or not hmac.compare_digest(bytes(appeal.secret_hash), hash_secret(clean(secret))):
        raise Refusal(
            "case-not-found",
            Words(
                "没有找到这件事。请核对编号和链接，或拨打 12345。",
                "No such matter was found. Check the number and link, or call 12345.",
            ),
        )
    return _make(view_case(clean(number).upper(), PERSON))


def _make(view: CaseView) -> Tracked:
    case, process = view.case, view.process
    files = {file.pk: file for file in view.attachments if file.public}
    return Tracked(
        case=case,
        process=process,
        words=view.words,
        headline=process.get_stage(case.stage).plain,
        steps=list(_list_steps(view, files)),
        officer=_find_officer(case),
        can=frozenset(move.key for move in view.moves),
        rating=next(
            (rating for rating in reversed(view.ratings) if rating.round == case.round or case.closed_at),
            None,
        ),
        closed=case.closed_at is not None,
        version=case.version,
    )


def _find_officer(case: Case) -> Officer | None:
    """Whoever signed for the case, else the first handler of its lead unit: a name to call."""
    if case.lead_id is None:
        return None
    officers = list_officers(case.lead_id, timezone.localdate(case.moved_at))
    return next(
        (officer for officer in officers if officer.id == case.officer_id), officers[0] if officers else None
    )


def _list_steps(view: CaseView, files: Mapping[int, Attachment]) -> Iterator[TrackStep]:
    given = [file for file in files.values() if file.given_at == view.case.opened_at]
    yield TrackStep(RECEIVED, view.case.opened_at, (), given, mine=True)
    for entry in view.entries:
        move = view.process.moves.get(entry.verb)
        if move is not None and move.plain.zh:
            yield _make_step(move, entry, files)


def _make_step(move: Move, entry: StoredEntry, files: Mapping[int, Attachment]) -> TrackStep:
    inputs: dict[str, Any] = entry.body.get("inputs", {})
    lead = _name_lead(inputs.get("lead"))
    mine = entry.body.get("role") == "person"
    # What a move only asks for is not said to the person before somebody else has approved it.
    said = () if "ask" in move.does else ("reply", "words", "remedy")
    shown = [str(inputs[key]) for key in said if inputs.get(key) and INPUTS[key].public]
    told = entry.body.get("told", {}).get("reply")
    if told and told not in shown:
        shown.append(told)
    if inputs.get("way"):
        shown.extend(_tell_way(inputs["way"]))
    given = [files[pk] for pk in inputs.get("files", ()) if pk in files]
    return TrackStep(move.plain.fill(lead=lead), entry.at, shown, given, mine)


def _tell_way(key: str) -> Iterator[str]:
    """The words of a lawful way, in the reader's language; none when it has left the county's list."""
    with suppress(Refusal):
        way = get_lawful_way(key)
        yield Words(way.words, way.words_en).tell(get_language() or "zh-hans")


def _name_lead(lead: Mapping[str, Any] | None) -> Words:
    """The unit by the name that it had then; in English by the name that it has now."""
    if lead is None:
        return Words("")
    unit = map_units([lead["id"]]).get(lead["id"])
    return Words(lead["name"], unit.name_en if unit else "")

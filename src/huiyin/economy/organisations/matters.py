"""Opens the cases of the village economy: in the hands of the organisation, overseen by its township."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from huiyin.cases.api import SYSTEM, Acting, NewCase, move_within, open_cases
from huiyin.economy.organisations.models import Organisation
from huiyin.kernel.texts import shorten
from huiyin.register.api import Channel

CHANNEL = "inside"
PLACE = "place"
"""The move, by the system, with which every process of the village economy begins."""


@dataclass(frozen=True, slots=True)
class NewMatter:
    """A case of `process` (its kind has the same name) about an organisation.

    The same `source_key` again opens nothing. `body` stands in the first entry of its journal. `person_id`
    is whoever raised it and is told of the answer; `identity` says how they want to be known.
    """

    organisation: Organisation
    process: str
    title: str
    words: str
    grade: str = ""
    source_key: str | None = None
    body: Mapping[str, Any] = field(default_factory=dict)
    person_id: int | None = None
    identity: str = "named"


@dataclass(frozen=True, slots=True)
class Matter:
    """The case that was opened, or that was there already."""

    case_id: int
    number: str
    fresh: bool


@transaction.atomic
def open_matters(new: Sequence[NewMatter], acting: Acting, now: datetime) -> list[Matter]:
    """Open a case for each and put it into the hands of its organisation, the township assisting.

    Answers in the same order. Refused as `open_cases` refuses: a post that may not open it, no title.
    """
    Channel.objects.get_or_create(
        key=CHANNEL, defaults={"name": "内部提出", "name_en": "From inside", "kind": "inside", "sort": 90}
    )
    opened = open_cases([_make_case(one, now) for one in new], acting)
    for matter, case in zip(new, opened, strict=True):
        if case.fresh:
            organisation = matter.organisation
            given = {"lead": organisation.unit_id, "assisting": [organisation.township_id]}
            move_within(case.number, PLACE, given, SYSTEM, now)
    return [Matter(case.case_id, case.number, case.fresh) for case in opened]


def _make_case(matter: NewMatter, now: datetime) -> NewCase:
    organisation = matter.organisation
    return NewCase(
        kind=matter.process,
        process=matter.process,
        title=shorten(matter.title, 60),
        words=matter.words,
        channel=CHANNEL,
        opened_at=now,
        grade=matter.grade,
        area_id=organisation.area_id,
        township_id=organisation.area.parent_id,
        source_key=matter.source_key,
        person_id=matter.person_id,
        identity=matter.identity,
        body={"organisation": organisation.code, **matter.body},
    )

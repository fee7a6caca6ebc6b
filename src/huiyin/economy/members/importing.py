"""Takes a roster in from a sheet: every row checked first, then all of them written, or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from huiyin.economy.members.keeping import (
    KEEPERS,
    lock_roster,
    make_candidate,
    next_number,
    refuse_elsewhere,
)
from huiyin.economy.members.models import Household, Member
from huiyin.economy.members.roster import digest_id, make_member
from huiyin.economy.members.rules import PersonEntry, check_entry
from huiyin.economy.organisations.api import Organisation, demand, may, note
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand

MOST_ROWS = 20_000
CERTIFIED = ("confirmed", "refused", "lost")
"""Standings that an older register may bring along, taken in by the overseeing clerk alone."""


@dataclass(frozen=True, slots=True)
class RosterRow:
    """A row of a sheet: in which household, who, and the standing that an older register gave."""

    line: int
    household: int
    group_name: str
    entry: PersonEntry
    standing: str = "candidate"


@dataclass(frozen=True, slots=True)
class Checked:
    """What becomes of a row: the row tidied, or why not."""

    line: int
    household: int
    masked: str
    row: RosterRow | None = None
    refusal: Refusal | None = None


def check_rows(organisation: Organisation, rows: Sequence[RosterRow], by: AccountInHand) -> list[Checked]:
    """Say of every row whether it may be taken in; nothing is written. Refuses `not-your-duty`."""
    demand(by, organisation, *KEEPERS, "rural")
    known = {
        bytes(digest)
        for digest in Member.objects.filter(organisation=organisation).values_list("id_digest", flat=True)
    }
    certified = may(by, organisation, "rural")
    return [_check(row, known, certified=certified) for row in rows]


def _check(row: RosterRow, known: set[bytes], *, certified: bool) -> Checked:
    masked = f"{row.entry.name[:1]}*" if row.entry.name else ""
    try:
        tidy = check_entry(row.entry)
        _check_standing(row, certified=certified)
        _check_new(digest_id(tidy.id_number), known)
    except Refusal as refusal:
        return Checked(row.line, row.household, masked, None, refusal)
    return Checked(row.line, row.household, masked, replace(row, entry=tidy))


def _check_new(digest: bytes, known: set[bytes]) -> None:
    if digest in known:
        words = Words("这个身份证号重复，或已在名册上。", "The number stands twice, or is on the roster.")
        raise Refusal("on-roster-already", words, field="id_number")
    known.add(digest)


def _check_standing(row: RosterRow, *, certified: bool) -> None:
    if row.household <= 0:
        words = Words("户号要是正整数。", "A household's number is a whole number above nothing.")
        raise Refusal("bad-household", words, field="household")
    if row.standing == "candidate" or (certified and row.standing in CERTIFIED):
        return
    words = Words(
        "导入只能登记为“待确认”。已认定的旧名册由乡镇农经员导入。",
        "An import adds candidates. A register confirmed earlier is taken in by the township's clerk.",
    )
    raise Refusal("standing-not-imported", words, "农村集体经济组织法 第12条", "standing")


@transaction.atomic
def take_roster(
    organisation: Organisation, rows: Sequence[RosterRow], by: AccountInHand, now: datetime
) -> int:
    """Write all rows or none; journalled; how many. Refuses `rows-wrong` when one may not be taken in."""
    lock_roster(organisation)
    checked = check_rows(organisation, rows, by)
    wrong = sum(one.refusal is not None for one in checked)
    if wrong:
        words = Words(
            "有 {count} 行不能导入，请改好再传。", "{count} rows cannot be taken in; mend them first."
        )
        raise Refusal("rows-wrong", words.fill(count=wrong), field="file")
    ready = [one.row for one in checked if one.row is not None]
    households = _open_households(organisation, ready)
    made = _make_members(organisation, ready, households, timezone.localdate(now))
    try:
        with transaction.atomic():
            Member.objects.bulk_create(made, batch_size=2000)
    except IntegrityError as error:
        raise refuse_elsewhere() from error
    note(organisation, "take-roster", by, now, rows=len(made), households=len(households))
    return len(made)


def _open_households(organisation: Organisation, rows: Sequence[RosterRow]) -> dict[int, Household]:
    held = {one.number: one for one in Household.objects.filter(organisation=organisation)}
    fresh: dict[int, Household] = {}
    for row in rows:
        if row.household not in held and row.household not in fresh:
            fresh[row.household] = Household(
                organisation=organisation,
                number=row.household,
                group_name=row.group_name[:40],
                masked_head=f"{row.entry.name[0]}*",
            )
    Household.objects.bulk_create(fresh.values())
    return held | fresh


def _make_members(
    organisation: Organisation, rows: Sequence[RosterRow], households: dict[int, Household], today: date
) -> list[Member]:
    first = next_number(organisation)
    made = []
    for at, row in enumerate(rows):
        new = make_candidate(households[row.household], first + at, row.entry)
        if row.standing != "candidate":
            new = replace(
                new,
                standing=row.standing,
                ground="original",
                article="农村集体经济组织法 第11条",
                since_on=today,
            )
        made.append(make_member(organisation.pk, new))
    return made

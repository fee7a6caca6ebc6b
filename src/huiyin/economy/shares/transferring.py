"""Applies for a change of who holds units, and registers it: once, whole, with the ledger and the journal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from huiyin.cases.api import make_acting
from huiyin.economy.members.api import Member
from huiyin.economy.organisations.api import NewMatter, Organisation, demand, note, open_matters
from huiyin.economy.shares.holding import read_held
from huiyin.economy.shares.models import Share, ShareBook, ShareEntry, ShareTransfer, TransferPart
from huiyin.economy.shares.rules import pass_on
from huiyin.economy.shares.values import ENTRIES, RULE_FROZEN, TRANSFER, Application, Held, Part
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand

APPLICANTS = ("bookkeeper", "rural")


@transaction.atomic
def apply_for(
    organisation: Organisation, asked: Application, by: AccountInHand, now: datetime, key: str | None = None
) -> ShareTransfer:
    """Open the case of a change, when the rules allow it as things stand; nothing moves yet.

    The same `key` again answers the same. Refuses `not-your-duty`, `not-fixed`, `reason-needed`, and what
    `rules.pass_on` refuses.
    """
    demand(by, organisation, *APPLICANTS)
    book = lock_book(organisation)
    same = ShareTransfer.objects.filter(case__source_key=key).first() if key else None
    if same is not None:
        return same
    if not clean(asked.words):
        raise Refusal("reason-needed", Words("请写明事由。", "Say why."), field="words")
    if not 0 <= asked.fen <= 10**12:
        raise Refusal("amount-out-of-range", Words("金额不对。", "The sum cannot be."), field="fen")
    check_parts(book, asked.kind, asked.parts)
    matter = NewMatter(organisation, TRANSFER, _name(asked), clean(asked.words), source_key=key)
    opened = open_matters([matter], make_acting(by), now)[0]
    transfer = ShareTransfer.objects.create(
        case_id=opened.case_id, organisation=organisation, kind=asked.kind, fen=asked.fen
    )
    TransferPart.objects.bulk_create(
        TransferPart(transfer=transfer, from_member_id=one.from_id, to_member_id=one.to_id, units=one.units)
        for one in asked.parts
    )
    return transfer


def _name(asked: Application) -> str:
    giver = Member.objects.select_related("household").get(pk=asked.parts[0].from_id)
    units = sum(part.units for part in asked.parts)
    return f"股权{ENTRIES[asked.kind].zh}：第 {giver.household.number} 户 {giver.masked_name} {units} 股"


def lock_book(organisation: Organisation) -> ShareBook:
    """The share book, locked until the transaction ends; refuses `not-fixed`."""
    book = ShareBook.objects.select_for_update().filter(organisation_id=organisation.pk).first()
    if book is None:
        words = Words("股权还没有固化，先办股权量化。", "Shares are not fixed yet: quantify them first.")
        raise Refusal("not-fixed", words, RULE_FROZEN)
    return book


def check_parts(book: ShareBook, kind: str, parts: Sequence[Part]) -> tuple[Held, Held]:
    """How the units lie before and after, if the rules allow it."""
    ids = {part.from_id for part in parts} | {part.to_id for part in parts if part.to_id is not None}
    before = read_held(book, ids)
    charter = book.organisation.charters.order_by("-version").first()
    cap = charter.holding_cap_per_mille if charter else 1000
    return before, pass_on(kind, parts, before, cap)


def read_parts(transfer: ShareTransfer) -> list[Part]:
    """The parts that were applied for."""
    return [Part(one.from_member_id, one.to_member_id, one.units) for one in transfer.parts.order_by("id")]


@transaction.atomic
def register(transfer: ShareTransfer, by: AccountInHand, now: datetime) -> list[ShareEntry]:
    """Let the units go over as they lie now; a second time it changes nothing.

    Refuses what the rules refuse: units that went elsewhere meanwhile are not there any more.
    """
    book = lock_book(transfer.organisation)
    transfer = ShareTransfer.objects.select_for_update(of=("self",)).get(pk=transfer.pk)
    if transfer.registered_at is not None:
        return []
    parts = read_parts(transfer)
    before, after = check_parts(book, transfer.kind, parts)
    _write_holdings(book, before, after)
    entries = _write_entries(book, transfer, parts, before, after, by, now)
    transfer.registered_at, transfer.registered_by_id = now, by.id
    transfer.save(update_fields=["registered_at", "registered_by"])
    return entries


def _write_holdings(book: ShareBook, before: Held, after: Held) -> None:
    changed = [
        Share(book=book, member_id=pk, household_id=one.household_id, units=one.units)
        for pk, one in after.holders.items()
        if one != before.holders[pk]
    ]
    Share.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["member"], update_fields=["household", "units"]
    )
    went = after.collective - before.collective
    book.held_units, book.collective_units = book.held_units - went, book.collective_units + went


def _write_entries(
    book: ShareBook,
    transfer: ShareTransfer,
    parts: Sequence[Part],
    before: Held,
    after: Held,
    by: AccountInHand,
    now: datetime,
) -> list[ShareEntry]:
    reason = transfer.case.text.words
    entries = [
        ShareEntry(
            book=book,
            number=book.entries + at,
            kind=transfer.kind,
            from_member_id=part.from_id,
            to_member_id=part.to_id,
            units=part.units,
            reason=reason,
            case_id=transfer.case_id,
            from_household_id=before.holders[part.from_id].household_id,
            to_household_id=after.holders[part.to_id].household_id if part.to_id is not None else None,
            by_id=by.id,
            at=now,
        )
        for at, part in enumerate(parts, 1)
    ]
    ShareEntry.objects.bulk_create(entries)
    book.entries += len(entries)
    book.save(update_fields=["held_units", "collective_units", "entries"])
    told = _tell(entries, _list_numbers(parts))
    note(
        book.organisation,
        "register-shares",
        by,
        now,
        case=transfer.case.number,
        kind=transfer.kind,
        entries=told,
    )
    return entries


def _list_numbers(parts: Sequence[Part]) -> Mapping[int, int]:
    ids = {part.from_id for part in parts} | {part.to_id for part in parts if part.to_id is not None}
    return dict(Member.objects.filter(pk__in=ids).values_list("pk", "number"))


def _tell(entries: Sequence[ShareEntry], numbers: Mapping[int, int]) -> list[dict[str, object]]:
    """As the journal keeps them: by the members' numbers, no name."""
    return [
        {
            "number": one.number,
            "from": numbers[one.from_member_id] if one.from_member_id else None,
            "to": numbers[one.to_member_id] if one.to_member_id else "collective",
            "units": one.units,
        }
        for one in entries
    ]

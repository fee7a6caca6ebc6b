"""Issues certificates to households, replaces lost and outdated ones, and prints them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from huiyin.economy.members.api import Household, Member, make_link, open_identity
from huiyin.economy.organisations.api import Organisation, demand, note
from huiyin.economy.shares.drawing import HolderLine, Sheet, draw_certificates
from huiyin.economy.shares.models import Certificate, Printing, Share, ShareBook
from huiyin.economy.shares.transferring import lock_book
from huiyin.journal.api import log_access
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean, shorten
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand

ISSUERS = ("bookkeeper", "director", "rural")
RULE = "个人信息保护法 第6条、第51条；股权证由本组织发给户"
NEW, REPLACED = "首次发证", "股份变动，换发"


@transaction.atomic
def issue_certificates(
    organisation: Organisation, household_ids: Sequence[int] | None, by: AccountInHand, now: datetime
) -> list[Certificate]:
    """Give each household that holds units (None: every one) a certificate that is true today.

    A valid one stays when it is still true; one whose units have changed is replaced. Answers the new ones,
    by household.
    """
    demand(by, organisation, *ISSUERS)
    book = lock_book(organisation)
    units = read_units(book, household_ids)
    valid = {one.household_id: one for one in _list_valid(book, list(units))}
    fresh: list[Certificate] = []
    for household_id, held in units.items():
        old = valid.get(household_id)
        if old is not None and old.units == held:
            continue
        fresh.append(_make(book, household_id, held, old, REPLACED if old else NEW, by, now))
    _keep(book, fresh, by, now)
    return fresh


@transaction.atomic
def replace_lost(certificate_id: int, reason: str, by: AccountInHand, now: datetime) -> Certificate:
    """Declare a valid certificate lost, with the reason; another number stands in its stead.

    Refuses `certificate-not-found`, `not-valid`, `reason-needed`.
    """
    old = get_certificate(certificate_id)
    organisation = old.book.organisation
    demand(by, organisation, *ISSUERS)
    book = lock_book(organisation)
    old.refresh_from_db()
    if old.state != "valid":
        words = Words("这本证已经作废，请看后来的证。", "It is no longer valid: see the one that follows it.")
        raise Refusal("not-valid", words, RULE)
    if not clean(reason):
        raise Refusal("reason-needed", Words("请写明补发的理由。", "Say why."), RULE, "reason")
    held = read_units(book, [old.household_id]).get(old.household_id, {})
    fresh = _make(book, old.household_id, held, old, f"遗失补发：{clean(reason)}", by, now)
    _keep(book, [fresh], by, now, state="lost")
    return fresh


def get_certificate(certificate_id: int) -> Certificate:
    """The certificate with its book and organisation; refuses `certificate-not-found`."""
    found = Certificate.objects.select_related("book__organisation", "household", "follows", "issued_by")
    certificate = found.filter(pk=certificate_id).first()
    if certificate is None:
        words = Words("没有这本股权证。", "There is no such certificate.")
        raise Refusal("certificate-not-found", words)
    return certificate


def read_units(book: ShareBook, household_ids: Sequence[int] | None = None) -> dict[int, dict[str, int]]:
    """Units by member id (a text, as in JSON) of each household that holds any; by number."""
    held = Share.objects.filter(book=book, units__gt=0)
    if household_ids is not None:
        held = held.filter(household_id__in=list(household_ids))
    units: dict[int, dict[str, int]] = {}
    for household_id, member_id, many in held.order_by("household__number", "member__number").values_list(
        "household_id", "member_id", "units"
    ):
        units.setdefault(household_id, {})[str(member_id)] = many
    return units


def list_outdated(book: ShareBook) -> list[int]:
    """Households whose valid certificate says other units than they hold, or that have none."""
    units = read_units(book)
    valid = {one.household_id: one.units for one in _list_valid(book)}
    return [household_id for household_id, held in units.items() if valid.get(household_id) != held]


def _list_valid(book: ShareBook, household_ids: Sequence[int] | None = None) -> list[Certificate]:
    found = Certificate.objects.filter(book=book, state="valid")
    return list(found if household_ids is None else found.filter(household_id__in=household_ids))


def _make(
    book: ShareBook,
    household_id: int,
    held: dict[str, int],
    follows: Certificate | None,
    reason: str,
    by: AccountInHand,
    now: datetime,
) -> Certificate:
    book.certificates += 1
    return Certificate(
        book=book,
        household_id=household_id,
        number=f"{book.organisation.code}-{book.certificates:05d}",
        units=held,
        reason=reason,
        follows=follows,
        issued_at=now,
        issued_by_id=by.id,
    )


def _keep(
    book: ShareBook, fresh: Sequence[Certificate], by: AccountInHand, now: datetime, state: str = "replaced"
) -> None:
    if not fresh:
        return
    olds = [one.follows_id for one in fresh if one.follows_id]
    Certificate.objects.filter(pk__in=olds).update(state=state)
    Certificate.objects.bulk_create(fresh)
    book.save(update_fields=["certificates"])
    told = {"from": fresh[0].number, "to": fresh[-1].number, "count": len(fresh), "reason": fresh[0].reason}
    note(book.organisation, "issue-certificates", by, now, **told)


def make_sheets(book: ShareBook, certificates: Sequence[Certificate], base: str) -> list[Sheet]:
    """What the certificates say, with names opened and a new link for each holder: older ones are void."""
    ids = [int(pk) for one in certificates for pk in one.units]
    members = {one.pk: one for one in Member.objects.filter(pk__in=ids)}
    households = Household.objects.in_bulk([one.household_id for one in certificates])
    follows = dict(
        Certificate.objects.filter(
            pk__in=[one.follows_id for one in certificates if one.follows_id]
        ).values_list("pk", "number")
    )
    return [
        Sheet(
            number=one.number,
            organisation=book.organisation.name,
            code=book.organisation.code,
            household=households[one.household_id].number,
            issued_on=timezone.localdate(one.issued_at),
            total=sum(one.units.values()),
            whole=book.total_units,
            holders=[_make_line(members[int(pk)], units, base) for pk, units in one.units.items()],
            follows=follows.get(one.follows_id or 0, ""),
        )
        for one in certificates
    ]


def _make_line(member: Member, units: int, base: str) -> HolderLine:
    name = open_identity(member).name
    return HolderLine(member.number, name, member.relation, units, f"{base}/village/why/{make_link(member)}")


@transaction.atomic
def draw(
    book: ShareBook, certificates: Sequence[Certificate], base: str, by: AccountInHand, now: datetime
) -> bytes:
    """The PDF of those certificates; whose names it shows stands in the access log."""
    log_access(
        at=now,
        account_id=by.id,
        account=by.signature,
        what="certificate",
        subject=f"organisation:{book.organisation.code}",
        reason=shorten("打印股权证 " + "、".join(one.number for one in certificates), 300),
    )
    return draw_certificates(make_sheets(book, certificates, base))


@transaction.atomic
def ask_printing(
    organisation: Organisation,
    household_ids: Sequence[int] | None,
    reason: str,
    by: AccountInHand,
    now: datetime,
) -> Printing:
    """Note that certificates are printed: the valid ones of those households (None: of all); journalled.

    Refuses `nothing-to-print` when no household has a valid certificate.
    """
    demand(by, organisation, *ISSUERS)
    book = lock_book(organisation)
    chosen = _list_valid(book, household_ids)
    if not chosen:
        words = Words("还没有发证，先发证再打印。", "No certificate is issued yet: issue them first.")
        raise Refusal("nothing-to-print", words, RULE)
    ids = [one.pk for one in sorted(chosen, key=lambda one: one.number)]
    printing = Printing.objects.create(
        book=book, certificates=ids, reason=clean(reason), wanted=len(ids), asked_at=now, asked_by_id=by.id
    )
    note(
        organisation,
        "print-certificates",
        by,
        now,
        printing=printing.pk,
        count=len(ids),
        reason=printing.reason,
    )
    return printing

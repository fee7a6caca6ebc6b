"""Members join and leave: at least four of five are farmers, and nobody is a member twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, Max, Q, Sum

from huiyin.economy.cooperatives.models import MemberAccount
from huiyin.economy.cooperatives.rules import check_extra, check_members
from huiyin.economy.cooperatives.values import (
    COLLECTIVE,
    ENTITY,
    FARMER,
    ID_NUMBER,
    IDENTITY,
    KINDS,
    LAW,
    Identity,
    NewAccount,
)
from huiyin.economy.organisations.api import Organisation, demand, get_limits, note
from huiyin.journal.api import blind, open_seal, seal
from huiyin.kernel.masks import mask_id_number, mask_name
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand

PERSONS = frozenset({"farmer", "citizen"})
RULE = f"{LAW} 第20条"
LEAVING = f"{LAW} 第25条：会计年度终了三个月前（企业等六个月前）书面提出，年度终了时终止"


@transaction.atomic
def enrol(
    organisation: Organisation, new: Sequence[NewAccount], by: AccountInHand | None, now: datetime
) -> list[MemberAccount]:
    """Open an account for each, all or none; numbers go on from the last. One statement for all of them.

    Refuses `name-missing`, `number-missing`, `no-such-kind`, `member-already`, `too-few-farmers`,
    `too-many-entities`, `not-your-duty`.
    """
    if by is not None:
        demand(by, organisation, "bookkeeper", "director")
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    for one in new:
        _check(one)
    digests = [_digest(one) for one in new]
    held = MemberAccount.objects.filter(organisation=organisation)
    if len(set(digests)) < len(digests) or held.filter(id_digest__in=digests, left_on__isnull=True).exists():
        words = Words(
            "名单里有人已经是成员，或同一证件号写了两次。请核对。",
            "Somebody is a member already, or a number stands twice. Check the list.",
        )
        raise Refusal("member-already", words, RULE, "id_number")
    first = (held.aggregate(last=Max("number"))["last"] or 0) + 1
    made = MemberAccount.objects.bulk_create(
        _make(organisation, one, first + at, digests[at]) for at, one in enumerate(new)
    )
    demand_farmers(organisation)
    note(organisation, "enrol", by, now, first=first, count=len(made))
    return made


def _check(one: NewAccount) -> None:
    if not clean(one.identity.name):
        raise Refusal("name-missing", Words("请填写姓名或名称。", "Fill in the name."), field="name")
    if not clean(one.identity.id_number):
        words = Words("请填写身份证号或统一社会信用代码。", "Fill in the identity number or the code.")
        raise Refusal("number-missing", words, field="id_number")
    if one.kind not in KINDS:
        raise Refusal("no-such-kind", Words("请选择成员类别。", "Choose the kind of member."), field="kind")


def _digest(one: NewAccount) -> bytes:
    return blind(clean(one.identity.id_number).upper(), ID_NUMBER)


def _make(organisation: Organisation, one: NewAccount, number: int, digest: bytes) -> MemberAccount:
    identity, person = one.identity, one.kind in PERSONS
    code = clean(identity.id_number).upper()
    return MemberAccount(
        organisation=organisation,
        number=number,
        kind=one.kind,
        household_id=one.household_id,
        sealed=seal(asdict(identity), IDENTITY),
        id_digest=digest,
        masked_name=mask_name(clean(identity.name)) if person else clean(identity.name),
        masked_id=mask_id_number(code) if person else code,
        joined_on=one.joined_on,
    )


def open_member(account: MemberAccount) -> Identity:
    """Who a member is. Whoever shows it demands a right and a reason, and logs it."""
    return Identity(**open_seal(account.sealed, IDENTITY))


def list_staying(organisation_id: int, on: date) -> Q:
    """The condition under which an account is that of a member on that day."""
    return Q(organisation_id=organisation_id, joined_on__lte=on) & (
        Q(left_on__isnull=True) | Q(left_on__gte=on)
    )


def demand_farmers(organisation: Organisation) -> None:
    """Refuse a membership which the law forbids, counting those who have not asked to leave."""

    counted = MemberAccount.objects.filter(organisation=organisation, left_on__isnull=True).aggregate(
        total=Count("id"),
        farmers=Count("id", filter=Q(kind=FARMER)),
        entities=Count("id", filter=Q(kind__in=(COLLECTIVE, ENTITY))),
        extra=Sum("extra_votes"),
    )
    limits = get_limits(["farmers", "extra-votes"], organisation.township_id)
    check_members(counted["farmers"], counted["entities"], counted["total"], limits["farmers"])
    check_extra(counted["total"], counted["extra"] or 0, limits["extra-votes"])


def find_last_day(kind: str, asked_on: date) -> date:
    """The last day of membership of somebody who asks to leave on that day: a year's end (第25条)."""
    months = 9 if kind in PERSONS else 6
    return date(asked_on.year + (asked_on.month > months), 12, 31)


@transaction.atomic
def leave(account_id: int, asked_on: date, by: AccountInHand | None, now: datetime) -> MemberAccount:
    """Enter that a member asked to leave: membership ends with the accounting year.

    Refuses `member-not-found`, `left-already`, `too-few-farmers`, `extra-votes`, `not-your-duty`.
    """
    account = get_account_row(account_id, lock=True)
    organisation = account.organisation
    if by is not None:
        demand(by, organisation, "bookkeeper", "director")
    if account.left_on is not None:
        words = Words("已经登记过退社。", "It is entered already that the member leaves.")
        raise Refusal("left-already", words, LEAVING)
    account.asked_on, account.left_on = asked_on, find_last_day(account.kind, asked_on)
    account.extra_votes = 0
    account.save(update_fields=["asked_on", "left_on", "extra_votes"])
    demand_farmers(organisation)
    note(organisation, "leave", by, now, account=account.number, left_on=account.left_on)
    return account


def get_account_row(account_id: int, *, lock: bool = False) -> MemberAccount:
    """The account of that id with its organisation; refuses `member-not-found`."""
    found = MemberAccount.objects.select_related("organisation__township", "household")
    if lock:
        found = found.select_for_update(of=("self",))
    account = found.filter(pk=account_id).first()
    if account is None:
        raise Refusal("member-not-found", Words("没有这个成员账户。", "There is no such account."))
    return account

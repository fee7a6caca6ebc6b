"""Changes the roster: adds households and candidates, moves people within it, corrects what was wrong.

Nobody becomes a member here, or ceases to be one: that is for the assembly (`membership`).
"""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from huiyin.economy.members.models import Household, Member
from huiyin.economy.members.roster import NewMember, digest_id, make_member, open_identity
from huiyin.economy.members.rules import RULE, PersonEntry, check_entry
from huiyin.economy.members.values import IDENTITY, MemberIdentity
from huiyin.economy.organisations.api import Organisation, demand, note
from huiyin.journal.api import log_access, seal
from huiyin.kernel.masks import mask_id_number, mask_name
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand, check_reason

KEEPERS = ("bookkeeper", "director")
"""Whoever keeps the roster."""

OPENERS = ("bookkeeper", "director", "overseer", "rural")
"""Whoever may open an identity of the roster, with a reason that is logged."""


@transaction.atomic
def add_household(
    organisation: Organisation, group_name: str, by: AccountInHand | None, now: datetime
) -> Household:
    """Add an empty household with the next number; journalled. Refuses `not-your-duty`."""
    if by is not None:
        demand(by, organisation, *KEEPERS)
    lock_roster(organisation)
    last = Household.objects.filter(organisation=organisation).aggregate(most=Max("number"))["most"] or 0
    made = Household.objects.create(
        organisation=organisation, number=last + 1, group_name=clean(group_name)[:40]
    )
    note(organisation, "add-household", by, now, household=made.number)
    return made


@transaction.atomic
def add_person(
    organisation: Organisation,
    household: Household,
    entry: PersonEntry,
    by: AccountInHand | None,
    now: datetime,
) -> Member:
    """Put somebody on the roster as a candidate; journalled by number, never by name.

    Refuses `not-your-duty`, what `check_entry` refuses, and `on-roster-already`.
    """
    if by is not None:
        demand(by, organisation, *KEEPERS)
    tidy = check_entry(entry)
    lock_roster(organisation)
    refuse_known(organisation, tidy.id_number)
    made = make_member(organisation.pk, make_candidate(household, next_number(organisation), tidy))
    made.save()
    _name_head(household, made)
    note(organisation, "add-person", by, now, member=made.number, household=household.number)
    return made


def make_candidate(household: Household, number: int, entry: PersonEntry) -> NewMember:
    """A candidate of that household, as the roster takes it."""
    identity = MemberIdentity(entry.name, entry.id_number, entry.phone)
    return NewMember(
        household.pk, number, identity, entry.sex, entry.born_on, entry.relation, capable=entry.capable
    )


def lock_roster(organisation: Organisation) -> None:
    """One at a time adds to the roster of an organisation: numbers follow each other."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)


def next_number(organisation: Organisation) -> int:
    """The number of the next person on the roster."""
    last = Member.objects.filter(organisation=organisation).aggregate(most=Max("number"))["most"]
    return (last or 0) + 1


def refuse_known(organisation: Organisation, id_number: str, but: int | None = None) -> None:
    """Refuse `on-roster-already` when somebody with that number stands on this roster."""
    held = Member.objects.filter(organisation=organisation, id_digest=digest_id(id_number))
    if (held.exclude(pk=but) if but else held).exists():
        words = Words(
            "这个身份证号已经在本组织名册上。请用身份证号查找。",
            "Somebody with this number is on the roster already. Search by the number.",
        )
        raise Refusal("on-roster-already", words, RULE, "id_number")


def _name_head(household: Household, member: Member) -> None:
    if member.relation == "户主" or not household.masked_head:
        household.masked_head = member.masked_name
        household.save(update_fields=["masked_head"])


@transaction.atomic
def move_member(
    organisation: Organisation, pk: int, household: Household, relation: str, reason: str,
    by: AccountInHand, now: datetime,
) -> Member:  # fmt: skip
    """Put somebody into another household of the organisation (分户、并户); journalled with the reason.

    Shares stay with the household to which they are fixed. Refuses `not-your-duty`, `reason-needed`.
    """
    demand(by, organisation, *KEEPERS)
    told = _demand_reason(reason)
    member = get_member(organisation, pk, lock=True)
    before = member.household.number
    member.household, member.relation = household, clean(relation)[:20]
    member.save(update_fields=["household", "relation"])
    _name_head(household, member)
    told_all = {"member": member.number, "from": before, "to": household.number, "reason": told}
    note(organisation, "move-member", by, now, **told_all)
    return member


@transaction.atomic
def correct_member(
    organisation: Organisation, pk: int, entry: PersonEntry, reason: str, by: AccountInHand, now: datetime
) -> Member:
    """Put right what the roster says of somebody; journalled: which fields, why, never the values sealed.

    A name, number or phone left blank stays as it is.

    Refuses `not-your-duty`, `reason-needed`, `on-roster-already`, `member-elsewhere`, and as `check_entry`.
    """
    demand(by, organisation, *KEEPERS)
    told = _demand_reason(reason)
    member = get_member(organisation, pk, lock=True)
    held = open_identity(member)
    filled = replace(
        entry,
        name=clean(entry.name) or held.name,
        id_number=clean(entry.id_number) or held.id_number,
        phone=clean(entry.phone) or held.phone,
    )
    tidy = check_entry(filled)
    refuse_known(organisation, tidy.id_number, but=pk)
    before = (held, member.sex, member.born_on, member.relation, member.capable)
    identity = MemberIdentity(tidy.name, tidy.id_number, tidy.phone)
    member.sealed, member.id_digest = seal(asdict(identity), IDENTITY), digest_id(tidy.id_number)
    member.masked_name, member.masked_id = mask_name(tidy.name), mask_id_number(tidy.id_number)
    member.sex, member.born_on, member.relation = tidy.sex, tidy.born_on, tidy.relation
    member.capable = tidy.capable
    try:
        with transaction.atomic():
            member.save()
    except IntegrityError as error:
        raise refuse_elsewhere() from error
    after = (identity, member.sex, member.born_on, member.relation, member.capable)
    names = ("identity", "sex", "born_on", "relation", "capable")
    fields = [name for name, old, new in zip(names, before, after, strict=True) if old != new]
    note(organisation, "correct-member", by, now, member=member.number, fields=fields, reason=told)
    return member


@transaction.atomic
def reveal_member(
    organisation: Organisation, pk: int, by: AccountInHand, reason: str, now: datetime,
    request_id: str | None = None,
) -> MemberIdentity:  # fmt: skip
    """Open the seal of somebody on the roster; who, when and why goes into the access log.

    Refuses `not-your-duty`, `reason-needed`, `member-not-found`.
    """
    demand(by, organisation, *OPENERS)
    told = check_reason(reason)
    member = get_member(organisation, pk)
    log_access(
        at=now, account_id=by.id, account=by.signature, what="identity", subject=f"member:{pk}",
        reason=told, request_id=request_id,
    )  # fmt: skip
    return open_identity(member)


def get_member(organisation: Organisation, pk: int, *, lock: bool = False) -> Member:
    """Somebody on its roster; refuses `member-not-found`."""
    found = Member.objects.select_for_update(of=("self",)) if lock else Member.objects.all()
    member = found.select_related("household").filter(organisation=organisation, pk=pk).first()
    if member is None:
        words = Words(
            "名册上没有这个人。请从名册里打开。", "Nobody such is on the roster. Open it from there."
        )
        raise Refusal("member-not-found", words)
    return member


def get_numbered(organisation: Organisation, number: int) -> Member:
    """Whoever has that number on the roster; refuses `no-such-number`."""
    member = (
        Member.objects.select_related("household").filter(organisation=organisation, number=number).first()
    )
    if member is None:
        words = Words("名册上没有这个编号，请核对。", "Nobody on the roster has this number.")
        raise Refusal("no-such-number", words, field="number")
    return member


def get_household(organisation: Organisation, pk: int) -> Household:
    """One of its households; refuses `household-not-found`."""
    found = Household.objects.filter(organisation=organisation, pk=pk).first()
    if found is None:
        words = Words("没有这一户。请从名册里选。", "There is no such household. Choose it from the roster.")
        raise Refusal("household-not-found", words, field="household")
    return found


def refuse_elsewhere() -> Refusal:
    """Nobody is a member of two organisations; nothing is said of the other one."""
    words = Words(
        "此人已是其他集体经济组织的成员，不能再确认。请先核实，由其在原组织办理丧失后再办。",
        "This person is a member of another collective and cannot be one here. Check, and end that first.",
    )
    return Refusal("member-elsewhere", words, "农村集体经济组织法 第17条第一款第三项")


def _demand_reason(reason: str) -> str:
    if len(clean(reason)) < 2:
        raise Refusal("reason-needed", Words("请写明理由。", "Give the reason."), RULE, "reason")
    return clean(reason)[:400]

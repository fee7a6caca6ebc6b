"""Offices of an organisation: who holds them, from when to when, and who may not hold one.

理事会成员、会计、出纳和他们的近亲属不担任监事 (农村集体经济组织法 34).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from huiyin.economy.organisations.limits import LAW
from huiyin.economy.organisations.models import Kinship, Officer, Organisation
from huiyin.economy.organisations.noting import note
from huiyin.economy.organisations.seeing import demand
from huiyin.economy.organisations.values import OFFICES
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand

RULE = f"{LAW} 第34条"
OVERSEER = "overseer"
OVERSEEN = frozenset({"director", "board", "bookkeeper", "cashier"})
"""Offices whose holders, and the kin of whose holders, do not oversee."""
APPOINTERS = ("director", "rural")
LONGEST_YEARS = 5
"""The term of the board and of the overseers."""


def list_officers_of(organisation: Organisation, on: date) -> QuerySet[Officer]:
    """Who holds an office on that day, with their kin."""
    held = Officer.objects.filter(organisation=organisation, since_on__lte=on)
    held = held.filter(Q(until_on__isnull=True) | Q(until_on__gte=on))
    return held.select_related("account").prefetch_related("kin").order_by("id")


@transaction.atomic
def appoint(
    organisation: Organisation, office: str, name: str, term: tuple[date, date | None], reason: str,
    by: AccountInHand | None, now: datetime, kin: Iterable[tuple[str, str]] = (),
) -> Officer:  # fmt: skip
    """Let somebody hold an office for a term (`until` inclusive, or open); journalled with the reason.

    `kin`: names and relations that were declared with it. Refuses `not-your-duty`, `no-such-office`,
    `input-missing`, `bad-term` (over five years), `officer-already`, `overseer-holds-office`, `overseer-kin`.
    """
    if by is not None:
        demand(by, organisation, *APPOINTERS)
    since, until = term
    _check(organisation, office, name, term, reason)
    relations = [(clean(other), clean(relation)) for other, relation in kin if clean(other)]
    sitting = list(list_officers_of(organisation, since))
    _check_apart(office, clean(name), sitting, {other for other, _ in relations})
    officer = Officer.objects.create(
        organisation=organisation, office=office, name=clean(name), since_on=since, until_on=until
    )
    for other, relation in relations:
        _keep_kin(officer, other, relation, sitting)
    told = {"office": office, "name": officer.name, "since": since, "until": until, "reason": clean(reason)}
    note(organisation, "appoint", by, now, **told)
    return officer


def _check(
    organisation: Organisation, office: str, name: str, term: tuple[date, date | None], reason: str
) -> None:
    since, until = term
    if office not in OFFICES:
        raise Refusal("no-such-office", Words("请选择职务。", "Choose the office."), RULE, "office")
    for field, value in (("name", name), ("reason", reason)):
        if not clean(value):
            words = Words("请填写姓名和依据（选举或聘任文件）。", "Give the name and the ground.")
            raise Refusal("input-missing", words, RULE, field)
    if until is not None and (until < since or _is_too_long(since, until)):
        words = Words("任期最长五年，届满可以连选连任。请改截止日期。", "A term is five years at most.")
        raise Refusal("bad-term", words, f"{LAW} 第29条", "until")
    held = list_officers_of(organisation, since).filter(office=office, name=clean(name))
    if held.exists():
        words = Words("此人已在任这个职务。", "This person holds that office already.")
        raise Refusal("officer-already", words, RULE, "name")


def _is_too_long(since: date, until: date) -> bool:
    """Over five years, counted to the day before the same day."""
    return (until.year, until.month, until.day) > (since.year + LONGEST_YEARS, since.month, since.day)


def _check_apart(office: str, name: str, sitting: list[Officer], declared: set[str]) -> None:
    """Whoever oversees is neither one of those overseen nor kin of one."""
    other_side = [one for one in sitting if _apart(office, one.office)]
    if any(one.name == name for one in other_side):
        words = Words(
            "监事不能由理事、会计、出纳兼任。请另选他人，或先终止原职务。",
            "An overseer holds no office on the board or at the books. Choose another, or end that office.",
        )
        raise Refusal("overseer-holds-office", words, RULE, "name")
    if any(one.name in declared or _are_kin(one, name) for one in other_side):
        words = Words(
            "监事不能是理事、会计、出纳的近亲属。请另选他人。",
            "An overseer is not kin of a director or of who keeps books and cash. Choose another.",
        )
        raise Refusal("overseer-kin", words, RULE, "name")


def _apart(office: str, other: str) -> bool:
    return (office == OVERSEER and other in OVERSEEN) or (office in OVERSEEN and other == OVERSEER)


def _are_kin(one: Officer, name: str) -> bool:
    return Kinship.objects.filter(
        Q(officer=one, name=name) | Q(officer=one, other__name=name) | Q(officer__name=name, other=one)
        | Q(officer__name=name, officer__organisation_id=one.organisation_id, name=one.name)
    ).exists()  # fmt: skip


def _keep_kin(officer: Officer, name: str, relation: str, sitting: Iterable[Officer]) -> Kinship:
    other = next((one for one in sitting if one.name == name and one.pk != officer.pk), None)
    return Kinship.objects.create(officer=officer, other=other, name=name, relation=relation or "近亲属")


@transaction.atomic
def declare_kin(
    organisation: Organisation, pk: int, name: str, relation: str, by: AccountInHand, now: datetime
) -> Kinship:
    """Keep that an officer and somebody are kin: risk hints and later appointments heed it; journalled."""
    demand(by, organisation, *APPOINTERS, "bookkeeper", "overseer")
    officer = get_officer(organisation, pk)
    if not clean(name):
        raise Refusal("input-missing", Words("请填写亲属姓名。", "Give the name."), RULE, "kin")
    sitting = Officer.objects.filter(organisation=organisation, until_on__isnull=True)
    kept = _keep_kin(officer, clean(name), clean(relation), sitting)
    note(organisation, "declare-kin", by, now, officer=officer.name, office=officer.office)
    return kept


def list_clashes(officers: Iterable[Officer]) -> set[int]:
    """The overseers among them, by id, who are kin of one whom they oversee, as was declared since."""
    people = list(officers)
    overseen = [one for one in people if one.office in OVERSEEN]
    overseers = [one for one in people if one.office == OVERSEER]
    return {
        one.pk
        for one in overseers
        if any(other.name == one.name or _are_kin(other, one.name) for other in overseen)
    }


@transaction.atomic
def end_office(
    organisation: Organisation, pk: int, on: date, reason: str, by: AccountInHand, now: datetime
) -> None:
    """Let an office be held up to that day; journalled. Refuses `reason-needed`, `bad-term`."""
    demand(by, organisation, *APPOINTERS)
    officer = get_officer(organisation, pk)
    if not clean(reason):
        raise Refusal("reason-needed", Words("请写明原因。", "Give the reason."), RULE, "reason")
    if on < officer.since_on:
        words = Words("离任日期不能早于到任日期。", "The end is not before the beginning.")
        raise Refusal("bad-term", words, RULE, "until")
    officer.until_on = on
    officer.save(update_fields=["until_on"])
    told = {"office": officer.office, "name": officer.name, "until": on, "reason": clean(reason)}
    note(organisation, "end-office", by, now, **told)


def get_officer(organisation: Organisation, pk: int) -> Officer:
    """One of its officers; refuses `officer-not-found`."""
    found = Officer.objects.select_for_update(of=("self",)).filter(organisation=organisation, pk=pk).first()
    if found is None:
        raise Refusal("officer-not-found", Words("没有这位任职人员。", "There is no such officer."))
    return found

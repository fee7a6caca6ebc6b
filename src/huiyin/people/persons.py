"""Residents and company contacts: sealed at rest, shown masked, opened only for a reason that is logged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from msgspec import json

from huiyin.journal.api import Strand, blind, log_access, open_seal, seal
from huiyin.kernel.masks import mask_name, mask_phone
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.people import store
from huiyin.people.models import Person
from huiyin.people.rights import RULE, holds_right
from huiyin.people.rules import MAY_REVEAL, check_reason, normalise_phone
from huiyin.people.values import AccountInHand, Identity, NewPerson, PersonCard

PURPOSE = "person"
PHONE = "phone"


DRAW_IDS_SQL = store.QUERIES["draw_person_ids"]
"""A value for a statement that is made anyway: the JSON text of the ids of `%(persons)s` new persons."""


def seal_persons(persons: Sequence[NewPerson], ids: Sequence[int], now: datetime) -> Strand:
    """Seal persons and keep them under `ids`, as a strand of a statement. Refuses `bad-phone`."""
    rows = [_seal_row(person, own, now) for person, own in zip(persons, ids, strict=True)]
    return Strand(store.QUERIES["register_persons"], {"new_persons": json.encode(rows).decode()})


def _seal_row(person: NewPerson, own: int, now: datetime) -> dict[str, Any]:
    identity = _tidy(person.identity)
    return {
        "id": own,
        "kind": person.kind,
        "sealed": seal(asdict(identity), PURPOSE),
        "phone_digest": blind(identity.phone, PHONE) if identity.phone else None,
        "masked_name": mask_name(identity.name),
        "masked_phone": mask_phone(identity.phone),
        "company_id": person.company_id,
        "created_at": now,
    }


def _tidy(identity: Identity) -> Identity:
    phone = normalise_phone(identity.phone) if identity.phone.strip() else ""
    return Identity(clean(identity.name), phone, clean(identity.id_number).upper(), clean(identity.address))


@transaction.atomic
def reveal_person(
    person_id: int, account: AccountInHand, reason: str, now: datetime, request_id: str | None = None,
    *, right: str | None = None,
) -> Identity:  # fmt: skip
    """Open the seal. Who opened it, when and why goes into the access log in the same transaction.

    `right` names the right that the matter asks for besides a role (a confidential one: `confidential`).
    Refuses `reason-needed` (under four signs), `reveal-not-allowed` (no role that works on cases, or not the
    right) and `person-not-found` (nobody, or anonymised since).
    """
    told = check_reason(reason)
    if not account.roles & MAY_REVEAL:
        words = Words("您的岗位不能查看诉求人身份。", "Your role may not see who the person is.")
        raise Refusal("reveal-not-allowed", words, rule="个人信息保护法 第51条")
    if right is not None and not holds_right(account, right, timezone.localdate(now)):
        words = Words(
            "这件事要求保密，须由安全管理员专门授权才能查看。",
            "The matter is confidential: only whom the security officer gave the right by name may look.",
        )
        raise Refusal("reveal-not-allowed", words, rule=RULE)
    person = Person.objects.filter(pk=person_id, anonymised_at__isnull=True).first()
    if person is None:
        raise Refusal("person-not-found", Words("没有这个人的登记。", "There is no such person."))
    log_access(
        at=now,
        account_id=account.id,
        account=account.signature,
        what=f"identity-{right}" if right else "identity",
        subject=f"person:{person_id}",
        reason=told,
        request_id=request_id,
    )
    return Identity(**open_seal(person.sealed, PURPOSE))


def open_for_contact(person_id: int) -> Identity:
    """Open the seal for the system itself (a text message to be sent); never to show it to staff."""
    return Identity(**open_seal(Person.objects.get(pk=person_id).sealed, PURPOSE))


@transaction.atomic
def anonymise_persons(person_ids: Iterable[int], now: datetime) -> list[int]:
    """Take away for good who they were: seal, phone digest, masks. The ids that were not anonymous before.

    What they raised stays; nobody can be called or found by a number any more. There is no way back.
    """
    ids = list(
        Person.objects.select_for_update()
        .filter(pk__in=list(person_ids), anonymised_at__isnull=True)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    nobody = asdict(Identity())
    for person_id in ids:
        Person.objects.filter(pk=person_id).update(
            sealed=seal(nobody, PURPOSE), phone_digest=None, masked_name="", masked_phone="", company=None,
            anonymised_at=now,
        )  # fmt: skip
    return ids


def find_persons_by_phone(phone: str) -> list[PersonCard]:
    """Everybody registered with this number, newest first, masked. Refuses `bad-phone`."""
    found = Person.objects.filter(phone_digest=blind(normalise_phone(phone), PHONE))
    return [_card(person) for person in found.select_related("company").order_by("-id")]


def map_persons(person_ids: Iterable[int]) -> dict[int, PersonCard]:
    """Masked cards by id; unknown ids are left out. One statement."""
    found = Person.objects.select_related("company").filter(pk__in=set(person_ids))
    return {person.pk: _card(person) for person in found}


def _card(person: Person) -> PersonCard:
    company = person.company
    return PersonCard(
        id=person.pk,
        kind=person.kind,
        masked_name=person.masked_name,
        masked_phone=person.masked_phone,
        company_id=person.company_id,
        company_name=company.name if company else "",
    )

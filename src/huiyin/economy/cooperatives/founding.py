"""Registers a co-operative: an organisation with its own books and office, led by a village's collective."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from huiyin.economy.cooperatives.models import Cooperative
from huiyin.economy.cooperatives.values import MODELS
from huiyin.economy.organisations.api import (
    OFFICES,
    Charter,
    Officer,
    Organisation,
    OrganisationKind,
    Standard,
    demand,
    note,
)
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand, Post, Unit, UnitKind


@dataclass(frozen=True, slots=True)
class NewCooperative:
    """A co-operative to be registered; `code` is its registered code."""

    leader: Organisation
    code: str
    name: str
    model: str
    founded_on: date
    resolution: str = ""
    resolved_on: date | None = None
    name_en: str = ""


@transaction.atomic
def found_cooperative(new: NewCooperative, by: AccountInHand | None, now: datetime) -> Organisation:
    """Register it beside the collective whose party organisation leads it; journalled on both chains.

    At first the officers of the collective hold the same posts in it, until an administrator changes them.
    Refuses `not-your-duty` (the township's clerk does it), `name-missing`, `code-missing`, `code-taken`,
    `no-such-model`, `leader-wrong`.
    """
    if by is not None:
        demand(by, new.leader, "rural")
    _check(new)
    unit = _make_unit(new)
    organisation = Organisation.objects.create(
        code=clean(new.code), kind=OrganisationKind.COOPERATIVE, standard=Standard.COOPERATIVE,
        name=clean(new.name), name_en=clean(new.name_en), unit=unit, area=new.leader.area,
        township=new.leader.township, leader=new.leader, founded_on=new.founded_on,
    )  # fmt: skip
    Charter.objects.create(
        organisation=organisation, version=1, adopted_on=new.founded_on, reserve_per_mille=100
    )
    Cooperative.objects.create(
        organisation=organisation,
        model=new.model,
        resolution=clean(new.resolution),
        resolved_on=new.resolved_on,
    )
    _carry_posts(new.leader, organisation, timezone.localdate(now))
    note(organisation, "found-cooperative", by, now, model=new.model, leader=new.leader.code)
    note(new.leader, "lead-cooperative", by, now, cooperative=organisation.code)
    return organisation


def _check(new: NewCooperative) -> None:
    if not clean(new.name):
        raise Refusal("name-missing", Words("请填写名称。", "Fill in the name."), field="name")
    if not clean(new.code):
        raise Refusal("code-missing", Words("请填写登记编码。", "Fill in the registered code."), field="code")
    if new.model not in MODELS:
        raise Refusal("no-such-model", Words("请选择领办模式。", "Choose the model."), field="model")
    if new.leader.kind == OrganisationKind.COOPERATIVE:
        words = Words("领办的应是村集体经济组织。", "A village collective leads a co-operative.")
        raise Refusal("leader-wrong", words, field="leader")
    if Organisation.objects.filter(code=clean(new.code)).exists():
        words = Words("这个编码已经登记。请核对。", "This code is registered already. Check it.")
        raise Refusal("code-taken", words, field="code")


def _make_unit(new: NewCooperative) -> Unit:
    return Unit.objects.create(
        key=f"c-{Unit.objects.order_by('-id').values_list('id', flat=True)[0] + 1}",
        name=clean(new.name),
        short=clean(new.name),
        name_en=clean(new.name_en),
        kind=UnitKind.COLLECTIVE,
        parent=new.leader.township,
        area=new.leader.area,
        sort=2000,
    )


def _carry_posts(leader: Organisation, organisation: Organisation, today: date) -> None:
    held = Post.objects.filter(unit_id=leader.unit_id).exclude(until_on__lt=today)
    Post.objects.bulk_create(
        Post(account_id=post.account_id, unit_id=organisation.unit_id, role=post.role, since_on=today)
        for post in held
    )
    officers = leader.officers.filter(until_on__isnull=True, office__in=OFFICES)
    Officer.objects.bulk_create(
        Officer(
            organisation=organisation, office=one.office, name=one.name, account_id=one.account_id,
            since_on=today,
        )
        for one in officers
    )  # fmt: skip


@transaction.atomic
def set_model(
    organisation: Organisation,
    model: str,
    resolution: str,
    resolved_on: date | None,
    by: AccountInHand | None,
    now: datetime,
) -> Cooperative:
    """Say by which model it works, and what resolved on it. Refuses `no-such-model`, `not-your-duty`."""
    if by is not None:
        demand(by, organisation, "director", "rural")
    if model not in MODELS:
        raise Refusal("no-such-model", Words("请选择领办模式。", "Choose the model."), field="model")
    given = {"model": model, "resolution": clean(resolution), "resolved_on": resolved_on}
    cooperative, _ = Cooperative.objects.update_or_create(organisation=organisation, defaults=given)
    note(organisation, "set-model", by, now, model=model, resolution=clean(resolution))
    return cooperative

"""Founds an organisation with its unit and first charter, adopts new charters, closes and reopens one."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from huiyin.cases.api import Case
from huiyin.economy.organisations.limits import LAW, get_limit
from huiyin.economy.organisations.models import Charter, Organisation, OrganisationKind, Standard
from huiyin.economy.organisations.noting import note
from huiyin.economy.organisations.seeing import demand, find_scope
from huiyin.economy.organisations.values import OVERSEES
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand, Area, Unit, UnitKind

RULE_FOUNDING = f"{LAW} 第19条、第22条：依法登记，取得特别法人资格；章程由成员大会制定"
RULE_CHARTER = f"{LAW} 第20条、第26条、第28条：章程由成员大会制定、修改"
RULE_CLOSING = f"{LAW} 第23条、第24条、第26条：合并、分立、解散由成员大会决定"
CODE = re.compile(r"[0-9A-Z]{18}")
PAYS_TO: dict[str, Words] = {
    "household": Words("按户发放", "To households"),
    "member": Words("按人发放", "To members"),
}
RESIDUALS: dict[str, Words] = {
    "311": Words("311 公积公益金", "311 Reserve"),
    "322": Words("322 收益分配（未分配收益）", "322 Undistributed income"),
}
"""Accounts that may take what cannot be divided."""


@dataclass(frozen=True, slots=True)
class NewCharter:
    """What a charter lays down; parts are per mille."""

    adopted_on: date
    reserve_per_mille: int = 300
    collective_per_mille: int = 0
    holding_cap_per_mille: int = 30
    residual: str = "311"
    pays_to: str = "household"
    spread_years: int = 1


@dataclass(frozen=True, slots=True)
class NewOrganisation:
    """An organisation to be founded in an area; `leader_code` is the collective that leads a co-operative."""

    code: str
    name: str
    kind: str
    area_id: int
    founded_on: date
    charter: NewCharter
    leader_code: str = ""
    name_en: str = ""


Gate = Callable[[Organisation, str, datetime], None]
_GATES: dict[str, Gate] = {}


def register_resolution_gate(matter: str, gate: Gate) -> None:
    """Have `gate` asked for a resolution before a charter is adopted (`charter`) or one closes (`merger`).

    It gets the organisation and the subject and raises the `Refusal`. Called when an application is ready.
    """
    _GATES[matter] = gate


def name_charter(version: int) -> str:
    """The subject under which the assembly resolves on that version."""
    return f"charter:{version}"


CLOSING = "closing"
"""The subject under which the assembly resolves to close the organisation."""


def list_places(account: AccountInHand) -> list[Area]:
    """The villages in which the account may found an organisation: of its townships, or all."""
    scope = find_scope(account)
    villages = Area.objects.filter(level="village").order_by("code")
    if any(post.role == OVERSEES and post.unit_kind != "township" for post in account.posts):
        return list(villages)
    seats = Unit.objects.filter(pk__in=scope.townships).values("area_id")
    return list(villages.filter(parent_id__in=seats))


@transaction.atomic
def found(new: NewOrganisation, by: AccountInHand, now: datetime) -> Organisation:
    """Found it, with a unit for its officers and its first charter; journalled.

    Refuses `area-not-yours`, `code-unreadable`, `code-taken`, `name-missing`, `kind-unknown`,
    `leader-not-found`, and what `check_charter` refuses.
    """
    area = next((one for one in list_places(by) if one.pk == new.area_id), None)
    if area is None:
        words = Words("请选本乡镇的村。", "Choose a village of your township.")
        raise Refusal("area-not-yours", words, RULE_FOUNDING, "area")
    code, name = clean(new.code).upper(), clean(new.name)
    _check_named(code, name, new.kind)
    township = Unit.objects.filter(kind=UnitKind.TOWNSHIP, area_id=area.parent_id or 0, active=True).first()
    if township is None:
        words = Words("这个村没有乡镇政府单位，先由管理员登记。", "The township's unit is missing.")
        raise Refusal("township-not-set", words, RULE_FOUNDING, "area")
    check_charter(new.charter, township.pk)
    organisation = Organisation.objects.create(
        code=code,
        name=name,
        name_en=clean(new.name_en),
        kind=new.kind,
        standard=_standard_of(new.kind),
        unit=_make_unit(code, name, clean(new.name_en), area, township),
        area=area,
        township=township,
        leader=_find_leader(new),
        founded_on=new.founded_on,
    )
    Charter.objects.create(organisation=organisation, version=1, **asdict(new.charter))
    note(organisation, "found", by, now, code=code, name=name, kind=new.kind, area=area.code)
    return organisation


def _check_named(code: str, name: str, kind: str) -> None:
    if not CODE.fullmatch(code):
        words = Words("统一社会信用代码是 18 位数字和大写字母。", "The code has 18 digits and capitals.")
        raise Refusal("code-unreadable", words, RULE_FOUNDING, "code")
    if Organisation.objects.filter(code=code).exists():
        words = Words("这个代码已经登记过。", "This code is taken already.")
        raise Refusal("code-taken", words, RULE_FOUNDING, "code")
    if not name:
        raise Refusal("name-missing", Words("请填名称。", "Give the name."), RULE_FOUNDING, "name")
    if kind not in OrganisationKind.values:
        raise Refusal("kind-unknown", Words("请选类型。", "Choose the kind."), RULE_FOUNDING, "kind")


def _standard_of(kind: str) -> str:
    return Standard.COOPERATIVE if kind == OrganisationKind.COOPERATIVE else Standard.COLLECTIVE


def _find_leader(new: NewOrganisation) -> Organisation | None:
    code = clean(new.leader_code).upper()
    if not code or new.kind != OrganisationKind.COOPERATIVE:
        return None
    leader = Organisation.objects.filter(code=code, active=True).exclude(kind=new.kind).first()
    if leader is None:
        words = Words("没有这个领办的集体经济组织。", "There is no such collective to lead it.")
        raise Refusal("leader-not-found", words, field="leader")
    return leader


def _make_unit(code: str, name: str, name_en: str, area: Area, township: Unit) -> Unit:
    return Unit.objects.create(
        key=f"o-{code.lower()}",
        name=name,
        short=name,
        name_en=name_en,
        kind=UnitKind.COLLECTIVE,
        parent=township,
        area=area,
        sort=2000,
    )


def check_charter(new: NewCharter, township_id: int | None) -> None:
    """Refuse a charter whose parts cannot be, or whose collective share is above the limit that is set."""
    bounds = {
        "reserve_per_mille": (0, 1000),
        "collective_per_mille": (0, get_limit("collective-share", township_id)),
        "holding_cap_per_mille": (1, 1000),
        "spread_years": (1, 30),
    }
    for field, (least, most) in bounds.items():
        if not least <= getattr(new, field) <= most:
            words = Words("应在 {least} 到 {most} 之间。", "It must be from {least} to {most}.")
            raise Refusal("charter-out-of-range", words.fill(least=least, most=most), RULE_CHARTER, field)
    if new.residual not in RESIDUALS:
        words = Words("请选尾差计入的科目。", "Choose the account for remainders.")
        raise Refusal("charter-out-of-range", words, RULE_CHARTER, "residual")
    if new.pays_to not in PAYS_TO:
        words = Words("请选发放到户还是到人。", "Choose to whom it pays.")
        raise Refusal("charter-out-of-range", words, RULE_CHARTER, "pays_to")


@transaction.atomic
def adopt_charter(organisation: Organisation, new: NewCharter, by: AccountInHand, now: datetime) -> Charter:
    """Register the next version of the charter, which the assembly has resolved on; journalled.

    Earlier versions stay. Refuses `not-your-duty`, what `check_charter` refuses, and without a resolution
    what the gate refuses.
    """
    demand(by, organisation, OVERSEES)
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    check_charter(new, organisation.township_id)
    last = organisation.charters.order_by("-version").first()
    version = last.version + 1 if last else 1
    _ask("charter", organisation, name_charter(version), now)
    charter = Charter.objects.create(organisation=organisation, version=version, **asdict(new))
    told = {**asdict(new), "adopted_on": new.adopted_on.isoformat()}
    note(organisation, "adopt-charter", by, now, version=version, charter=told)
    return charter


@transaction.atomic
def close_organisation(organisation: Organisation, reason: str, by: AccountInHand, now: datetime) -> None:
    """Close it: what is recorded stays, and nothing new is. Journalled.

    Refuses `not-your-duty`, `reason-needed`, `cases-open`, and without a resolution what the gate refuses.
    """
    demand(by, organisation, OVERSEES)
    if not clean(reason):
        words = Words("请写明撤销的依据。", "Say what closing rests on.")
        raise Refusal("reason-needed", words, RULE_CLOSING, "reason")
    open_cases = Case.objects.filter(lead_id=organisation.unit_id, closed_at__isnull=True).count()
    if open_cases:
        words = Words("还有 {count} 件事没有办完，办完才能撤销。", "{count} matters are still open.")
        raise Refusal("cases-open", words.fill(count=open_cases), RULE_CLOSING)
    _ask("merger", organisation, CLOSING, now)
    _switch(organisation, active=False)
    note(organisation, "close", by, now, reason=clean(reason))


@transaction.atomic
def reopen_organisation(organisation: Organisation, by: AccountInHand, now: datetime) -> None:
    """Take a closing back; journalled."""
    demand(by, organisation, OVERSEES)
    _switch(organisation, active=True)
    note(organisation, "reopen", by, now)


def list_closed(account: AccountInHand) -> list[Organisation]:
    """Closed organisations of the clerk's townships, or all for a county clerk."""
    found_in = {one.pk for one in list_places(account)}
    closed = Organisation.objects.filter(active=False, area_id__in=found_in)
    return list(closed.select_related("township", "area").order_by("code"))


def _switch(organisation: Organisation, *, active: bool) -> None:
    Organisation.objects.filter(pk=organisation.pk).update(active=active)
    Unit.objects.filter(pk=organisation.unit_id).update(active=active)


def _ask(matter: str, organisation: Organisation, subject: str, now: datetime) -> None:
    gate = _GATES.get(matter)
    if gate is not None and organisation.kind != OrganisationKind.COOPERATIVE:
        gate(organisation, subject, now)

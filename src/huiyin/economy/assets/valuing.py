"""Values assets by the democratic method or a valuer, and files the valuation with the township."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from huiyin.economy.assets.keeping import get_asset, name_asset
from huiyin.economy.assets.models import Asset, Valuation
from huiyin.economy.assets.values import METHODS, PURPOSES
from huiyin.economy.organisations.api import Organisation, demand, get_limit, note
from huiyin.journal.api import append
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand, make_entry

RULE = "农村集体资产评估：没有价值或发生流转的，须民主评议或委托评估，经民主决议并报乡镇备案"


@dataclass(frozen=True, slots=True)
class NewValuation:
    """A valuation as it was typed. `valuers`: who assessed, or the valuer; `resolution`: which one agreed."""

    purpose: str
    method: str
    valued_fen: int
    valued_on: date
    valuers: str
    resolution: str
    report: str = ""


@transaction.atomic
def value_asset(
    organisation: Organisation, asset_id: int, new: NewValuation, by: AccountInHand, now: datetime
) -> Valuation:
    """Write down a valuation; it may be used once the township has filed it.

    Refuses `no-such-method`, `amount-missing`, `valuers-missing` (a democratic one names at least as many as
    the limit `valuers`), `report-missing`, `resolution-missing`, `valued-ahead`.
    """
    demand(by, organisation, "bookkeeper", "director")
    asset = get_asset(organisation, asset_id)
    _check(new, get_limit("valuers", organisation.township_id), now.date())
    made = Valuation.objects.create(
        asset=asset, purpose=new.purpose, method=new.method, valued_fen=new.valued_fen,
        valued_on=new.valued_on, valuers=clean(new.valuers), report=clean(new.report),
        resolution=clean(new.resolution), made_by_id=by.id, made_at=now,
    )  # fmt: skip
    _tell(made, "value-asset", by, now)
    return made


def _check(new: NewValuation, most: int, today: date) -> None:
    if new.method not in METHODS or new.purpose not in PURPOSES:
        raise _refuse("no-such-method", "请选择用途和评估方式。", "Choose purpose and method.", "method")
    if new.valued_fen <= 0:
        raise _refuse("amount-missing", "请填写评估价值。", "Give the value.", "value")
    if new.valued_on > today:
        raise _refuse("valued-ahead", "评估日期不能晚于今天。", "It cannot lie ahead.", "valued_on")
    names = [one for one in clean(new.valuers).replace("，", "、").replace(",", "、").split("、") if one]
    if new.method == "democratic" and len(names) < most:
        words = Words(
            "民主评议至少 {most} 人参加，请写明姓名，用顿号隔开。",
            "At least {most} people assess together: name them, with 、 between.",
        )
        raise Refusal("valuers-missing", words.fill(most=most), RULE, "valuers")
    if new.method == "valuer" and not (names and clean(new.report)):
        raise _refuse(
            "report-missing", "请写明评估机构和报告编号。", "Name the valuer and its report.", "report"
        )
    if len(clean(new.resolution)) < 2:
        raise _refuse(
            "resolution-missing", "请写明通过评估结果的决议。", "Name the resolution on it.", "resolution"
        )


@transaction.atomic
def file_valuation(
    organisation: Organisation,
    valuation_id: int,
    by: AccountInHand,
    now: datetime,
    returned: str | None = None,
) -> Valuation:
    """The township files a valuation, or returns it with a reason. Refuses `filed-already`, `same-person`."""
    demand(by, organisation, "rural")
    found = Valuation.objects.select_for_update(of=("self",)).select_related("asset__organisation")
    one = found.filter(pk=valuation_id, asset__organisation=organisation).first()
    if one is None:
        raise Refusal("valuation-not-found", Words("没有这份评估。", "There is no such valuation."))
    if one.filed_at or one.returned_at:
        raise _refuse("filed-already", "这份评估已经办过了。", "It was dealt with already.", "")
    if one.made_by_id == by.id:
        raise _refuse("same-person", "评估和备案须是不同的人。", "Another person must file it.", "")
    if returned is None:
        one.filed_by_id, one.filed_at = by.id, now
    elif not clean(returned):
        raise _refuse("reason-missing", "请写明退回的理由。", "Say why it is returned.", "reason")
    else:
        one.returned_at, one.returned_reason = now, clean(returned)
    one.save()
    _tell(one, "file-valuation" if returned is None else "return-valuation", by, now)
    return one


def find_valuation(asset_id: int, purpose: str = "") -> Valuation | None:
    """The newest valuation of the asset that is filed, for a purpose if that is named."""
    found = Valuation.objects.filter(asset_id=asset_id, filed_at__isnull=False)
    if purpose:
        found = found.filter(purpose=purpose)
    return found.order_by("-filed_at", "-id").first()


def demand_valuation(asset: Asset, purpose: str) -> Valuation:
    """The filed valuation without which an asset may not be used so; refuses `valuation-not-filed`."""
    found = find_valuation(asset.pk, purpose)
    if found is None:
        words = Words(
            "“{name}”没有已备案的评估。请先评估、决议，报乡镇备案。",
            "“{name}” has no filed valuation. Value it, have it resolved and filed first.",
        )
        raise Refusal("valuation-not-filed", words.fill(name=asset.name), RULE)
    return found


def _tell(one: Valuation, verb: str, by: AccountInHand, now: datetime) -> None:
    told: dict[str, object] = {
        "code": one.asset.code, "fen": one.valued_fen, "method": one.method, "purpose": one.purpose,
        "resolution": one.resolution, "reason": one.returned_reason,
    }  # fmt: skip
    append([make_entry(name_asset(one.asset), verb, by, now, **told)])
    note(one.asset.organisation, verb, by, now, **told)


def _refuse(code: str, zh: str, en: str, field: str) -> Refusal:
    return Refusal(code, Words(zh, en), RULE, field)

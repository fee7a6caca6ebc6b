"""Keeps the registers: entries are added, changed, ended, each time with what it rests on, and journalled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from huiyin.economy.assets.models import Asset, Inventory
from huiyin.economy.assets.rules import check_asset, read_voucher_reference, tell_mu
from huiyin.economy.assets.values import REGISTERS, RULE, NewAsset
from huiyin.economy.books.api import Voucher
from huiyin.economy.organisations.api import Organisation, demand, note
from huiyin.journal.api import StoredEntry, append, list_entries
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand, make_entry

KEEPERS = ("bookkeeper",)
"""Who writes in the registers."""
FIELDS = (
    "name", "account", "place", "keeper", "party", "use", "land_class", "area_mu", "quantity", "measure",
    "value_fen", "contract", "deed", "note", "acquired_on",
)  # fmt: skip
"""What may be changed of an entry."""


@transaction.atomic
def add_assets(
    organisation: Organisation, new: Sequence[NewAsset], by: AccountInHand, now: datetime
) -> list[Asset]:
    """Add entries outside an inventory: each rests on a voucher or a contract.

    Refuses what `check_asset` and `demand_basis` refuse, and whoever is not the bookkeeper.
    """
    demand(by, organisation, *KEEPERS)
    for one in new:
        demand_basis(organisation, one.basis or one.contract)
    return write_assets(organisation, new, by, now)


def write_assets(
    organisation: Organisation,
    new: Sequence[NewAsset],
    by: AccountInHand | None,
    now: datetime,
    inventory: Inventory | None = None,
) -> list[Asset]:
    """Write entries that are allowed, numbered within their registers without a gap, and journal them."""
    for one in new:
        check_asset(one)
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    last = dict(
        Asset.objects.filter(organisation=organisation).values_list("register").annotate(last=Max("number"))
    )
    rows = []
    for one in new:
        last[one.register] = last.get(one.register, 0) + 1
        rows.append(_make_row(organisation, one, last[one.register], now, inventory))
    made = Asset.objects.bulk_create(rows)
    append([make_entry(name_asset(one), "add-asset", by, now, **tell_asset(one)) for one in made])
    note(organisation, "add-assets", by, now, codes=[one.code for one in made])
    return made


def _make_row(
    organisation: Organisation, new: NewAsset, number: int, now: datetime, inventory: Inventory | None
) -> Asset:
    register = REGISTERS[new.register]
    given = {key: clean(value) if isinstance(value, str) else value for key, value in asdict(new).items()}
    if not register.accounts:
        given |= {"account": ""}
    else:
        given |= {"area_mu": None, "land_class": ""}
    code = f"{register.letters}{number:04d}"
    return Asset(
        organisation=organisation, number=number, code=code, added_at=now, found_in=inventory, **given
    )


def name_asset(asset: Asset) -> str:
    """The subject under which the journal keeps what happens to an entry."""
    return f"asset:{asset.organisation_id}-{asset.code}"


def tell_asset(asset: Asset) -> dict[str, Any]:
    """What the journal keeps of an entry."""
    return {"code": asset.code, **{key: _tell(getattr(asset, key)) for key in (*FIELDS, "basis")}}


def _tell(value: Any) -> Any:
    if value is None or isinstance(value, int | str):
        return value
    return value.isoformat() if isinstance(value, date) else tell_mu(value)


def demand_basis(organisation: Organisation, basis: str) -> None:
    """Refuse `basis-missing`, and `no-such-voucher` when it names a voucher that the books do not have."""
    said = clean(basis)
    if len(said) < 2:
        words = Words(
            "盘点之外增加或注销，须写明凭证（如 2026-03/5）或合同编号。",
            "Outside an inventory, name the voucher (such as 2026-03/5) or the contract.",
        )
        raise Refusal("basis-missing", words, RULE, "basis")
    named = read_voucher_reference(said)
    if named is None:
        return
    month, number = named
    held = Voucher.objects.filter(
        organisation=organisation, month__month=date.fromisoformat(f"{month}-01"), number=number
    )
    if not held.exists():
        words = Words(
            "账上没有 {month} 第 {number} 号凭证。", "The books have no voucher {number} of {month}."
        )
        raise Refusal("no-such-voucher", words.fill(month=month, number=number), RULE, "basis")


@transaction.atomic
def change_asset(
    asset_id: int, fresh: Mapping[str, Any], reason: str, by: AccountInHand, now: datetime
) -> Asset:
    """Change an entry that stands, for a reason; what it was stays in its journal.

    Refuses `asset-ended`, `reason-missing`, and what `check_asset` refuses.
    """
    asset = _lock(asset_id, by)
    _demand_reason(reason)
    before = {key: getattr(asset, key) for key in FIELDS}
    wanted = {key: clean(v) if isinstance(v, str) else v for key, v in fresh.items() if key in FIELDS}
    changed = {key: value for key, value in wanted.items() if value != before[key]}
    check_asset(NewAsset(asset.register, **{**before, **wanted}))
    if not changed:
        return asset
    for key, value in changed.items():
        setattr(asset, key, value)
    asset.save(update_fields=list(changed))
    told = {key: [_tell(before[key]), _tell(value)] for key, value in changed.items()}
    _tell_both(asset, "change-asset", by, now, {"changed": told, "reason": clean(reason)})
    return asset


@transaction.atomic
def end_asset(asset_id: int, on: date, reason: str, basis: str, by: AccountInHand, now: datetime) -> Asset:
    """End an entry outside an inventory: with a reason, and the voucher or contract that it rests on.

    Refuses `asset-ended`, `reason-missing`, and what `demand_basis` refuses.
    """
    asset = _lock(asset_id, by)
    _demand_reason(reason)
    demand_basis(asset.organisation, basis)
    asset.ended_on, asset.ended_reason, asset.ended_basis = on, clean(reason), clean(basis)
    asset.save(update_fields=["ended_on", "ended_reason", "ended_basis"])
    told = {"on": on.isoformat(), "reason": clean(reason), "basis": clean(basis)}
    _tell_both(asset, "end-asset", by, now, told)
    return asset


def _tell_both(
    asset: Asset, verb: str, by: AccountInHand | None, now: datetime, told: Mapping[str, Any]
) -> None:
    append([make_entry(name_asset(asset), verb, by, now, **told)])
    note(asset.organisation, verb, by, now, code=asset.code, **told)


def _lock(asset_id: int, by: AccountInHand) -> Asset:
    found = Asset.objects.select_for_update(of=("self",)).select_related("organisation__unit")
    asset = found.filter(pk=asset_id).first()
    if asset is None:
        raise refuse_asset()
    demand(by, asset.organisation, *KEEPERS)
    if asset.ended_on is not None:
        words = Words("这一条已经注销，不能再改。", "This entry has ended and cannot be changed.")
        raise Refusal("asset-ended", words, RULE)
    return asset


def _demand_reason(reason: str) -> None:
    if len(clean(reason)) < 2:
        raise Refusal("reason-missing", Words("请写明理由。", "Give the reason."), RULE, "reason")


def refuse_asset() -> Refusal:
    """Nothing is said of what may not be seen."""
    words = Words("没有这条台账。请从列表里打开。", "There is no such entry. Open it from the list.")
    return Refusal("asset-not-found", words)


def get_asset(organisation: Organisation, asset_id: int) -> Asset:
    """The entry of that id in the organisation's registers; refuses `asset-not-found`."""
    found = Asset.objects.select_related("organisation").filter(organisation=organisation, pk=asset_id)
    asset = found.first()
    if asset is None:
        raise refuse_asset()
    return asset


def list_history(asset: Asset) -> list[StoredEntry]:
    """All that happened to the entry, oldest first."""
    return list_entries(name_asset(asset))

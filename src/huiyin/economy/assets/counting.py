"""Works on an inventory: its elders, what was counted, what was found, why things differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from huiyin.cases.api import Kept, record_files
from huiyin.economy.assets.comparing import choose_book_value, compare, read_balances, read_found
from huiyin.economy.assets.keeping import write_assets
from huiyin.economy.assets.models import Asset, CountLine, Difference, Elder, Inventory
from huiyin.economy.assets.rules import check_treatment
from huiyin.economy.assets.values import HELPERS, LAND, REGISTERS, RULE, SEEN, NewAsset
from huiyin.economy.organisations.api import demand, list_seen, note
from huiyin.kernel.money import MOST_FEN
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand

CLEARING, REGISTERING, VERIFYING = "clearing", "registering", "verifying"


@dataclass(frozen=True, slots=True)
class Count:
    """What was found of one line. `fen` is counted in money, `area_mu` in 亩 for land."""

    line_id: int
    seen: str
    fen: int | None = None
    area_mu: Decimal | None = None
    note: str = ""


def get_inventory(number: str, account: AccountInHand) -> Inventory:
    """The inventory of that case number, when the account sees its organisation.

    Refuses `inventory-not-found`.
    """
    found = Inventory.objects.select_related(
        "case", "organisation__unit", "organisation__township", "organisation__area", "resolution__meeting"
    )
    one = found.filter(case__number=clean(number), organisation__in=list_seen(account)).first()
    if one is None:
        words = Words("没有这次清产核资。请从列表里打开。", "There is no such inventory.")
        raise Refusal("inventory-not-found", words)
    return one


def find_running(organisation_id: int) -> Inventory | None:
    """The newest inventory of the organisation."""
    found = Inventory.objects.select_related("case").filter(organisation_id=organisation_id)
    return found.order_by("-year").first()


def start_lines(inventory: Inventory) -> None:
    """A line for every entry that stands, with what register or books say of it on that day."""
    standing = list(
        Asset.objects.filter(organisation_id=inventory.organisation_id, ended_on__isnull=True).order_by("id")
    )
    balances = read_balances(inventory.organisation, inventory.as_of)
    CountLine.objects.bulk_create(
        CountLine(
            inventory=inventory,
            asset=one,
            book_fen=choose_book_value(one, standing, balances),
            book_mu=one.area_mu,
        )
        for one in standing
    )


@transaction.atomic
def name_elders(
    inventory: Inventory, elders: Sequence[tuple[str, str]], by: AccountInHand, now: datetime
) -> None:
    """Name the elders who look on (name and kind), until the count is verified; who agreed stays.

    Refuses `no-such-elder`.
    """
    _lock(inventory, by, (CLEARING, REGISTERING, VERIFYING), "bookkeeper", "director", "overseer")
    wanted = {clean(name): kind for name, kind in elders if clean(name)}
    if any(kind not in HELPERS or len(name) > 40 for name, kind in wanted.items()):
        words = Words("请选择“五老”的身份。", "Choose what kind of elder each is.")
        raise Refusal("no-such-elder", words, RULE, "kind")
    inventory.elders.exclude(name__in=wanted).filter(agreed_at__isnull=True).delete()
    Elder.objects.bulk_create(
        [Elder(inventory=inventory, name=name, kind=kind) for name, kind in wanted.items()],
        ignore_conflicts=True,
    )
    note(inventory.organisation, "name-elders", by, now, case=inventory.case.number, elders=list(wanted))


@transaction.atomic
def agree_elder(inventory: Inventory, elder_id: int, by: AccountInHand, now: datetime) -> None:
    """The overseer writes down that an elder has looked on and agrees with what was counted."""
    _lock(inventory, by, (VERIFYING,), "overseer")
    if inventory.elders.filter(pk=elder_id, agreed_at__isnull=True).update(agreed_at=now):
        elder = inventory.elders.get(pk=elder_id)
        note(inventory.organisation, "elder-agrees", by, now, case=inventory.case.number, elder=elder.name)


@transaction.atomic
def count_lines(
    inventory: Inventory, counts: Sequence[Count], by: AccountInHand, now: datetime
) -> list[Difference]:
    """Write down what was counted, and answer what the checks find now.

    Refuses `line-not-found`, `no-such-state`, `amount-missing`, `area-missing`.
    """
    _lock(inventory, by, (REGISTERING,), "bookkeeper")
    held = {
        line.pk: line
        for line in inventory.lines.select_related("asset").filter(pk__in=[one.line_id for one in counts])
    }
    for one in counts:
        if one.line_id not in held:
            raise Refusal("line-not-found", Words("没有这一行。", "There is no such line."))
        _take(held[one.line_id], one, by, now)
    CountLine.objects.bulk_update(
        held.values(),
        ["counted_fen", "counted_mu", "seen", "note", "counted_by", "counted_at", "checked_by"],
    )
    told = {line.asset.code: line.counted_fen for line in held.values()}
    note(inventory.organisation, "count", by, now, case=inventory.case.number, counted=told)
    return compare(inventory)


def _take(line: CountLine, one: Count, by: AccountInHand, now: datetime) -> None:
    land = REGISTERS[line.asset.register].kind == LAND
    fen, area = (0, one.area_mu) if land else (one.fen, None)
    if one.seen == "missing":
        fen, area = 0, Decimal(0) if land else None
    if one.seen not in SEEN:
        raise _refuse("no-such-state", "请选择“{name}”在不在。", "Say whether “{name}” is there.", line)
    if fen is None or not 0 <= fen <= MOST_FEN:
        raise _refuse("amount-missing", "请填写“{name}”盘点的价值。", "Give the value of “{name}”.", line)
    if land and (area is None or (one.seen != "missing" and area <= 0)):
        raise _refuse("area-missing", "请填写“{name}”实测面积。", "Give the area of “{name}”.", line)
    line.counted_fen, line.counted_mu, line.seen = fen, area, one.seen
    line.note = clean(one.note)[:400]
    line.counted_by_id, line.counted_at, line.checked_by_id = by.id, now, None


@transaction.atomic
def keep_photo(inventory: Inventory, line_id: int, kept: Kept, by: AccountInHand, now: datetime) -> None:
    """Keep a photo of what was counted with its line, as a file of the inventory's case; the newest shows.

    Refuses `line-not-found`.
    """
    _lock(inventory, by, (REGISTERING,), "bookkeeper")
    line = inventory.lines.select_related("asset").filter(pk=line_id).first()
    if line is None:
        raise Refusal("line-not-found", Words("没有这一行。", "There is no such line."))
    (line.photo_id,) = record_files(inventory.case_id, [kept], by.name, now, public=False)
    line.save(update_fields=["photo"])
    told = {"code": line.asset.code, "sha256": kept.sha256}
    note(inventory.organisation, "photograph", by, now, case=inventory.case.number, **told)


@transaction.atomic
def add_found(inventory: Inventory, new: NewAsset, by: AccountInHand, now: datetime) -> Asset:
    """Register what was found and stands in no register (盘盈): counted at its value, on the books nothing.

    Without a value it needs a valuation before the count can be verified.
    """
    _lock(inventory, by, (REGISTERING,), "bookkeeper")
    asset = write_assets(inventory.organisation, [new], by, now, inventory)[0]
    CountLine.objects.create(
        inventory=inventory, asset=asset, book_fen=0, book_mu=None, counted_fen=asset.value_fen or 0,
        counted_mu=asset.area_mu, seen="present", counted_by_id=by.id, counted_at=now,
    )  # fmt: skip
    compare(inventory)
    return asset


@transaction.atomic
def explain_differences(
    inventory: Inventory, explained: Mapping[int, tuple[str, str]], by: AccountInHand, now: datetime
) -> None:
    """Say why each differs and what becomes of it: id → (explanation, treatment).

    Refuses what `check_treatment` refuses, and `difference-not-found`.
    """
    _lock(inventory, by, (REGISTERING, VERIFYING), "bookkeeper")
    held = {row.pk: row for row in inventory.differences.filter(pk__in=explained)}
    for pk, (explanation, treatment) in explained.items():
        if pk not in held:
            raise Refusal("difference-not-found", Words("没有这条差异。", "There is no such difference."))
        check_treatment(read_found(held[pk]), treatment, explanation)
        held[pk].explanation, held[pk].treatment = clean(explanation)[:1000], treatment
        held[pk].explained_by_id = by.id
    Difference.objects.bulk_update(held.values(), ["explanation", "treatment", "explained_by"])
    told = [[row.kind, row.fault, row.register, row.gap_fen, row.treatment] for row in held.values()]
    note(inventory.organisation, "explain", by, now, case=inventory.case.number, differences=told)


def _lock(inventory: Inventory, by: AccountInHand, stages: tuple[str, ...], *roles: str) -> None:
    """Hold the inventory, in one of the stages in which this may be done, by whoever may do it."""
    demand(by, inventory.organisation, *roles)
    held = Inventory.objects.select_for_update(of=("self",)).select_related("case").get(pk=inventory.pk)
    inventory.case = held.case
    if held.case.stage not in stages:
        words = Words(
            "清产核资现在不在这一步，不能改。要重新盘点，请由监事退回或理事长重盘。",
            "The inventory is past this step. To count anew, have it sent back.",
        )
        raise Refusal("wrong-stage", words, RULE)


def _refuse(code: str, zh: str, en: str, line: CountLine) -> Refusal:
    return Refusal(code, Words(zh, en).fill(name=line.asset.name), RULE, f"line-{line.pk}")

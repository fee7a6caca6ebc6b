"""Compares what was counted with registers and books, and keeps what the checks find."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from huiyin.economy.assets.models import Asset, CountLine, Difference, Inventory
from huiyin.economy.assets.rules import find_faults
from huiyin.economy.assets.values import CLAIM, DEBT, MONEY, REGISTERS, Counted, Found
from huiyin.economy.books.api import EVER, fold_chart, get_chart, sum_accounts
from huiyin.economy.organisations.api import Organisation

Key = tuple[str, str, str, int | None, str]


def read_balances(organisation: Organisation, until: date) -> dict[str, int]:
    """Balance by account and sub-account at the end of that day, debits above nothing."""
    sums = sum_accounts([organisation.pk], EVER, until).get(organisation.pk, {})
    return {code: one.net_fen for code, one in sums.items()}


def read_ledger(organisation: Organisation, until: date) -> dict[str, int]:
    """The same by the accounts of the chart alone."""
    chart = get_chart(organisation.standard)
    sums = sum_accounts([organisation.pk], EVER, until).get(organisation.pk, {})
    return {code: one.net_fen for code, one in fold_chart(sums, chart).items()}


def choose_book_value(asset: Asset, standing: Iterable[Asset], balances: dict[str, int]) -> int:
    """What the books say of the entry: the balance of an account that it has for itself, else its value.

    Money, claims and debts move daily, so their registers take the balance of the day from the books.
    """
    register = REGISTERS[asset.register]
    alone = sum(one.account == asset.account for one in standing) == 1
    own = register.kind in {MONEY, CLAIM, DEBT} and alone and asset.account in balances
    bare = "-" in asset.account or not any(
        code.startswith(f"{asset.account}-") and fen for code, fen in balances.items()
    )
    if own and bare:
        return register.sign * balances[asset.account]
    return asset.value_fen or 0


def compare(inventory: Inventory) -> list[Difference]:
    """What the checks find now; explanations stay with what has not changed, and what is mended goes."""
    organisation = inventory.organisation
    lines = list(inventory.lines.select_related("asset"))
    ledger = read_ledger(organisation, inventory.as_of)
    found = find_faults([_look(line) for line in lines], ledger, get_chart(organisation.standard))
    held = {_key_of(row): row for row in inventory.differences.all()}
    wanted = {_key(one): one for one in found}
    Difference.objects.filter(pk__in=[row.pk for key, row in held.items() if key not in wanted]).delete()
    fresh = [_make_row(inventory, one) for key, one in wanted.items() if key not in held]
    Difference.objects.bulk_create(fresh)
    changed = [row for key, row in held.items() if key in wanted and _follow(row, wanted[key])]
    Difference.objects.bulk_update(
        changed, ["book_fen", "counted_fen", "gap_mu", "explanation", "treatment", "explained_by"]
    )
    return list_differences(inventory)


def _look(line: CountLine) -> Counted:
    asset = line.asset
    return Counted(
        line.pk, asset.register, asset.account, line.book_fen, line.counted_fen, line.book_mu,
        line.counted_mu, asset.place, asset.keeper, asset.party, asset.deed,
        asset.basis or asset.contract,
    )  # fmt: skip


def _key(found: Found) -> Key:
    return found.check, found.fault, found.register, found.line_id, found.account


def _key_of(row: Difference) -> Key:
    return row.kind, row.fault, row.register, row.line_id, row.account


def _make_row(inventory: Inventory, found: Found) -> Difference:
    return Difference(
        inventory=inventory, kind=found.check, fault=found.fault, register=found.register,
        line_id=found.line_id, account=found.account, book_fen=found.book_fen,
        counted_fen=found.counted_fen, gap_mu=found.gap_mu,
    )  # fmt: skip


def _follow(row: Difference, found: Found) -> bool:
    """Take over what changed; an explanation of another sum explains nothing any more."""
    if (row.book_fen, row.counted_fen, row.gap_mu) == (found.book_fen, found.counted_fen, found.gap_mu):
        return False
    row.book_fen, row.counted_fen, row.gap_mu = found.book_fen, found.counted_fen, found.gap_mu
    row.explanation, row.treatment, row.explained_by_id = "", "", None
    return True


def read_found(row: Difference) -> Found:
    """The row as the rules know it."""
    return Found(
        row.kind, row.fault, row.register, row.line_id, row.account, row.book_fen, row.counted_fen,
        row.gap_mu,
    )  # fmt: skip


def list_differences(inventory: Inventory) -> list[Difference]:
    """What the checks found, check by check in the order in which they are told."""
    order = {key: at for at, key in enumerate(_ORDER)}
    rows = inventory.differences.select_related("line__asset", "voucher", "explained_by")
    return sorted(rows, key=lambda row: (order[row.kind], row.register, row.line_id or 0, row.account))


_ORDER = (
    "account-clear", "thing-clear", "title-clear", "books-books", "books-things", "books-papers",
    "books-money", "books-sheet",
)  # fmt: skip

"""Keeping the holders of cells: who answers for a cell, who stands in. Every change is journalled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from huiyin.grid import store
from huiyin.grid.models import Holder
from huiyin.grid.phones import Phone, open_phone, seal_phone
from huiyin.grid.rules import choose_acting
from huiyin.grid.values import OnDuty
from huiyin.journal.api import StoredEntry, list_entries_of
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import Account, Area, Keeper, check_desk_phone, choose_area, map_areas

RESPONSIBLE = 0
MOST_SUBSTITUTES = 9


@dataclass(frozen=True, slots=True)
class HolderCard:
    """What is kept of a holder; `cell` is a code, `login` an account's, days are written 2026-01-31.

    `rank` 0 is the responsible person, 1 the first substitute. With an account, name and phone are its own
    unless they are given.
    """

    cell: str
    since: str
    name: str = ""
    login: str = ""
    phone: str = ""
    rank: int = RESPONSIBLE
    until: str = ""
    id: int | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.phone, Phone):
            object.__setattr__(self, "phone", Phone(self.phone))


def _describe(holder: Holder) -> HolderCard:
    return HolderCard(
        cell=holder.cell.code,
        since=holder.since_on.isoformat(),
        name=holder.name,
        login=holder.account.login if holder.account else "",
        phone=Phone(open_phone(holder.sealed_phone), holder.masked_phone),
        rank=holder.rank,
        until=holder.until_on.isoformat() if holder.until_on else "",
        id=holder.pk,
    )


@dataclass(frozen=True, slots=True)
class _Known:
    areas: dict[str, Area]
    accounts: dict[str, Account]


def _know(cards: Sequence[HolderCard], _held: Sequence[Holder], _now: datetime) -> _Known:
    logins = {card.login for card in cards if card.login}
    accounts = {one.login: one for one in Account.objects.filter(login__in=logins)} if logins else {}
    return _Known(map_areas(card.cell for card in cards), accounts)


def _settle(holder: Holder, card: HolderCard, known: _Known) -> dict[str, Any]:
    cell = choose_area(card.cell, known.areas, holder.cell_id)
    if cell.level != "cell":
        raise Refusal("not-a-cell", Words("这里要填网格。", "A cell is wanted here."), field="cell")
    account = _find_account(holder, card, known)
    name = card.name or (account.name if account else "")
    if not name.strip():
        words = Words("请填姓名，或者选一个账号。", "Give a name, or an account.")
        raise Refusal("words-needed", words, field="name")
    if not 0 <= card.rank <= MOST_SUBSTITUTES:
        words = Words(
            "0 是网格员，1 至 {most} 是替补的顺序。",
            "0 is the responsible person, 1 to {most} the substitutes.",
        )
        raise Refusal("bad-rank", words.fill(most=MOST_SUBSTITUTES), field="rank")
    return {
        "cell": cell,
        "rank": card.rank,
        "name": name,
        "account": account,
        **_settle_days(card),
        **_settle_phone(card.phone),
    }


def _find_account(holder: Holder, card: HolderCard, known: _Known) -> Account | None:
    account = known.accounts.get(card.login)
    if card.login and (account is None or not (account.active or account.pk == holder.account_id)):
        words = Words("没有登录名是 {login} 的在用账号。", "No account in use has the login {login}.")
        raise Refusal("account-not-found", words.fill(login=card.login), field="login")
    return account


def _settle_days(card: HolderCard) -> dict[str, date | None]:
    since = date.fromisoformat(card.since)
    until = date.fromisoformat(card.until) if card.until else None
    if until is not None and until < since:
        words = Words("结束日期不能早于开始日期。", "It cannot end before it begins.")
        raise Refusal("ends-before-start", words, field="until")
    return {"since_on": since, "until_on": until}


def _settle_phone(phone: str) -> dict[str, Any]:
    """A mask that was only read leaves the number as it is."""
    if isinstance(phone, Phone) and (phone.plain or not str(phone)):
        check_desk_phone(phone.plain)
        return {"sealed_phone": seal_phone(phone), "masked_phone": str(phone)}
    return {}


HOLDER_KEEPER = Keeper(
    entries=Holder.objects,
    blank=HolderCard("", ""),
    key="id",
    chain="holder",
    noun="holder",
    describe=_describe,
    know=_know,
    settle=_settle,
    related=("cell", "account"),
    order=("cell__code", "rank", "id"),
)
"""Refuses `area-not-found`, `not-a-cell`, `account-not-found`, `words-needed`, `bad-rank`, `bad-phone`,
`ends-before-start` and `entry-not-found`. The record tells a phone by its mask."""


def list_duty(cell_ids: Iterable[int], on: date) -> dict[int, list[OnDuty]]:
    """Who holds each cell on that day, in their order; the first who is not away is marked. One statement."""
    found: dict[int, list[OnDuty]] = {cell_id: [] for cell_id in cell_ids}
    if found:
        for one in choose_acting(store.list_duty(found, on)):
            found[one.cell_id].append(one)
    return found


def tell_phone(holder: OnDuty) -> str:
    """The number to call, for whoever may: the sealed one, or the office phone of the account."""
    return (open_phone(holder.sealed) if holder.sealed else "") or holder.phone


def list_held_cells(account_id: int, on: date) -> list[int]:
    """Ids of the cells that the account holds on that day, as whatever rank."""
    held = Holder.objects.filter(account_id=account_id, since_on__lte=on).exclude(until_on__lt=on)
    return sorted(set(held.values_list("cell_id", flat=True)))


def list_holders(cell_id: int) -> list[Holder]:
    """Everybody who holds, held or will hold the cell, newest first."""
    found = Holder.objects.filter(cell_id=cell_id).select_related("account")
    return list(found.order_by("-since_on", "rank", "id"))


def list_cell_history(cell_id: int, code: str) -> list[StoredEntry]:
    """What the journal holds of a cell and its holders, oldest first. Two statements."""
    ids = Holder.objects.filter(cell_id=cell_id).values_list("pk", flat=True)
    return list_entries_of([f"area:{code}", *(f"holder:{pk}" for pk in ids)])

"""Registers of the demo county, and this year's inventories in every step from clearing to management."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial

from django.utils import timezone

from huiyin.app.demo.economy.assemblies_held import resolve
from huiyin.app.demo.economy.registers import invent_registers
from huiyin.cases.api import make_acting, move_case
from huiyin.economy.assets.api import (
    OF_ACCOUNT,
    REGISTERS,
    Asset,
    Count,
    CountLine,
    Difference,
    Inventory,
    NewAsset,
    NewValuation,
    Round,
    Valuation,
    add_found,
    agree_elder,
    count_lines,
    explain_differences,
    file_valuation,
    fold_ledger,
    list_differences,
    list_treatments,
    name_elders,
    open_inventories,
    read_balances,
    read_found,
    subject_of,
    value_asset,
    write_assets,
)
from huiyin.economy.organisations.api import Organisation
from huiyin.economy.postings.api import NewQuestion, ask, find_posting
from huiyin.people.api import AccountInHand, Post, find_account, take_in_hand

SINCE, LATER = timedelta(days=45), timedelta(days=6)
"""When the first part of the county began, and when the rest did."""
STAGES = (
    "managed", "clearing", "registering", "verifying", "first", "confirmed", "registering", "second",
    "to-post", "reported", "clearing", "verifying", "third", "managed", "accepted", "registering",
)  # fmt: skip
"""How far the first organisations are, one by one; the others have hardly begun, the last two not."""
ORDER = (
    "clearing", "registering", "verifying", "to-post", "first", "second", "third", "confirmed", "reported",
    "accepted", "managed",
)  # fmt: skip
UNOPENED = 2
ELDERS = (("彭守田", "cadre"), ("苏桂兰", "teacher"), ("程德顺", "soldier"), ("田学文", "member"))
ASSESSORS = "彭守田、苏桂兰、程德顺、田学文、宋月娥"
REASONS = {
    "less": "年久损坏，监督的老同志现场看过",
    "more": "当时漏登，这次查清",
    "area": "修机耕路占用了一角，已实地丈量",
    "no-deed": "正在申请补办不动产登记",
    "no-paper": "单据在镇代理中心，正在取回",
    "ledger": "月末计提晚记了一天，已核对清单",
}
"""Why things differ, by what was found."""
OBJECTION = "大塘的面积不止这些，去年测的时候还有东边一块，请重新量。"
ROLES = ("bookkeeper", "overseer", "director")


@dataclass(slots=True)
class Doing:
    """One organisation's inventory, as the demo takes it along."""

    organisation: Organisation
    inventory: Inventory
    hands: dict[str, AccountInHand]
    rng: random.Random
    now: datetime
    target: str

    def posted(self, turn: int) -> datetime:
        """When that posting was put up: the one that hangs two days ago, each before it a week earlier."""
        last = min(ORDER.index(self.target) - ORDER.index("to-post"), 3)
        hangs = self.target in {"first", "second", "third"}
        return self.now - timedelta(days=(2 if hangs else 10) + 7 * max(last - turn, 0))

    def move(self, key: str, role: str, at: datetime, **inputs: str) -> None:
        """Make a move as whoever it belongs to."""
        acting = make_acting(self.hands[role])
        move_case(self.inventory.case.number, key, inputs or {"note": "按规定办理"}, acting, at)


def fill_assets(now: datetime) -> None:
    """Registers of every collective that has none, and the year's inventory as far as each is."""
    wanted = Organisation.objects.filter(standard="collective", assets__isnull=True)
    fresh = list(wanted.select_related("township", "area", "unit").order_by("code"))
    if not fresh:
        return
    opened = now - SINCE
    as_of = timezone.localdate(opened).replace(day=1) - timedelta(days=1)
    accounts = _read_hands(fresh, timezone.localdate(now))
    for one in fresh:
        rng = random.Random(f"assets:{one.code}")  # noqa: S311  # invented things
        balances = dict(_choose(one, as_of))
        new = list(invent_registers(balances, rng, one.founded_on or date(2020, 1, 1)))
        write_assets(one, new, accounts[one.pk].get("bookkeeper"), opened - timedelta(days=30))
        _value_leases(one, accounts[one.pk], rng, opened - timedelta(days=3))
    _open(fresh[: len(fresh) - UNOPENED or None], accounts, as_of, now)


def _choose(one: Organisation, as_of: date) -> Iterator[tuple[str, int]]:
    """Balances of the accounts that registers hold, each by its side; sub-accounts by themselves."""
    balances = read_balances(one, as_of)
    plain = {code: fen for code, fen in balances.items() if "-" not in code}
    for code, fen in (fold_ledger(plain) | {c: f for c, f in balances.items() if "-" in c}).items():
        head = code.partition("-")[0]
        own = fen * REGISTERS[OF_ACCOUNT[head]].sign if head in OF_ACCOUNT else 0
        if own > 0:
            yield code, own


def _read_hands(organisations: list[Organisation], on: date) -> dict[int, dict[str, AccountInHand]]:
    """Whoever holds each role, by organisation."""
    units = {one.unit_id: one.pk for one in organisations}
    taken: dict[int, AccountInHand | None] = {}
    held: dict[int, dict[str, AccountInHand]] = {one.pk: {} for one in organisations}

    def take(account_id: int) -> AccountInHand | None:
        if account_id not in taken:
            taken[account_id] = take_in_hand(account_id, on)
        return taken[account_id]

    for post in Post.objects.filter(role__in=ROLES, unit_id__in=units).order_by("id"):
        if (account := take(post.account_id)) is not None:
            held[units[post.unit_id]].setdefault(post.role, account)
    townships = {one.township_id for one in organisations}
    rural = {
        post.unit_id: take(post.account_id)
        for post in Post.objects.filter(role="rural", unit_id__in=townships)
    }
    for one in organisations:
        clerk = rural.get(one.township_id)
        if clerk is not None:
            held[one.pk]["rural"] = clerk
    return held


def _open(
    organisations: list[Organisation],
    accounts: dict[int, dict[str, AccountInHand]],
    as_of: date,
    now: datetime,
) -> None:
    clerk = find_account("hexuewen")
    by = take_in_hand(clerk.pk, timezone.localdate(now)) if clerk else None
    if by is None:
        return
    ahead = len(STAGES) * 3 // 2
    for part, opened in ((organisations[:ahead], now - SINCE), (organisations[ahead:], now - LATER)):
        year = Round.objects.create(
            year=as_of.year, as_of=as_of, wanted=len(part), done=len(part), state="done",
            opened_by_id=by.id, opened_at=opened, finished_at=opened,
        )  # fmt: skip
        for at, inventory in enumerate(open_inventories(part, year, by, opened)):
            one = inventory.organisation = part[at]
            rng = random.Random(f"inventory:{one.code}")  # noqa: S311  # invented counts
            stage = STAGES[at % len(STAGES)] if opened == now - SINCE else "clearing"
            _go(Doing(one, inventory, accounts[one.pk], rng, now, stage))


def _go(doing: Doing) -> None:
    """Take it along until it stands where it should."""
    if not all(role in doing.hands for role in (*ROLES, "rural")):
        return
    for step in _STEPS[: ORDER.index(doing.target)]:
        step(doing)
    _leave(doing)


def _clear(doing: Doing) -> None:
    at = doing.now - timedelta(days=36)
    name_elders(doing.inventory, ELDERS[: doing.rng.randint(3, 4)], doing.hands["bookkeeper"], at)
    doing.move("clear", "bookkeeper", at)


def _register(doing: Doing) -> None:
    at = doing.posted(1) - timedelta(days=7)
    _count(doing, at)
    if doing.target == "verifying" or doing.rng.random() < 0.3:
        _find_mill(doing, at)
    if doing.rng.random() < 0.85:
        _explain(doing, at)
    doing.move("register", "bookkeeper", at)


def _count(doing: Doing, at: datetime, part: int = 1) -> None:
    lines = list(doing.inventory.lines.select_related("asset").order_by("id"))
    counts = [_make_count(line, doing.rng) for line in lines[:: part or 1]]
    count_lines(doing.inventory, counts, doing.hands["bookkeeper"], at)


def _make_count(line: CountLine, rng: random.Random) -> Count:
    asset, book, area = line.asset, line.book_fen, line.book_mu
    luck = rng.random()
    if area is not None:
        return Count(line.pk, "present", None, area - Decimal("0.2") if luck < 0.08 and area > 1 else area)
    if asset.register in {"fixed", "stock"} and luck < 0.06:
        return Count(line.pk, "missing", note="找不到实物")
    if asset.register in {"fixed", "biological"} and luck < 0.16:
        return Count(line.pk, "worn", book * 8 // 10, note="已损坏")
    return Count(line.pk, "present", book)


def _find_mill(doing: Doing, at: datetime) -> None:
    """A mill that stood in no register: valued by the elders, filed by the township, counted at that."""
    new = NewAsset(
        "fixed", "老水碾", "151", "村口溪边", "周满仓", quantity=Decimal(1), measure="座", deed="照片"
    )
    mill = add_found(doing.inventory, new, doing.hands["bookkeeper"], at)
    valuation = NewValuation(
        "inventory", "democratic", 600_000, timezone.localdate(at), ASSESSORS, "成员代表会议纪要"
    )
    made = value_asset(doing.organisation, mill.pk, valuation, doing.hands["bookkeeper"], at)
    if doing.target != "verifying" or doing.rng.random() < 0.3:
        file_valuation(doing.organisation, made.pk, doing.hands["rural"], at)
    line = doing.inventory.lines.get(asset=mill)
    count_lines(doing.inventory, [Count(line.pk, "present", 600_000)], doing.hands["bookkeeper"], at)


def _explain(doing: Doing, at: datetime) -> None:
    explained = {
        row.pk: (REASONS.get(row.fault, "已逐项核对，情况属实"), _treat(row))
        for row in list_differences(doing.inventory)
    }
    explain_differences(doing.inventory, explained, doing.hands["bookkeeper"], at)


def _treat(row: Difference) -> str:
    """What is gone is recovered from whoever kept it; what is worn is a loss."""
    ways = list_treatments(read_found(row))
    gone = row.line is not None and row.line.seen == "missing"
    return "recover" if gone and "recover" in ways else ways[0]


def _verify(doing: Doing) -> None:
    at = doing.posted(1) - timedelta(days=3)
    for one in doing.inventory.elders.order_by("id"):
        agree_elder(doing.inventory, one.pk, doing.hands["overseer"], at)
    for unfiled in Valuation.objects.filter(asset__found_in=doing.inventory, filed_at__isnull=True):
        file_valuation(doing.organisation, unfiled.pk, doing.hands["rural"], at)
    _explain(doing, at)
    doing.move("verify", "overseer", at)


def _post(key: str, turn: int) -> Callable[[Doing], None]:
    def post(doing: Doing) -> None:
        doing.move(key, "director", doing.posted(turn))

    return post


def _confirm(doing: Doing) -> None:
    resolve(doing.organisation, "inventory", doing.inventory.case.number, "清产核资结果", doing.now)
    doing.move("confirm", "director", doing.now - timedelta(hours=8))


def _then(key: str, role: str, hours: int) -> Callable[[Doing], None]:
    return partial(_make_move, key, role, hours)


def _make_move(key: str, role: str, hours: int, doing: Doing) -> None:
    doing.move(key, role, doing.now - timedelta(hours=hours))


_STEPS: tuple[Callable[[Doing], None], ...] = (
    _clear,
    _register,
    _verify,
    _post("post_first", 1),
    _post("post_second", 2),
    _post("post_third", 3),
    _confirm,
    _then("report", "bookkeeper", 6),
    _then("accept", "rural", 4),
    _then("take_in", "rural", 2),
)
"""From each of `ORDER` to the next."""


def _leave(doing: Doing) -> None:
    """What is half done where it stands: a count that goes on, an objection under a posting."""
    if doing.target == "registering":
        _count(doing, doing.now - timedelta(days=2), doing.rng.choice((1, 2, 3)))
    turn = {"first": 1, "second": 2}.get(doing.target)
    if turn is None:
        return
    posting = find_posting(doing.organisation.pk, subject_of(doing.inventory), turn)
    if posting is not None:
        new = NewQuestion(posting.pk, OBJECTION, "objection", name="胡长河")
        ask(new, doing.now - timedelta(hours=30))


def _value_leases(
    one: Organisation, hands: dict[str, AccountInHand], rng: random.Random, at: datetime
) -> None:
    """Of some, a parcel that is let: valued, and filed, returned, or waiting for the township."""
    parcel = Asset.objects.filter(organisation=one, register="land", use="leased").first()
    if parcel is None or rng.random() > 0.4 or not {"bookkeeper", "rural"} <= hands.keys():
        return
    fen = rng.randrange(300_000, 6_000_000, 10_000)
    new = NewValuation("lease", "democratic", fen, timezone.localdate(at), ASSESSORS, "成员代表会议纪要")
    made = value_asset(one, parcel.pk, new, hands["bookkeeper"], at)
    luck = rng.random()
    if luck < 0.7:
        returned = "评议人员没有签字，请补齐" if luck < 0.15 else None
        file_valuation(one, made.pk, hands["rural"], at + timedelta(days=1), returned)

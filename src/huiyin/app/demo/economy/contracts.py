"""Contracts and payments of the demo county, in every state."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone

from huiyin.app.demo.economy.contract_scenes import SCENES, Scene
from huiyin.app.demo.economy.hinted import post_hinted
from huiyin.app.demo.economy.organisations import FIRST
from huiyin.app.demo.economy.reviewed import review_villages
from huiyin.cases.api import Acting, make_acting, move_case
from huiyin.economy.contracts.api import (
    Contract,
    NewContract,
    NewPayment,
    Payment,
    Receipt,
    Rent,
    ask_payments,
    draft_contracts,
    end_contract,
    receive,
    refresh_hints,
    set_method,
)
from huiyin.economy.organisations.api import Organisation
from huiyin.people.api import AccountInHand, Post, take_in_hand

VILLAGES = 14
TWICE = 5
"""So many of them have two contracts."""
WHO = {
    "settle": "bookkeeper",
    "resolve": "director",
    "report": "bookkeeper",
    "file": "rural",
    "send_back": "rural",
    "redraft": "director",
    "withdraw": "bookkeeper",
    "submit": "bookkeeper",
    "agree": "overseer",
    "disagree": "overseer",
    "pay": "cashier",
}
BANK = "禾川农村商业银行"
COVERED = ("submit", "agree", "report", "file")
REASONS = {
    "send_back": "合同没有附会议记录，请补齐后再报",
    "withdraw": "承包方放弃，合同不签了",
    "disagree": "没有预算，也没有三方比价，不同意支付",
}


class Hands:
    """Whoever holds a role at an organisation or at its township."""

    def __init__(self, organisations: Sequence[Organisation], today: date) -> None:
        units = {one.unit_id for one in organisations} | {one.township_id for one in organisations}
        posts = Post.objects.filter(unit_id__in=units).order_by("-id")
        self._ids = {(post.role, post.unit_id): post.account_id for post in posts}
        self._today = today
        self._held: dict[int, AccountInHand] = {}

    def take(self, role: str, one: Organisation) -> AccountInHand:
        """The account in hand."""
        pk = self._ids[role, one.township_id if role == "rural" else one.unit_id]
        if pk not in self._held:
            found = take_in_hand(pk, self._today)
            if found is None:
                raise LookupError(f"account {pk} of the demo county is closed")
            self._held[pk] = found
        return self._held[pk]

    def act(self, role: str, one: Organisation) -> Acting:
        """The same as somebody who acts on cases."""
        return make_acting(self.take(role, one))


def fill_contracts(now: datetime) -> None:
    """Make contracts, payments, reviews and audits of some villages."""
    today = timezone.localdate(now)
    found = Organisation.objects.select_related("area", "unit", "township").filter(contracts__isnull=True)
    collectives = found.exclude(kind="cooperative").select_related("township").order_by("code")
    chosen = sorted(collectives, key=lambda one: one.township.key != FIRST)[::4][:VILLAGES]
    if not chosen or Contract.objects.exists():
        return
    hands = Hands(chosen, today)
    for at, one in enumerate(chosen):
        scenes = [SCENES[at % len(SCENES)], *([SCENES[at + 3]] if at < TWICE else ())]
        contracts = [_play(one, scene, hands, now) for scene in scenes]
        _spend(one, at, contracts, hands, now)
    post_hinted(chosen, hands, now)
    review_villages(chosen, hands, now)


def fill_hints(now: datetime) -> None:
    """Look for hints over all books, as the morning's job does."""
    refresh_hints(now)


def _play(one: Organisation, scene: Scene, hands: Hands, now: datetime) -> Contract:
    """Draft it some days ago and take it as far as it came."""
    today = timezone.localdate(now)
    since, until = today - timedelta(scene.ago), today + timedelta(scene.ahead)
    rents = _make_rents(scene, since, until)
    new = NewContract(
        one.pk, scene.kind, scene.title, scene.other, scene.party, scene.subject,
        sum(rent.fen for rent in rents), since, until, rents, since - timedelta(3),
    )  # fmt: skip
    begun = now - timedelta(min(scene.ago, 25), hours=2)
    contract = draft_contracts([new], hands.act("bookkeeper", one), begun)[0]
    for step, move in enumerate(scene.moves, 1):
        at = begun + timedelta(hours=5 * step)
        if move == "resolve":
            set_method(
                contract.pk, "delegates", f"{today.year} 年第 2 次会议", hands.take("director", one), at
            )
        move_case(contract.case.number, move, _say(move), hands.act(WHO[move], one), at)
    _receive(one, contract, scene, hands, now)
    if scene.ends:
        end_contract(contract.pk, today, "承租方转产，双方协商终止", hands.take("director", one), now)
    return contract


def _make_rents(scene: Scene, since: date, until: date) -> list[Rent]:
    days = max((until - since).days, 1)
    step = 30 * scene.months if scene.months < 12 else 365
    return [Rent(since + timedelta(gone), scene.yuan * 100) for gone in range(0, days, step)]


def _say(move: str) -> dict[str, str]:
    return (
        {"reason": REASONS.get(move, "会议还有不同意见，改后再议")} if move in {*REASONS, "redraft"} else {}
    )


def _receive(one: Organisation, contract: Contract, scene: Scene, hands: Hands, now: datetime) -> None:
    dues = {due.at: due for due in contract.dues.all()}
    for at in scene.receives:
        if at in dues and contract.incoming:
            receipt = Receipt(dues[at].pk, dues[at].fen, timezone.localdate(now) - timedelta(3))
            receive(receipt, hands.take("bookkeeper", one), now)


_STATES: tuple[tuple[str, ...], ...] = (
    (*COVERED, "pay"), COVERED, COVERED[:-1], ("submit",), (), ("submit", "disagree"),
)  # fmt: skip
_GOODS = (
    ("更换水泵", "禾川县农机供销有限公司", "511", 6800),
    ("维修文化广场", "禾川县山泉建筑有限公司", "514", 12600),
    ("购置打印机和档案柜", "禾川县文汇办公用品商行", "151", 7350),
    ("修补村道", "禾川县通途路桥有限公司", "153", 26400),
)


def _spend(one: Organisation, at: int, contracts: list[Contract], hands: Hands, now: datetime) -> None:
    """A payment in one of the states; where a contract is paid, its first due."""
    paid = next((it for it in contracts if not it.incoming), None)
    if paid is not None:
        new = _pay_due(one, paid)
        paid.refresh_from_db()
        _ask(one, new, (*COVERED, "pay") if paid.filed_at else ("submit", "agree"), hands, now)
    purpose, payee, account, yuan = _GOODS[at % len(_GOODS)]
    new = NewPayment(
        one.pk,
        purpose,
        payee,
        "company",
        "bank",
        account,
        yuan * 100,
        payee,
        BANK,
        f"{4100 + at}",
    )
    _ask(one, new, _STATES[at % len(_STATES)], hands, now)


def _pay_due(one: Organisation, contract: Contract) -> NewPayment:
    due = contract.dues.order_by("at")[0]
    name = contract.counterparty
    return NewPayment(
        one.pk, f"{contract.title}（第 1 期）", name, contract.party, "bank", "511", due.fen, name,
        BANK, "0731", contract.pk, due.pk,
    )  # fmt: skip


def _ask(one: Organisation, new: NewPayment, moves: Sequence[str], hands: Hands, now: datetime) -> Payment:
    begun = now - timedelta(5, hours=3)
    payment = ask_payments([new], hands.act("bookkeeper", one), begun)[0]
    for step, move in enumerate(moves, 1):
        role = "director" if move == "report" else WHO[move]
        at = begun + timedelta(hours=7 * step)
        move_case(payment.case.number, move, _say(move), hands.act(role, one), at)
    return payment

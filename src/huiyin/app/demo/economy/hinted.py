"""Vouchers of the demo county that are worth a look: one village for each kind of hint."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

from django.utils import timezone

from huiyin.economy.books.api import Line, NewVoucher, Voucher, post_vouchers
from huiyin.economy.organisations.api import Kinship, Officer, Organisation
from huiyin.people.api import AccountInHand


class Taking(Protocol):
    """Who holds a role at an organisation."""

    def take(self, role: str, one: Organisation) -> AccountInHand:
        """The account in hand."""


def post_hinted(villages: Sequence[Organisation], hands: Taking, now: datetime) -> None:
    """Post what each kind of hint is found by, in months that are open."""
    today = timezone.localdate(now)
    for one, make in zip(villages, (*MAKERS, *MAKERS[:3]), strict=False):
        made, reviewed = hands.take("bookkeeper", one).id, hands.take("reviewer", one).id
        for new in make(one, today):
            signed = NewVoucher(
                new.organisation_id, new.made_on, new.summary, new.lines, payee=new.payee,
                reverses_id=new.reverses_id, made_by_id=made, reviewed_by_id=reviewed,
                paid_by_id=hands.take("cashier", one).id,
            )  # fmt: skip
            post_vouchers([signed], None, now)


def _pay(one: Organisation, day: date, what: str, yuan: int, payee: str, money: str = "102") -> NewVoucher:
    lines = (Line("513", yuan * 100), Line(money, -yuan * 100))
    return NewVoucher(one.pk, day, what, lines, payee=payee)


def _split(one: Organisation, today: date) -> list[NewVoucher]:
    days = (today - timedelta(25), today - timedelta(12))
    return [_pay(one, day, "购买会议用品", 2900, "禾川县惠民超市") for day in days]


def _often(one: Organisation, today: date) -> list[NewVoucher]:
    return [_pay(one, today - timedelta(ago), "车辆租用", 1350, "老李租车行") for ago in (26, 19, 12, 5)]


def _kin(one: Organisation, today: date) -> list[NewVoucher]:
    director = one.officers.filter(office="director").first()
    if director is None:
        return []
    Kinship.objects.get_or_create(officer=director, name="周小满", relation="内弟")
    return [_pay(one, today - timedelta(8), "疏通下水道", 1800, "周小满")]


def _cash(one: Organisation, today: date) -> list[NewVoucher]:
    return [_pay(one, today - timedelta(6), "现金购买防汛沙袋", 1560, "王记建材店", "101")]


def _cash_parts(one: Organisation, today: date) -> list[NewVoucher]:
    lines = (Line("101", 600_000), Line("102", -600_000))
    drawn = NewVoucher(one.pk, today - timedelta(9), "提取现金", lines)
    who = ("张铁柱", "李二牛", "高有田", "何满囤", "吴老三", "陈石头")
    return [drawn, *(_pay(one, today - timedelta(8), "清沟用工", 960, name, "101") for name in who)]


def _personal(one: Organisation, today: date) -> list[NewVoucher]:
    cashier = Officer.objects.filter(organisation=one, office="cashier").first()
    return [_pay(one, today - timedelta(7), "代垫电话费", 420, cashier.name)] if cashier else []


def _closed_month(one: Organisation, today: date) -> list[NewVoucher]:
    """The last small payment of a closed month is taken back today."""
    found = Voucher.objects.filter(
        organisation=one, month__closed_at__isnull=False, reverses__isnull=True, reversed_by__isnull=True,
        accounts__contains=["513"],
    ).order_by("-made_on", "-id").first()  # fmt: skip
    if found is None:
        return []
    lines = [Line(code, -fen) for code, fen in zip(found.accounts, found.fen, strict=True)]
    return [
        NewVoucher(
            one.pk, today, f"冲销 {found.made_on:%Y-%m} 第 {found.number} 号凭证", lines, reverses_id=found.pk
        )
    ]


MAKERS: tuple[Callable[[Organisation, date], list[NewVoucher]], ...] = (
    _split, _often, _kin, _cash, _cash_parts, _personal, _closed_month,
)  # fmt: skip
"""Makers of vouchers, one for each kind."""

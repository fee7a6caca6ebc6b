"""The values of contracts and payments: kinds, what is drafted, what is asked for, the hints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from huiyin.economy.organisations.api import LAW
from huiyin.kernel.words import Words

FILING = "contract-filing"
"""The process by which a contract is drafted, decided on, reported and filed."""

SPENDING = "spending"
"""The process by which a payment is asked for, overseen, filed and paid."""

KINDS: dict[str, Words] = {
    "lease": Words("出租、发包", "Lease out"),
    "service-sold": Words("对外服务收入", "Services sold"),
    "purchase": Words("采购", "Purchase"),
    "works": Words("工程", "Works"),
    "service": Words("购买服务", "Service"),
    "rent": Words("租入", "Rent in"),
    "investment": Words("对外投资", "Investment"),
    "loan": Words("出借资金", "Loan out"),
    "guarantee": Words("担保、抵押", "Pledge"),
}
"""What a contract is about."""

INCOMING = frozenset({"lease", "service-sold"})
"""Kinds under which the organisation is paid; under the others it pays."""

METHODS: dict[str, Words] = {
    "assembly": Words("成员大会", "Members' assembly"),
    "delegates": Words("成员代表大会", "Delegates' meeting"),
    "board": Words("理事会", "The board"),
}
"""By whom a contract is decided on."""

PARTIES: dict[str, Words] = {
    "company": Words("企业、单位", "Company or office"),
    "member": Words("本组织成员", "Member of the organisation"),
    "person": Words("其他个人", "Another person"),
}
"""What a counterparty or payee is."""

WAYS: dict[str, Words] = {
    "bank": Words("银行转账", "Bank transfer"),
    "cash": Words("现金", "Cash"),
}
"""How money is paid or received."""

ACCOUNT_OF_WAY = {"bank": "102", "cash": "101"}
INCOME_OF_KIND = {"lease": "501", "service-sold": "501"}

FILED_BEFORE = "集体经济监管制度（地方）：合同、大额支出先备案后收支"
"""The rule that nothing is paid before it is filed."""

APART = "岗位职责分离：申请、监督、备案、支付不得同一人"
NO_BORROWING = f"{LAW} 第35条：不得直接或者间接向集体借款"
NO_PLEDGE = f"{LAW} 第35条：不得以集体财产为本人或者他人债务提供担保"
NO_PERSONAL = f"{LAW} 第44条：集体资金不得进出个人账户"
ONE_BY_ONE = "乡镇备案制度：不得化整为零"
CASH = "现金管理暂行条例 第5条、第11条"


@dataclass(frozen=True, slots=True)
class Rent:
    """One sum that falls due on a day."""

    due_on: date
    fen: int


@dataclass(frozen=True, slots=True)
class NewContract:
    """A contract as it is drafted; `rents` add up to `price_fen`. `amends`: the contract that it changes."""

    organisation_id: int
    kind: str
    title: str
    counterparty: str
    party: str
    subject: str
    price_fen: int
    from_on: date
    until_on: date
    rents: Sequence[Rent]
    signed_on: date | None = None
    area_mu: Decimal | None = None
    amends_id: int | None = None


@dataclass(frozen=True, slots=True)
class NewPayment:
    """A payment that is asked for. `holder` is whose bank account it goes to, `tail` its last four digits.

    `account` is what is debited. With `due_id` it pays that due of the contract.
    """

    organisation_id: int
    purpose: str
    payee: str
    party: str
    way: str
    account: str
    fen: int
    holder: str = ""
    bank: str = ""
    tail: str = ""
    contract_id: int | None = None
    due_id: int | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of hint: what it is called, the rule that it rests on."""

    title: Words
    rule: str


HINTS: dict[str, Kind] = {
    "split": Kind(Words("疑似化整为零", "Split below the line"), ONE_BY_ONE),
    "payee": Kind(Words("频繁付给同一收款人", "Same payee again and again"), ONE_BY_ONE),
    "kin": Kind(
        Words("与任职人员或其亲属往来", "Dealings with officers or their kin"), f"{LAW} 第34条、第35条"
    ),
    "cash": Kind(Words("大额现金支出", "Much in cash"), CASH),
    "cash-parts": Kind(Words("提现后分次支出", "Cash drawn and paid in parts"), CASH),
    "closed-month": Kind(Words("冲销已结账月份", "Closed month reversed"), "会计法 第15条；财会〔2023〕14号"),
    "personal": Kind(Words("资金转入任职人员个人", "Money to an officer's own account"), NO_PERSONAL),
    "arrears": Kind(Words("合同款拖欠", "Arrears"), "集体经济监管制度（地方）：合同按期收款"),
    "expired": Kind(
        Words("合同到期仍在使用", "Expired but still used"), "集体经济监管制度（地方）：合同到期重新履行程序"
    ),
    "unfiled": Kind(Words("合同未备案", "Contract not filed"), FILED_BEFORE),
    "silent": Kind(Words("上月收支没有公示", "Last month not posted"), "村民委员会组织法 第30条"),
}
"""Every kind of hint by key."""

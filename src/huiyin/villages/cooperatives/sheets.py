"""The lists of co-operatives as spreadsheets; sums in exact yuan."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.economy.cooperatives.api import (
    FORMS,
    KINDS,
    METHODS,
    MODELS,
    PART_KINDS,
    PATTERNS,
    BenefitContract,
    BenefitDue,
    Contribution,
    CooperativeSums,
    MemberAccount,
    SurplusLine,
)
from huiyin.economy.organisations.api import Organisation
from huiyin.kernel.money import to_yuan
from huiyin.kernel.words import Words
from huiyin.pages.api import Column, Value


def _columns(*headings: tuple[str, str, int]) -> list[Column]:
    return [Column(Words(zh, en), width) for zh, en, width in headings]


COOPERATIVES = _columns(
    ("编码", "Code", 22),
    ("名称", "Name", 28),
    ("乡镇", "Township", 12),
    ("领办村集体", "Led by", 28),
    ("模式", "Model", 14),
    ("成员", "Members", 8),
    ("农民成员", "Farmers", 8),
    ("农户", "Households", 8),
    ("出资总额（元）", "Contributions (yuan)", 16),
    ("其中集体出资（元）", "Of the collective (yuan)", 16),
    ("最近分配年度", "Last year distributed", 10),
    ("可分配盈余（元）", "Surplus (yuan)", 16),
)
CONTRIBUTIONS = _columns(
    ("证书号", "Certificate", 8),
    ("账户号", "Account", 8),
    ("成员", "Member", 16),
    ("形式", "Form", 14),
    ("内容", "What", 30),
    ("金额（元）", "Amount (yuan)", 16),
    ("出资日期", "Day", 12),
    ("作价方式", "Valuation", 16),
    ("作价人", "Valuer", 20),
    ("决议", "Resolution", 30),
    ("状态", "State", 10),
)
MEMBERS = _columns(
    ("账户号", "Account", 8),
    ("成员", "Member", 16),
    ("类别", "Kind", 16),
    ("入社", "Joined", 12),
    ("退社", "Left", 12),
    ("出资额（元）", "Contribution (yuan)", 16),
    ("公积金份额（元）", "Share of the reserve (yuan)", 16),
    ("交易额（元）", "Volume traded (yuan)", 16),
    ("附加表决权", "Extra votes", 10),
)
LINES = _columns(
    ("账户号", "Account", 8),
    ("成员", "Member", 16),
    ("交易额（元）", "Volume (yuan)", 16),
    ("出资额（元）", "Contribution (yuan)", 16),
    ("公积金份额（元）", "Share of the reserve (yuan)", 16),
    ("补助捐赠份额（元）", "Share of grants (yuan)", 16),
    ("按交易量返还（元）", "By volume (yuan)", 16),
    ("按出资额（元）", "By contribution (yuan)", 16),
    ("按公积金份额（元）", "By reserve (yuan)", 16),
    ("按补助捐赠份额（元）", "By grants (yuan)", 16),
    ("合计（元）", "In all (yuan)", 16),
    ("新增公积金份额（元）", "New share of the reserve (yuan)", 16),
    ("发放日期", "Paid on", 12),
)
CONTRACTS = _columns(
    ("合同号", "Contract", 8),
    ("农户", "Household", 16),
    ("联结方式", "Pattern", 28),
    ("起", "From", 12),
    ("止", "Until", 12),
    ("备案", "Filed", 12),
    ("到期应付（元）", "Due (yuan)", 16),
    ("已付（元）", "Paid (yuan)", 16),
    ("逾期（元）", "Overdue (yuan)", 16),
)
OVERDUE = _columns(
    ("乡镇", "Township", 12),
    ("合作社编码", "Code", 22),
    ("合作社", "Co-operative", 28),
    ("合同号", "Contract", 8),
    ("农户", "Household", 16),
    ("项目", "Part", 14),
    ("应付日期", "Due on", 12),
    ("应付（元）", "Due (yuan)", 14),
    ("已付（元）", "Paid (yuan)", 14),
    ("未付（元）", "Unpaid (yuan)", 14),
)
TOWNSHIPS = _columns(
    ("乡镇", "Township", 14),
    ("合同", "Contracts", 8),
    ("未备案", "Not filed", 8),
    ("农户", "Households", 8),
    ("到期应付（元）", "Due (yuan)", 16),
    ("已付（元）", "Paid (yuan)", 16),
    ("逾期（元）", "Overdue (yuan)", 16),
    ("逾期合同", "Contracts overdue", 10),
)


def tell_cooperative(one: Organisation, sums: CooperativeSums) -> list[Value]:
    """A co-operative under `COOPERATIVES`."""
    own = getattr(one, "cooperative", None)
    return [
        one.code,
        one.called,
        one.township.short,
        one.leader.called if one.leader else "",
        MODELS[own.model] if own else "",
        sums.members,
        sums.farmers,
        sums.households,
        to_yuan(sums.capital),
        to_yuan(sums.of_collective),
        sums.year,
        to_yuan(sums.surplus) if sums.surplus is not None else None,
    ]


def tell_state(one: Contribution) -> Words:
    """Where a contribution stands."""
    if one.returned_on is not None:
        return Words("已退出", "Given back")
    return Words("已确认", "Confirmed") if one.confirmed_at else Words("待确认", "To be confirmed")


def tell_contribution(one: Contribution) -> list[Value]:
    """A contribution under `CONTRIBUTIONS`."""
    return [
        one.number,
        one.account.number,
        one.account.masked_name,
        FORMS[one.form].title,
        one.what,
        to_yuan(one.fen),
        one.made_on,
        METHODS.get(one.method, Words("")),
        one.valuer,
        one.resolution,
        tell_state(one),
    ]


def tell_member(one: MemberAccount, contribution: int, volume: int) -> list[Value]:
    """A member under `MEMBERS`."""
    return [
        one.number,
        one.masked_name,
        KINDS[one.kind],
        one.joined_on,
        one.left_on,
        to_yuan(contribution),
        to_yuan(one.reserve_fen),
        to_yuan(volume),
        one.extra_votes,
    ]


def tell_line(one: SurplusLine) -> list[Value]:
    """A line of a plan under `LINES`."""
    sums: Sequence[int] = (
        one.volume_fen, one.contribution_fen, one.reserve_fen, one.grant_fen, one.by_volume_fen,
        one.by_contribution_fen, one.by_reserve_fen, one.by_grant_fen, one.total_fen, one.new_reserve_fen,
    )  # fmt: skip
    return [one.account.number, one.account.masked_name, *map(to_yuan, sums), one.paid_on]


def tell_contract(one: BenefitContract, sums: tuple[int, int, int]) -> list[Value]:
    """A benefit contract under `CONTRACTS`."""
    return [
        one.number,
        one.masked_party,
        PATTERNS[one.pattern].title,
        one.starts_on,
        one.ends_on,
        one.filed_on,
        *map(to_yuan, sums),
    ]


def tell_overdue(one: BenefitDue) -> list[Value]:
    """What is overdue under `OVERDUE`."""
    contract = one.part.contract
    organisation = contract.organisation
    return [
        organisation.township.short,
        organisation.code,
        organisation.called,
        contract.number,
        contract.masked_party,
        PART_KINDS[one.part.kind].title,
        one.due_on,
        to_yuan(one.fen),
        to_yuan(one.paid_fen),
        to_yuan(one.fen - one.paid_fen),
    ]

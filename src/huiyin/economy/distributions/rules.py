"""How a year's income becomes what members get, and what may never become it; pure."""

from __future__ import annotations

from huiyin.economy.distributions.values import (
    BY_YEAR,
    LAW,
    NOT_COMPENSATION,
    NOT_LOANS,
    NOT_PROPERTY,
    RESERVE_FIRST,
    Ground,
    Waterfall,
)
from huiyin.kernel.money import tell_yuan
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words

THOUSAND = 1000


def reckon(ground: Ground, wanted_fen: int | None = None, *, whole_fen: bool = False) -> Waterfall:
    """The waterfall; `wanted_fen` distributes less than there is, `whole_fen` whole fen to each share.

    Losses of earlier years come first, then the reserve (a part of a fen is its own) of all that has not
    given to it yet, then the shares of the collective, then the members'. Refuses `no-shares`,
    `nothing-to-distribute`, and more than there is: see `_refuse_more`.
    """
    if ground.held_units <= 0:
        words = Words("还没有量化到人的份额，不能分配。", "No shares are held yet; nothing can be divided.")
        raise Refusal("no-shares", words, rule=f"{LAW} 第40条、第42条")
    net = ground.income_fen - ground.kept_out_fen - ground.deferred_fen + ground.released_fen
    losses = min(max(net, 0), max(-ground.earlier_fen, 0))
    surplus = max(ground.earlier_fen + min(net, 0), 0)
    carried = min(surplus, ground.reserved_fen)
    base = max(net, 0) - losses + surplus - carried
    reserve = -(-base * ground.reserve_per_mille // THOUSAND)
    distributable = base - reserve + carried
    given = distributable if wanted_fen is None else wanted_fen
    _refuse_more(ground, distributable, given)
    collective = given * ground.collective_units // ground.total_units
    pool = given - collective
    members = pool // ground.held_units * ground.held_units if whole_fen else pool
    return Waterfall(
        net_fen=net,
        losses_fen=losses,
        reserve_fen=reserve,
        carried_fen=surplus,
        distributable_fen=distributable,
        collective_fen=collective,
        members_fen=members,
        residual_fen=pool - members,
        left_fen=distributable - given,
    )


def _refuse_more(ground: Ground, distributable: int, given: int) -> None:
    """`above-distributable`; with the rule of what is reached for: rent of other years, compensation."""
    if distributable <= 0 or given <= 0:
        words = Words(
            "弥补亏损、提取公积公益金之后没有可分配的收益，今年不能分红。",
            "After losses and the reserve nothing is left to distribute this year.",
        )
        raise Refusal("nothing-to-distribute", words, rule=RESERVE_FIRST, field="wanted")
    if given <= distributable:
        return
    code, rule = "above-distributable", RESERVE_FIRST
    if ground.kept_out_fen and given <= distributable + ground.kept_out_fen:
        code, rule = "compensation-kept-out", NOT_COMPENSATION
    elif ground.deferred_fen and given <= distributable + ground.deferred_fen:
        code, rule = "rent-of-other-years", BY_YEAR
    words = Words(
        "账面可分配收益只有 {most} 元，不能分配 {given} 元。请改小金额。",
        "The books have {most} yuan to distribute; {given} is more. Give a smaller sum.",
    ).fill(most=tell_yuan(distributable), given=tell_yuan(given))
    raise Refusal(code, words, rule=rule, field="wanted")


_LOANS = frozenset({"201", "221"})
_TIED = frozenset({"231", "241"})
_SOURCES = frozenset({"321", "322"})


def check_source(account: str) -> None:
    """Refuse to divide what is no income: loans, money given for a purpose, capital, the reserve.

    `loan-not-distributed`, `compensation-kept-out`, `property-not-divided`.
    """
    head = account.partition("-")[0]
    if head in _SOURCES:
        return
    if head in _LOANS:
        words = Words(
            "“{account}”是借款，不能拿来分红。请从收益分配（322）中安排。",
            "{account} is borrowed; it is never distributed. Take it from 322.",
        )
        raise Refusal("loan-not-distributed", words.fill(account=account), NOT_LOANS, "source")
    if head in _TIED:
        words = Words(
            "“{account}”是专项资金（含征地补偿），不能列入收益分配。",
            "{account} was given for a purpose (compensation for land); it is kept out of distributions.",
        )
        raise Refusal("compensation-kept-out", words.fill(account=account), NOT_COMPENSATION, "source")
    words = Words(
        "“{account}”不是收益，不能分给个人。", "{account} is no income; it is not divided among persons."
    )
    raise Refusal("property-not-divided", words.fill(account=account), NOT_PROPERTY, "source")


def spread(total_fen: int, years: int, at: int) -> int:
    """The part of the year `at` (0 is the first) of a rent for `years` years; odd fen come first."""
    each, odd = divmod(total_fen, years)
    return each + (at < odd) if 0 <= at < years else 0


def spread_after(total_fen: int, years: int, at: int) -> int:
    """What is still ahead once the year `at` is over."""
    return sum(spread(total_fen, years, later) for later in range(max(at + 1, 0), years))

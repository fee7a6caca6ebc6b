"""The arithmetic of co-operatives, pure: who may be a member, votes, and the surplus to the fen."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from huiyin.economy.cooperatives.values import (
    LAW,
    PART_KINDS,
    Holder,
    NewPart,
    Part,
    Pattern,
    Reckoned,
    Terms,
    Votes,
)
from huiyin.economy.distributions.api import allocate
from huiyin.kernel.money import MOST_FEN, tell_yuan
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words

ARTICLE_MEMBERS = f"{LAW} 第20条：农民至少占成员总数的80%"
ARTICLE_VOTES = f"{LAW} 第22条：一人一票；附加表决权不超过基本表决权总票数的20%"
ARTICLE_MEETING = f"{LAW} 第30条：到会不少于成员总数的三分之二；表决权过半数通过，重大事项三分之二以上"
ARTICLE_SURPLUS = f"{LAW} 第44条：弥补亏损、提取公积金后分配；按交易量（额）返还不低于60%"


def split(whole: int, weights: Mapping[int, int]) -> dict[int, int]:
    """`whole` in whole parts by weight, as every distribution does it; of equals the lower number first.

    The parts add up to `whole`; without any weight nobody gets anything.
    """
    return allocate(whole, weights) if sum(weights.values()) > 0 else dict.fromkeys(weights, 0)


def check_members(farmers: int, entities: int, total: int, farmers_per_mille: int) -> None:
    """Refuse a membership with too few farmers (`too-few-farmers`) or too many organisations.

    `too-many-entities`: up to twenty members one organisation, beyond that a twentieth.
    """
    if farmers * 1000 < total * farmers_per_mille:
        words = Words(
            "成员 {total} 名中农民只有 {farmers} 名，低于 {share}%。请先吸收农民成员，或请非农民成员退社。",
            "Of {total} members only {farmers} are farmers, below {share}%. Admit farmers first, "
            "or let others leave.",
        ).fill(total=total, farmers=farmers, share=_tell_per_mille(farmers_per_mille))
        raise Refusal("too-few-farmers", words, ARTICLE_MEMBERS, "kind")
    most = 1 if total <= 20 else total // 20
    if entities > most:
        words = Words(
            "成员 {total} 名，企业、事业单位或社会组织（含村集体）最多 {most} 名，现为 {entities} 名。",
            "With {total} members at most {most} may be organisations, the collective included; "
            "there are {entities}.",
        ).fill(total=total, most=most, entities=entities)
        raise Refusal(
            "too-many-entities", words, f"{LAW} 第20条：成员二十人以下的一个，超过的不超过5%", "kind"
        )


def _tell_per_mille(per_mille: int) -> str:
    return f"{per_mille // 10}" if per_mille % 10 == 0 else f"{per_mille / 10:.1f}"


def limit_extra(members: int, per_mille: int) -> int:
    """The most extra votes that all of them together may have."""
    return members * per_mille // 1000


def check_extra(members: int, extra: int, per_mille: int) -> None:
    """Refuse `extra-votes` above the limit."""
    most = limit_extra(members, per_mille)
    if extra > most:
        words = Words(
            "基本表决权 {members} 票，附加表决权合计最多 {most} 票，现为 {extra} 票。请调减。",
            "With {members} basic votes there are at most {most} extra votes in all, not {extra}. "
            "Give fewer.",
        ).fill(members=members, most=most, extra=extra)
        raise Refusal("extra-votes", words, ARTICLE_VOTES, "votes")


def propose_extra(weights: Mapping[int, int], per_mille: int) -> dict[int, int]:
    """All the extra votes that the law allows, by contribution or volume."""
    return split(limit_extra(len(weights), per_mille), weights)


def judge(votes: Votes) -> bool:
    """Whether the matter was carried. Refuses `too-few-present` and votes that do not add up (`votes-wrong`).

    Present are counted in heads; of *all* votes, extra ones included, more than half must be for it, for a
    weighty matter two thirds.
    """
    cast = votes.agreed + votes.against + votes.abstained
    if min(votes.agreed, votes.against, votes.abstained, votes.present) < 0 or votes.present > votes.members:
        raise Refusal("votes-wrong", _WRONG, ARTICLE_MEETING, "agreed")
    if cast > votes.present + votes.extra:
        raise Refusal("votes-wrong", _WRONG, ARTICLE_MEETING, "agreed")
    if votes.present * 3 < votes.members * 2:
        words = Words(
            "成员 {members} 名，到会 {present} 名，不足三分之二，会议无效。请另行召集。",
            "{present} of {members} members came, less than two thirds: the assembly is void. Call another.",
        ).fill(members=votes.members, present=votes.present)
        raise Refusal("too-few-present", words, ARTICLE_MEETING, "present")
    every = votes.members + votes.extra
    return votes.agreed * 3 >= every * 2 if votes.weighty else votes.agreed * 2 > every


_WRONG = Words(
    "人数、票数对不上：到会不能超过成员数，票数不能超过到会人数加附加表决权。请核对。",
    "The counts do not fit: present up to members, votes up to those present and extra ones. Check them.",
)


def reckon(terms: Terms, holders: Iterable[Holder]) -> Reckoned:
    """Loss, then reserve, then at least the limit by volume traded and the rest by capital, exact to the fen.

    Without any contribution on record all of it goes by volume. Refuses `nothing-to-distribute`, `no-volume`.
    """
    own = sorted(holders, key=lambda one: one.number)
    after_loss = terms.surplus - terms.loss
    reserve = max(after_loss, 0) * terms.reserve_per_mille // 1000
    pool = after_loss - reserve
    if pool <= 0:
        words = Words(
            "弥补亏损、提取公积金后没有可分配盈余（{left} 元），不能分红。",
            "After losses and reserve nothing is left to distribute ({left} yuan).",
        ).fill(left=tell_yuan(pool))
        raise Refusal("nothing-to-distribute", words, ARTICLE_SURPLUS, "surplus")
    volumes = {one.number: one.volume for one in own}
    if sum(volumes.values()) <= 0:
        words = Words(
            "没有成员的交易量（额），不能按交易量返还。请先登记交易。",
            "No volume traded is on record, so nothing can be returned by it. Enter the trades first.",
        )
        raise Refusal("no-volume", words, ARTICLE_SURPLUS, "volume")
    by_volume = -(-pool * terms.volume_per_mille // 1000)
    bases = {one.number: one.base for one in own}
    rest = pool - by_volume if sum(bases.values()) > 0 else 0
    by_volume = pool - rest
    returned, others, quantified = split(by_volume, volumes), split(rest, bases), split(reserve, volumes)
    parts = {
        one.number: _part(one, returned[one.number], others[one.number], quantified[one.number])
        for one in own
    }
    return Reckoned(reserve, pool, by_volume, rest, parts)


def check_volume_part(per_mille: int, least: int) -> None:
    """Refuse `below-volume`: less by volume traded than the law's part."""
    if per_mille < least:
        words = Words(
            "按交易量返还的比例不能低于可分配盈余的 {least}%，现为 {given}%。",
            "At least {least}% of the surplus goes back by volume traded, not {given}%.",
        ).fill(least=_tell_per_mille(least), given=_tell_per_mille(per_mille))
        raise Refusal("below-volume", words, ARTICLE_SURPLUS, "volume_per_mille")


def _part(holder: Holder, returned: int, other: int, new_reserve: int) -> Part:
    own = split(other, {1: holder.contribution, 2: holder.reserve, 3: holder.grant})
    return Part(returned, own[1], own[2], own[3], new_reserve)


def list_due_days(first: date, months: int, ends_on: date) -> list[date]:
    """The days on which a part is due, the first and the last inclusive; a short month has its last day."""
    days, at = [first], 1
    while months:
        day = add_months(first, months * at)
        if day > ends_on:
            break
        days.append(day)
        at += 1
    return days


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months on, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def check_parts(pattern: Pattern, parts: Sequence[NewPart], *, member: bool) -> None:
    """Refuse parts that the pattern does not have, lacks, or that mix cost with surplus.

    `dividend-fixed`: a dividend or rebate of a fixed sum; `amount-missing`: a cost without one;
    `not-a-member`: a part of the surplus for whoever is no member; `parts-wrong`.
    """
    kinds = [part.kind for part in parts]
    odd = [kind for kind in kinds if kind not in pattern.needs | pattern.one_of]
    lacking = pattern.needs - set(kinds) or (pattern.one_of and not pattern.one_of & set(kinds))
    if odd or lacking or len(kinds) != len(set(kinds)):
        named = Words(
            "、".join(PART_KINDS[kind].title.zh for kind in pattern.kinds),
            ", ".join(PART_KINDS[kind].title.en for kind in pattern.kinds),
        )
        words = Words(
            "“{pattern}”由这些组成：{named}。请补齐，每项一次。",
            "“{pattern}” is made of: {named}. Give each once.",
        ).fill(pattern=pattern.title, named=named)
        raise Refusal("parts-wrong", words, field="pattern")
    for part in parts:
        _check_part(part, member=member)


def _check_part(part: NewPart, *, member: bool) -> None:
    kind = PART_KINDS[part.kind]
    if kind.of_surplus and part.fen is not None:
        words = Words(
            "“{kind}”来自盈余，不能约定固定金额。固定的请写成保底收益，作为合同成本支付。",
            "“{kind}” comes from the surplus and has no fixed sum. Fixed sums are guaranteed income.",
        ).fill(kind=kind.title)
        raise Refusal("dividend-fixed", words, ARTICLE_SURPLUS, f"fen_{part.kind}")
    if kind.of_surplus and not member:
        words = Words(
            "只有合作社成员参加盈余分配。请先入社，或改用另外的方式。",
            "Only members take part in the surplus. Let the household join first, or choose another pattern.",
        )
        raise Refusal("not-a-member", words, ARTICLE_SURPLUS, "pattern")
    if not kind.of_surplus and (
        part.fen is None or not 0 < part.fen <= MOST_FEN or part.first_due_on is None
    ):
        words = Words(
            "“{kind}”要写明金额和首次支付日期：它是合同约定的成本，与有没有盈余无关。",
            "“{kind}” needs its sum and first day: it is a cost under the contract, surplus or not.",
        ).fill(kind=kind.title)
        raise Refusal("amount-missing", words, "民法典 第509条：按照约定全面履行", f"fen_{part.kind}")

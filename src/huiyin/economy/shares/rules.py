"""What may be done with shares, and where the units lie afterwards; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from huiyin.economy.shares.values import (
    APPLIED_FOR,
    BASES,
    GIVE,
    INCOME,
    INHERIT,
    REDEEM,
    REHOME,
    RULE_CAP,
    RULE_COLLECTIVE,
    RULE_FROZEN,
    RULE_HEIR,
    RULE_HOUSEHOLD,
    RULE_INCOME,
    RULE_INSIDE,
    RULE_MEMBERS,
    SPLIT,
    TRANSFER_ON,
    Held,
    Holder,
    NewClass,
    NewPlan,
    Part,
)
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words

MOST_UNITS = 10**12


def check_plan(plan: NewPlan, charter_per_mille: int, county_per_mille: int) -> None:
    """Refuse a plan that divides property, has no class, or leaves the collective more than is allowed."""
    if plan.what != INCOME:
        words = Words(
            "只能量化经营性财产的收益权，不能把集体财产分给个人。请改“量化的对象”。",
            "Only the right to income may be quantified; collective property is never divided among persons.",
        )
        raise Refusal("property-divided", words, RULE_INCOME, "what")
    if not plan.classes:
        raise Refusal("no-class", Words("请至少设一种股份。", "Give a class."), field="classes")
    for one in plan.classes:
        _check_class(one)
    most = min(charter_per_mille, county_per_mille)
    if not 0 <= plan.collective_per_mille <= most:
        words = Words(
            "集体股不能超过 {most}‰（章程 {charter}‰，规定 {county}‰）。请改比例，或先修改章程。",
            "The collective share may be {most}‰ at most (charter {charter}‰, limit {county}‰).",
        ).fill(most=most, charter=charter_per_mille, county=county_per_mille)
        raise Refusal("collective-share-too-large", words, RULE_COLLECTIVE, "collective_per_mille")


def _check_class(one: NewClass) -> None:
    if not one.title.strip() or one.basis not in BASES:
        raise Refusal(
            "class-incomplete",
            Words("股份的名称和依据要写全。", "Name the class and its basis."),
            field="classes",
        )
    if not (0 if one.basis == "given" else 1) <= one.units <= 1_000_000 or not 0 <= one.most_years <= 80:
        words = Words("“{title}”每份股数应是 1 到 1000000。", "“{title}” gives from 1 to 1,000,000 units.")
        raise Refusal("units-out-of-range", words.fill(title=one.title), field="classes")


def share_of_collective(held: int, per_mille: int) -> int:
    """The units that the collective keeps beside `held`, so that its part of all is at most `per_mille`."""
    return held * per_mille // (1000 - per_mille)


def farm_years(born: tuple[int, int, int], on: tuple[int, int, int], most: int) -> int:
    """Full years from the sixteenth birthday to the day, `most` at most."""
    years = on[0] - born[0] - ((on[1], on[2]) < (born[1], born[2]))
    return max(0, min(most, years - 16))


def pass_on(kind: str, parts: Sequence[Part], held: Held, cap_per_mille: int) -> Held:
    """How the units lie once the parts have gone over; refuses what may not be. The total stays.

    Refuses `kind-unknown`, `nothing-moves`, `units-out-of-range`, `not-a-holder`, `not-enough-units`, what
    each kind forbids.
    """
    if kind not in APPLIED_FOR:
        words = Words(
            "股份总数已经固化，不能增发、不能减少，只能在成员之间登记变动。",
            "The total is frozen: nothing can be issued or withdrawn, only passed on.",
        )
        raise Refusal("kind-unknown", words, RULE_FROZEN, "kind")
    if not parts:
        raise Refusal("nothing-moves", Words("请写明转给谁、多少股。", "Say to whom, how many."), "", "units")
    after = held
    for part in parts:
        _check_part(kind, part, after)
        after = _move(kind, part, after)
    if kind in {GIVE, TRANSFER_ON}:
        _check_cap(parts, after, cap_per_mille)
    if after.total != held.total:
        raise Refusal("total-changed", Words("股份总数不能变。", "The total cannot change."), RULE_FROZEN)
    return after


def _check_part(kind: str, part: Part, held: Held) -> None:
    if not 0 < part.units <= MOST_UNITS:
        words = Words("股数要是大于零的整数。", "Units are whole numbers above nothing.")
        raise Refusal("units-out-of-range", words, "", "units")
    giver = held.holders.get(part.from_id)
    if giver is None or giver.units == 0:
        words = Words("转出的人没有股份。", "Whoever gives holds no units.")
        raise Refusal("not-a-holder", words, RULE_INSIDE, "from")
    if giver.units < part.units:
        words = Words(
            "持有 {held} 股，不够转出 {units} 股。", "{held} units are held: {units} cannot go."
        ).fill(held=giver.units, units=part.units)
        raise Refusal("not-enough-units", words, RULE_FROZEN, "units")
    if (part.to_id is None) != (kind == REDEEM):
        words = Words(
            "收回集体的只能是赎回，赎回只能收归集体。", "Redemption, and it alone, is to the collective."
        )
        raise Refusal("receiver-wrong", words, RULE_INSIDE, "to")
    _CHECKS[kind](part, giver, held)


def _find_taker(part: Part, held: Held) -> Holder:
    taker = held.holders.get(part.to_id) if part.to_id is not None else None
    if taker is None:
        words = Words(
            "接受人不在本组织的名册上，股份只能在本集体内部流转。",
            "The receiver is not on this organisation's roster: units stay inside.",
        )
        raise Refusal("not-inside", words, RULE_INSIDE, "to")
    return taker


def _demand_member(taker: Holder) -> None:
    if not taker.confirmed or taker.dead:
        words = Words(
            "接受人不是本组织成员，不能受赠、受让或分得股份。",
            "The receiver is not a member: units are given and transferred to members alone.",
        )
        raise Refusal("not-a-member", words, RULE_INSIDE, "to")


def _demand_alive(giver: Holder) -> None:
    if giver.dead:
        words = Words("持有人已去世，请按继承办理。", "The holder has died: register an inheritance.")
        raise Refusal("holder-dead", words, RULE_HEIR, "kind")


def _demand_another(part: Part) -> None:
    if part.from_id == part.to_id:
        words = Words("转出人和接受人是同一个人。", "The giver and the receiver are the same.")
        raise Refusal("same-holder", words, "", "to")


def _check_split(part: Part, giver: Holder, held: Held) -> None:
    _demand_another(part)
    _demand_alive(giver)
    taker = _find_taker(part, held)
    if not taker.confirmed:
        words = Words("接受人还没有确认为成员，先办成员确认。", "The receiver is not a confirmed member yet.")
        raise Refusal("not-a-member", words, RULE_MEMBERS, "to")
    if _home_of(taker) != giver.household_id:
        words = Words(
            "户内分割只在本户内进行；给别户请办赠与或转让。",
            "A split stays within the household; to another one it is a gift or a transfer.",
        )
        raise Refusal("another-household", words, RULE_HOUSEHOLD, "to")


def _check_inheritance(part: Part, giver: Holder, held: Held) -> None:
    _demand_another(part)
    taker = _find_taker(part, held)
    if not giver.dead:
        words = Words(
            "持有人还在世，不能办继承。先在名册上登记去世。",
            "The holder is not recorded as dead: there is nothing to inherit yet.",
        )
        raise Refusal("holder-alive", words, RULE_HEIR, "from")
    if taker.dead:
        raise Refusal("heir-dead", Words("继承人已去世。", "The heir has died."), RULE_HEIR, "to")


def _check_gift(part: Part, giver: Holder, held: Held) -> None:
    _demand_another(part)
    _demand_alive(giver)
    _demand_member(_find_taker(part, held))


def _check_redemption(_part: Part, giver: Holder, _held: Held) -> None:
    _demand_alive(giver)


def _check_rehoming(part: Part, giver: Holder, _held: Held) -> None:
    _demand_alive(giver)
    if part.to_id != part.from_id or part.units != giver.units:
        words = Words("随人分户，是本人全部股份一起转户。", "All of one's units move with oneself.")
        raise Refusal("receiver-wrong", words, RULE_HOUSEHOLD, "to")
    if giver.lives_in_id == giver.household_id:
        words = Words("名册上还没有分户，先办分户。", "The roster has no new household for them yet.")
        raise Refusal("same-household", words, RULE_HOUSEHOLD, "from")


_CHECKS = {
    SPLIT: _check_split,
    INHERIT: _check_inheritance,
    GIVE: _check_gift,
    TRANSFER_ON: _check_gift,
    REDEEM: _check_redemption,
    REHOME: _check_rehoming,
}


def _home_of(holder: Holder) -> int:
    """What somebody gets is fixed to the household of the units held, else to that of the roster."""
    return holder.household_id if holder.units else holder.lives_in_id


def _move(kind: str, part: Part, held: Held) -> Held:
    holders = dict(held.holders)
    giver = holders[part.from_id]
    if kind == REHOME:
        holders[part.from_id] = replace(giver, household_id=giver.lives_in_id)
        return replace(held, holders=holders)
    holders[part.from_id] = replace(giver, units=giver.units - part.units)
    if part.to_id is None:
        return replace(held, holders=holders, collective=held.collective + part.units)
    taker = holders[part.to_id]
    holders[part.to_id] = replace(taker, units=taker.units + part.units, household_id=_home_of(taker))
    return replace(held, holders=holders)


def _check_cap(parts: Sequence[Part], after: Held, cap_per_mille: int) -> None:
    most = after.total * cap_per_mille // 1000
    for part in parts:
        got = after.holders[part.to_id].units if part.to_id is not None else 0
        if got > most:
            words = Words(
                "接受后将持有 {got} 股，超过章程规定的上限 {most} 股（{cap}‰）。",
                "They would hold {got} units; the charter's cap is {most} ({cap}‰).",
            ).fill(got=got, most=most, cap=cap_per_mille)
            raise Refusal("above-cap", words, RULE_CAP, "units")


def make_split(before: Mapping[int, int], wanted: Mapping[int, int]) -> list[Part]:
    """The parts by which a household comes from what its people hold to what was typed; ids in order.

    Refuses `split-differs` when the sum is another, `units-out-of-range` below nothing.
    """
    if any(units < 0 for units in wanted.values()):
        words = Words("股数不能小于零。", "Nobody holds less than nothing.")
        raise Refusal("units-out-of-range", words, RULE_HOUSEHOLD, "units")
    have, want = sum(before.values()), sum(wanted.values())
    if have != want:
        words = Words(
            "本户一共 {have} 股，分割后也要是 {have} 股，现在填的是 {want} 股。",
            "The household holds {have} units, and must after the split; what was typed is {want}.",
        ).fill(have=have, want=want)
        raise Refusal("split-differs", words, RULE_FROZEN, "units")
    people = sorted({*before, *wanted})
    change = {one: wanted.get(one, 0) - before.get(one, 0) for one in people}
    givers = [[one, -change[one]] for one in people if change[one] < 0]
    parts: list[Part] = []
    for taker in people:
        missing = change[taker]
        while missing > 0:
            giver = givers[0]
            units = min(missing, giver[1])
            parts.append(Part(giver[0], taker, units))
            giver[1] -= units
            missing -= units
            if giver[1] == 0:
                givers.pop(0)
    return parts

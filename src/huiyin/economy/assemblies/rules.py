"""The arithmetic of an assembly: notice, attendance, majority, proxies. Pure; the days are passed in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from huiyin.economy.assemblies.values import ASSEMBLY_ALONE, DELEGATES, PROXY, Bounds, Seat, Tally, Turnout
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words

LAW = "农村集体经济组织法"
ASSEMBLY_RULE = f"{LAW} 第27条"
DELEGATES_RULE = f"{LAW} 第28条"
TWO_THIRDS = 667
"""How per mille writes two thirds; what is needed is reckoned by the exact fraction."""
LEAST_DELEGATES = 21
"""代表人数应当多于二十人."""


@dataclass(frozen=True, slots=True)
class Line:
    """One demand of the law: what there is, what is needed, whether it is met, the article."""

    key: str
    have: int
    need: int
    met: bool
    rule: str


@dataclass(frozen=True, slots=True)
class Reckoning:
    """The sum of one item: every demand, and whether all are met."""

    lines: tuple[Line, ...]

    @property
    def valid(self) -> bool:
        """Whether the item was validly resolved."""
        return all(line.met for line in self.lines)


def need_of(whole: int, per_mille: int) -> int:
    """The least number that is that part of `whole`, never less than exact two thirds, never nobody."""
    law = -(-2 * whole // 3)
    own = -(-whole * per_mille // 1000) if per_mille > TWO_THIRDS else 0
    return max(1, law, own)


def reckon(turnout: Turnout, matter: str, tally: Tally, bounds: Bounds) -> Reckoning:
    """Whether the item was validly resolved, with every step of the sum."""
    delegates = turnout.kind == DELEGATES
    rule = DELEGATES_RULE if delegates else ASSEMBLY_RULE
    notice = (turnout.held_on - turnout.noticed_on).days
    present = need_of(turnout.entitled, bounds.attendance)
    agreed = need_of(turnout.entitled, bounds.majority)
    lines = [
        Line("notice", notice, bounds.notice_days, notice >= bounds.notice_days, ASSEMBLY_RULE),
        Line("attendance", turnout.attended, present, turnout.attended >= present, rule),
        Line("majority", tally.agreed, agreed, agreed <= tally.agreed <= turnout.attended, rule),
    ]
    if delegates:
        many = turnout.entitled
        lines.insert(0, Line("competence", 0, 0, matter not in ASSEMBLY_ALONE, DELEGATES_RULE))
        lines.insert(1, Line("delegates", many, LEAST_DELEGATES, many >= LEAST_DELEGATES, DELEGATES_RULE))
    return Reckoning(tuple(lines))


def check_notice(noticed_on: date, held_on: date, bounds: Bounds) -> None:
    """Refuse `notice-short` when members would hear of it too late; the day of the notice does not count."""
    if (held_on - noticed_on).days < bounds.notice_days:
        words = Words(
            "成员大会要提前 {days} 天通知全体成员。请把开会日期定在 {days} 天以后。",
            "All members are told {days} days before. Choose a day at least {days} days ahead.",
        )
        raise Refusal("notice-short", words.fill(days=bounds.notice_days), ASSEMBLY_RULE, "held_on")


def check_matter(kind: str, matter: str) -> None:
    """Refuse `assembly-alone` when delegates would decide what is the assembly's own."""
    if kind == DELEGATES and matter in ASSEMBLY_ALONE:
        words = Words(
            "章程、成员身份、份额量化、土地补偿费、合并分立只能由成员大会决定，成员代表大会不能代替。"
            "请改为召开成员大会。",
            "Charter, membership, quantification, compensation and merger are for the members' assembly, "
            "not for delegates. Call the assembly.",
        )
        raise Refusal("assembly-alone", words, DELEGATES_RULE, "matter")


def check_tally(tally: Tally, attended: int) -> None:
    """Refuse `bad-votes`: a count below nothing, or more votes than came."""
    if min(tally.agreed, tally.against, tally.abstained) < 0 or tally.cast > attended:
        words = Words(
            "赞成、反对、弃权合计 {cast} 票，不能多于到会的 {attended} 人（一人一票）。",
            "For, against and abstained come to {cast}, more than the {attended} who came; one vote each.",
        )
        raise Refusal("bad-votes", words.fill(cast=tally.cast, attended=attended), ASSEMBLY_RULE, "votes")


def check_seats(seats: Sequence[Seat], households: Mapping[int, int], kind: str, bounds: Bounds) -> None:
    """Refuse an attendance sheet that the law does not know.

    `households`: of each member who is entitled, by member. Refuses `not-entitled`,
    `attends-twice`, and of proxies `proxy-of-delegate`, `proxy-unwritten`, `proxy-other-household`,
    `proxy-absent`, `too-many-proxies`.
    """
    came = [seat.member_id for seat in seats]
    if set(came) - set(households):
        raise _refuse("not-entitled", _NOT_ENTITLED)
    if len(set(came)) < len(came):
        raise _refuse("attends-twice", _TWICE)
    present = {seat.member_id for seat in seats if seat.how != PROXY}
    proxies = [seat for seat in seats if seat.how == PROXY]
    if proxies and kind == DELEGATES:
        raise _refuse("proxy-of-delegate", _DELEGATE, DELEGATES_RULE)
    for seat in proxies:
        _check_proxy(seat, present, households)
    held = Counter(seat.proxy_id for seat in proxies)
    if any(many > bounds.proxies for many in held.values()):
        raise _refuse("too-many-proxies", _TOO_MANY.fill(most=bounds.proxies))


def _check_proxy(seat: Seat, present: Collection[int], households: Mapping[int, int]) -> None:
    if not seat.paper.strip():
        raise _refuse("proxy-unwritten", _UNWRITTEN)
    other = seat.proxy_id
    if other is None or households.get(other) != households[seat.member_id] or other == seat.member_id:
        raise _refuse("proxy-other-household", _OTHER_HOUSEHOLD)
    if other not in present:
        raise _refuse("proxy-absent", _ABSENT)


def _refuse(code: str, words: Words, rule: str = ASSEMBLY_RULE) -> Refusal:
    return Refusal(code, words, rule, "seats")


_NOT_ENTITLED = Words(
    "签到表里有人不在应到名单上：要是已确认的成员，并且具有完全民事行为能力。请划去。",
    "Somebody on the sheet is not entitled: only confirmed members with full capacity are. Take them off.",
)
_TWICE = Words("同一个人签到了两次。请只留一行。", "Somebody is on the sheet twice. Leave one line.")
_DELEGATE = Words("成员代表不能委托别人表决。", "A delegate cannot give a proxy.")
_UNWRITTEN = Words(
    "委托要有书面委托书。请填委托书的编号或日期。", "A proxy is in writing. Give its number or date."
)
_OTHER_HOUSEHOLD = Words(
    "只能委托同一户内、具有完全民事行为能力的其他成员。请改选同户的人，或记为未到。",
    "A proxy goes only to another member of the same household with full capacity. Choose one.",
)
_ABSENT = Words(
    "受委托的人自己要到会。请先给他签到。", "Whoever holds a proxy must attend. Sign them in first."
)
_TOO_MANY = Words(
    "一个人最多接受 {most} 份委托。请分给同户其他到会的人。",
    "One person holds at most {most} proxies. Give the others to somebody else of the household.",
)

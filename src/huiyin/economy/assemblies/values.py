"""The values of assemblies: who meets, and what only the assembly itself decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from huiyin.kernel.words import Words

ASSEMBLY = "assembly"
DELEGATES = "delegates"
MEETINGS: dict[str, Words] = {
    ASSEMBLY: Words("成员大会", "Members' assembly"),
    DELEGATES: Words("成员代表大会", "Delegates' meeting"),
}
"""Kinds of meeting."""

MATTERS: dict[str, Words] = {
    "charter": Words("制定、修改章程", "Charter"),
    "membership": Words("成员身份确认", "Membership"),
    "quantification": Words("收益权份额量化", "Quantification of shares"),
    "compensation": Words("土地补偿费等的分配使用", "Use of compensation for land"),
    "merger": Words("合并、分立、解散", "Merger, division, dissolution"),
    "distribution": Words("收益分配方案", "Distribution of income"),
    "inventory": Words("清产核资结果", "Result of the inventory"),
    "contract": Words("重大合同和投资", "Weighty contracts and investments"),
    "other": Words("其他事项", "Other matters"),
}
"""What is resolved on."""

ASSEMBLY_ALONE = frozenset({"charter", "membership", "quantification", "compensation", "merger"})
"""What delegates cannot decide (农村集体经济组织法 第28条)."""

PRESENT, ONLINE, PROXY = "present", "online", "proxy"
WAYS: dict[str, Words] = {
    PRESENT: Words("到场", "Present"),
    ONLINE: Words("在线参加", "Online"),
    PROXY: Words("书面委托", "By proxy"),
}
"""How a member attends."""

DEMANDS: dict[str, Words] = {
    "competence": Words("属于代表大会职权", "Within the delegates' competence"),
    "delegates": Words("代表人数", "Delegates"),
    "notice": Words("提前通知天数", "Days of notice"),
    "attendance": Words("到会人数", "Attending"),
    "majority": Words("赞成票", "For"),
}
"""What is reckoned of an item, by the key of its line."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is demanded: days of notice, parts per mille of all, proxies that one person may hold."""

    notice_days: int = 10
    attendance: int = 667
    majority: int = 667
    proxies: int = 3


@dataclass(frozen=True, slots=True)
class Turnout:
    """Who met: `entitled` count whether they came or not, `attended` with proxies."""

    kind: str
    noticed_on: date
    held_on: date
    entitled: int
    attended: int


@dataclass(frozen=True, slots=True)
class Tally:
    """The votes on one item."""

    agreed: int = 0
    against: int = 0
    abstained: int = 0

    @property
    def cast(self) -> int:
        """All votes, abstentions too."""
        return self.agreed + self.against + self.abstained


@dataclass(frozen=True, slots=True)
class Seat:
    """One line of the attendance sheet; `paper` names the written proxy that `proxy_id` holds."""

    member_id: int
    how: str = PRESENT
    proxy_id: int | None = None
    paper: str = ""


@dataclass(frozen=True, slots=True)
class NewItem:
    """Something to be resolved on; `subject` names what waits for it (`case:CY…`)."""

    matter: str
    title: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class NewMeeting:
    """A meeting to be called: who meets, when, where, on what."""

    kind: str
    title: str
    held_on: date
    place: str
    items: tuple[NewItem, ...]
    begins: str = "09:00"

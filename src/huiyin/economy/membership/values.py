"""The values of membership: classes, grounds with their articles, facts, hints."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.kernel.words import Words

ROUND = "membership"
"""The process of a round of confirmation."""

APPEAL = "membership-appeal"
"""The process of an appeal."""

LAW = "农村集体经济组织法"

CONFIRM, REFUSE, SPECIAL, LOST = "confirm", "refuse", "special", "lost"
CLASSES: dict[str, Words] = {
    CONFIRM: Words("可以确认", "To be confirmed"),
    REFUSE: Words("不可以确认", "Not to be confirmed"),
    SPECIAL: Words("特殊情形", "Special, to be voted on"),
    LOST: Words("丧失", "Lost"),
}
"""The four classes of a round (成员认定)."""

STANDING_OF = {CONFIRM: "confirmed", REFUSE: "refused", SPECIAL: "special", LOST: "lost"}
"""The standing that follows from a class."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Why somebody is, or is not, a member: the class that follows, the article, whether it binds.

    `leaves`: a ground on which a member would be struck off (and a candidate not confirmed).
    """

    title: Words
    klass: str
    rule: str
    must: bool = False
    leaves: bool = False


def _article(number: str) -> str:
    return f"{LAW} 第{number}"


GROUNDS: dict[str, Ground] = {
    "original": Ground(Words("原有成员（户籍、权利义务）", "Member of old"), CONFIRM, _article("11条")),
    "birth": Ground(
        Words("成员生育", "Born to a member"), CONFIRM, _article("12条第二款"), must=True
    ),
    "marriage": Ground(Words("结婚迁入（男女同等）", "Married in"), CONFIRM, _article("12条第二款")),
    "adoption": Ground(Words("收养", "Adopted"), CONFIRM, _article("12条第二款")),
    "migration": Ground(Words("政策性移民", "Resettled"), CONFIRM, _article("12条第二款")),
    "married-out": Ground(
        Words("结婚迁出，未取得其他组织成员身份", "Married out, no member elsewhere"),
        CONFIRM, _article("8条、第18条第二款"), must=True,
    ),
    "divorced": Ground(
        Words("离婚", "Divorced"), CONFIRM, _article("8条、第18条第一款"), must=True
    ),
    "widowed": Ground(
        Words("丧偶", "Widowed"), CONFIRM, _article("8条、第18条第一款"), must=True
    ),
    "study": Ground(Words("就学", "Studying"), CONFIRM, _article("18条第一款"), must=True),
    "service": Ground(Words("服役", "In service"), CONFIRM, _article("18条第一款"), must=True),
    "away": Ground(
        Words("务工、经商", "Works or trades away"), CONFIRM, _article("18条第一款"), must=True
    ),
    "prison": Ground(Words("服刑", "In prison"), CONFIRM, _article("18条第一款"), must=True),
    "death": Ground(
        Words("死亡", "Died"), LOST, _article("17条第一款第一项"), must=True, leaves=True
    ),
    "nationality": Ground(
        Words("丧失中国国籍", "Lost the nationality"), LOST, _article("17条第一款第二项"),
        must=True, leaves=True,
    ),
    "elsewhere": Ground(
        Words("已取得其他组织成员身份", "Member elsewhere"), LOST, _article("17条第一款第三项"),
        must=True, leaves=True,
    ),
    "official": Ground(
        Words("已成为公务员（非聘任制）", "Civil servant, not hired"), LOST, _article("17条第一款第四项"),
        must=True, leaves=True,
    ),
    "hired": Ground(
        Words("聘任制公务员", "Hired civil servant"), CONFIRM, _article("17条第一款第四项"), must=True
    ),
    "charter": Ground(
        Words("章程规定的其他丧失情形", "Lost by the charter"), LOST, _article("17条第一款第五项"),
        leaves=True,
    ),
    "left": Ground(
        Words("书面申请自愿退出", "Left by written wish"), LOST, _article("16条"), leaves=True
    ),
    "outsider": Ground(
        Words("空挂户、外来户，无权利义务关系", "Registered here only"), REFUSE, _article("11条")
    ),
    "contributor": Ground(
        Words("长期贡献的非成员", "Long contributor, no member"), REFUSE, _article("15条")
    ),
    "other": Ground(Words("其他特殊情形", "Another special case"), SPECIAL, _article("11条、第26条")),
}  # fmt: skip
"""Every ground on which somebody is classed."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of somebody: the ground named, where they stand now, whether a roster has them elsewhere.

    `sex` is told so that it can be shown to change nothing.
    """

    ground: str
    standing: str = "candidate"
    elsewhere: bool = False
    sex: str = ""


@dataclass(frozen=True, slots=True)
class Hint:
    """What the law says of the facts; `must` when nobody may decide otherwise."""

    klass: str
    rule: str
    must: bool
    words: Words


@dataclass(frozen=True, slots=True)
class Sorting:
    """How somebody is classed in a round: ground, class, on what evidence, with what note."""

    ground: str
    klass: str
    evidence: str = ""
    note: str = ""

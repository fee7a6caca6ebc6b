"""Hints about membership, and what may not be decided against the law. Pure."""

from __future__ import annotations

import re

from huiyin.economy.membership.values import (
    CLASSES,
    CONFIRM,
    GROUNDS,
    LAW,
    LOST,
    REFUSE,
    SPECIAL,
    Facts,
    Hint,
    Sorting,
)
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words

ONCE = f"{LAW} 第17条第一款第三项"
LOSING = f"{LAW} 第17条"
EQUAL = f"{LAW} 第8条"
GENERALLY = f"{LAW} 第12条第二款"
_BY_SEX = re.compile("未婚|出嫁|外嫁|嫁出|结婚|离婚|丧偶|户无男|无男性|妇女|女性|女儿户|招婿|上门女婿")
"""Reasons that the law lets nobody be struck off for."""


def hint(facts: Facts) -> Hint:
    """What the law says. Whoever is a member elsewhere by another roster is one there and not here."""
    ground = GROUNDS[facts.ground]
    member = facts.standing in {"confirmed", "lost"}
    if facts.elsewhere and not (ground.leaves and ground.must):
        words = Words("已是其他组织的成员，不得两头占", "Member of another collective; never of two")
        return Hint(LOST if member else REFUSE, ONCE, must=True, words=words)
    klass = ground.klass if not ground.leaves or member else REFUSE
    return Hint(klass, ground.rule, must=ground.must, words=_tell(facts.ground, klass, must=ground.must))


def _tell(ground: str, klass: str, *, must: bool) -> Words:
    title = GROUNDS[ground].title
    if klass == SPECIAL:
        return Words("由成员大会一事一议", "The assembly votes on it alone")
    if ground in {"marriage", "adoption", "migration"}:
        return Words("{title}：一般应当确认", "{title}: generally confirmed").fill(title=title)
    if must and klass == CONFIRM:
        return Words("{title}：应当确认，不得取消", "{title}: must be confirmed").fill(title=title)
    return Words("{title}：{klass}", "{title}: {klass}").fill(title=title, klass=CLASSES[klass])


def check_sorting(facts: Facts, sorting: Sorting) -> None:
    """Refuse a class that an article forbids, whoever would vote for it.

    `against-the-law` (the hint binds), `no-ground-to-lose` (17), `not-equal` (8), `evidence-needed` (17),
    `reason-needed` (12: generally confirmed), `no-such-class`.
    """
    if sorting.klass not in CLASSES or sorting.ground not in GROUNDS:
        words = Words("请选择情形和类别。", "Choose a ground and a class.")
        raise Refusal("no-such-class", words, field="klass")
    law = hint(facts)
    if law.must and sorting.klass != law.klass:
        words = Words("法律有明确规定：{told}。不能改为“{klass}”。", "The law says: {told}; not “{klass}”.")
        filled = words.fill(told=law.words, klass=CLASSES[sorting.klass])
        raise Refusal("against-the-law", filled, law.rule, "klass")
    if sorting.klass in {LOST, REFUSE}:
        _check_against(facts, sorting, law)


def _check_against(facts: Facts, sorting: Sorting, law: Hint) -> None:
    leaves = GROUNDS[facts.ground].leaves or facts.elsewhere
    if facts.standing == "confirmed" and not leaves:
        words = Words(
            "已是成员，只有死亡、丧失国籍、取得其他成员身份、成为公务员等法定情形才丧失。",
            "A member loses membership only on the grounds of the law.",
        )
        raise Refusal("no-ground-to-lose", words, LOSING, "klass")
    if not leaves and _BY_SEX.search(sorting.note + sorting.evidence):
        words = Words(
            "不得以妇女未婚、结婚、离婚、丧偶、户无男性等为由不予确认。请按男女同等重新认定。",
            "Being unmarried, married, divorced or widowed strikes nobody off. Women and men are equal.",
        )
        raise Refusal("not-equal", words, EQUAL, "note")
    if leaves and not clean(sorting.evidence):
        words = Words("丧失成员身份要有证明材料，请写明。", "Name the paper that proves the loss.")
        raise Refusal("evidence-needed", words, law.rule, "evidence")
    if law.klass == CONFIRM and not clean(sorting.note):
        words = Words(
            "结婚、收养、政策性移民一般应当确认；不确认要写明理由。",
            "Marriage, adoption and resettlement are generally confirmed; give the reason for refusing.",
        )
        raise Refusal("reason-needed", words, GENERALLY, "note")

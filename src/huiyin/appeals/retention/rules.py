"""The rules on how long data is kept: what, how long by default, how short at least, and by which law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from huiyin.appeals.models import KeepingRule
from huiyin.journal.api import NewEntry, append
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand

SUBJECT = "keeping"
NIGHTLY = "nightly"
LONGEST_DAYS = 36_500


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of data. `days` is the default, `least` what no setting may go below, `law` why."""

    key: str
    title: Words
    act: Words
    days: int
    least: int
    law: str


@dataclass(frozen=True, slots=True)
class RuleInForce:
    """A rule with the days that the county set, and whether it is carried out at all."""

    rule: Rule
    days: int
    active: bool

    def cutoff(self, now: datetime) -> datetime:
        """What is older than this moment goes."""
        return now - timedelta(days=self.days)


def _listed(*rules: Rule) -> Mapping[str, Rule]:
    return {rule.key: rule for rule in rules}


RULES = _listed(
    Rule(
        "identity",
        Words("诉求人身份", "Identity of persons"),
        Words(
            "名下诉求全部办结满期后，姓名、电话、证件号、住址永久抹去；诉求和留痕保留。",
            "So long after the last of their matters closed, name, phone, ID and address are gone for good; "
            "the matters and their record stay.",
        ),
        days=1095,
        least=180,
        law="个人信息保护法 第19条（保存期限为必要的最短时间）；民法典 第188条（诉讼时效三年）",
    ),
    Rule(
        "files",
        Words("诉求附件", "Files of matters"),
        Words(
            "办结满期后，照片、录音、文件从磁盘删除；留下“有过附件”的记号。",
            "So long after closing, photos, sound and papers leave the disk; a mark of each stays.",
        ),
        days=1095,
        least=180,
        law="个人信息保护法 第19条；民法典 第188条",
    ),
    Rule(
        "messages",
        Words("短信内容", "Texts of messages"),
        Words(
            "发送满期后，抹去号码和内容；留下发送时间和结果。",
            "So long after sending, number and text are gone; when it was sent and what became of it stay.",
        ),
        days=365,
        least=30,
        law="个人信息保护法 第19条",
    ),
    Rule(
        "notices",
        Words("已读提醒", "Notices that were read"),
        Words("满期后删除。", "Deleted after so long."),
        days=365,
        least=30,
        law="个人信息保护法 第19条",
    ),
    Rule(
        "accesses",
        Words("查看与导出日志", "Log of who looked and exported"),
        Words("满期后删除。", "Deleted after so long."),
        days=1095,
        least=183,
        law="网络安全法 第21条（日志留存不少于六个月）",
    ),
    Rule(
        "uploads",
        Words("没有提交的上传文件", "Uploads that were never sent"),
        Words(
            "不属于任何诉求的文件，满期后从磁盘删除。",
            "Files that belong to no matter leave the disk after so long.",
        ),
        days=7,
        least=2,
        law="个人信息保护法 第6条（最小范围）",
    ),
)
"""In the order in which they are carried out: `files` frees bytes before `uploads` looks for strays."""


def list_rules() -> list[RuleInForce]:
    """Every rule as it is in force. One statement."""
    rows = {row.key: row for row in KeepingRule.objects.all()}
    return [
        RuleInForce(
            rule, rows[key].days if key in rows else rule.days, rows[key].active if key in rows else True
        )
        for key, rule in RULES.items()
    ]


def is_nightly() -> bool:
    """Whether the rules are carried out each night; not unless somebody has switched it on."""
    return KeepingRule.objects.filter(key=NIGHTLY, active=True).exists()


@transaction.atomic
def set_rule(key: str, days: int, *, active: bool, by: AccountInHand | None, now: datetime) -> None:
    """Keep one kind of data for `days`; inactive rules are not carried out.

    Refuses `rule-not-found`, `kept-too-short` (under the least that the law or the work allows) and
    `kept-too-long`.
    """
    rule = RULES.get(key)
    if rule is None:
        raise Refusal("rule-not-found", Words("没有这条规则。", "There is no such rule."))
    if days < rule.least:
        words = Words("“{title}”至少要保存 {least} 天。", "“{title}” is kept {least} days at least.")
        told = words.fill(title=rule.title, least=rule.least)
        raise Refusal("kept-too-short", told, rule=rule.law, field=f"days-{key}")
    if days > LONGEST_DAYS:
        raise Refusal(
            "kept-too-long", Words("最长 100 年。", "A hundred years at most."), field=f"days-{key}"
        )
    before = next(one for one in list_rules() if one.rule.key == key)
    if (before.days, before.active) == (days, active):
        return
    KeepingRule.objects.update_or_create(key=key, defaults={"days": days, "active": active, "set_at": now})
    note_keeping("keeping-set", by, now, rule=key, days=days, active=active, before=before.days)


@transaction.atomic
def switch_nightly(*, on: bool, by: AccountInHand | None, now: datetime) -> None:
    """Carry the rules out each night, or no longer."""
    if is_nightly() == on:
        return
    KeepingRule.objects.update_or_create(key=NIGHTLY, defaults={"days": 1, "active": on, "set_at": now})
    note_keeping("keeping-set", by, now, rule=NIGHTLY, active=on)


def note_keeping(verb: str, by: AccountInHand | None, now: datetime, **told: object) -> None:
    """One entry on the chain of retention."""
    actor = by.signature if by else ""
    append([NewEntry(SUBJECT, verb, now, by.id if by else None, actor, told)])

"""The limits of the village economy: what each is, its default, the rule it rests on, and what was set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from huiyin.economy.organisations.models import Setting
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand, note_thing


@dataclass(frozen=True, slots=True)
class Limit:
    """A whole number with its unit (`days`, `fen`, `per mille`), and the least and most it may be."""

    key: str
    title: Words
    unit: str
    default: int
    least: int
    most: int
    rule: str


LAW = "农村集体经济组织法"


def _listed(*limits: Limit) -> dict[str, Limit]:
    return {limit.key: limit for limit in limits}


LIMITS = _listed(
    Limit(
        "notice-days", Words("成员大会提前通知", "Notice of an assembly"), "days", 10, 10, 60, f"{LAW} 第27条"
    ),
    Limit(
        "attendance",
        Words("成员大会到会比例", "Attendance of an assembly"),
        "per mille",
        667,
        667,
        1000,
        f"{LAW} 第27条",
    ),
    Limit(
        "majority",
        Words("全体成员同意比例", "Majority of all members"),
        "per mille",
        667,
        667,
        1000,
        f"{LAW} 第27条、第28条",
    ),
    Limit(
        "proxies-held",
        Words("一人接受委托上限", "Proxies one person holds"),
        "count",
        3,
        1,
        9,
        f"{LAW} 第27条；章程",
    ),
    Limit(
        "plan-open-days",
        Words("年度报告、分配方案提前备查", "Accounts and plan open before"),
        "days",
        10,
        1,
        60,
        f"{LAW} 第46条",
    ),
    Limit(
        "collective-share",
        Words("集体股上限", "Collective share at most"),
        "per mille",
        300,
        0,
        500,
        "中发〔2016〕37号：是否设置集体股及其比例由成员民主决定",
    ),
    Limit(
        "cooperative-plan-days",
        Words("合作社盈余分配方案提前备查", "Co-operative's plan open before"),
        "days",
        15,
        1,
        60,
        "农民专业合作社法 第40条",
    ),
    Limit("posting-days", Words("公示期", "Posting"), "days", 5, 1, 60, "村民委员会组织法 第30条"),
    Limit(
        "answer-days",
        Words("公示质疑答复", "Answer to a question"),
        "days",
        5,
        1,
        30,
        "村民委员会组织法 第30条",
    ),
    Limit(
        "elders",
        Words("清产核资监督人数（村五老）", "Elders who look on at an inventory"),
        "people",
        3,
        1,
        20,
        f"{LAW} 第43条；清产核资“村五老”监督",
    ),
    Limit(
        "valuers",
        Words("民主评议最少人数", "People of a democratic assessment"),
        "people",
        5,
        3,
        50,
        f"{LAW} 第43条；集体资产民主评议",
    ),
    Limit(
        "filing-line",
        Words("支出备案起点", "Payments filed from"),
        "fen",
        500_000,
        0,
        10**12,
        "集体经济监管制度（地方）：乡镇备案",
    ),
    Limit(
        "resolution-line",
        Words("合同须经成员大会的起点", "Contracts resolved on from"),
        "fen",
        10_000_000,
        0,
        10**12,
        f"{LAW} 第26条",
    ),
    Limit(
        "cash-line",
        Words("现金支付上限", "Most that is paid in cash"),
        "fen",
        100_000,
        0,
        10**9,
        "现金管理暂行条例 第5条",
    ),
    Limit(
        "split-days",
        Words("同一收款人合并计算", "Payments to one payee count as one within"),
        "days",
        10,
        1,
        90,
        "乡镇备案制度：不得化整为零",
    ),
    Limit(
        "expiry-days",
        Words("合同到期提前提醒", "Warning before a contract ends"),
        "days",
        60,
        1,
        365,
        "集体经济监管制度（地方）：乡镇备案",
    ),
    Limit(
        "posting-due-day",
        Words("每月收支公示截止日", "Monthly posting due by day"),
        "days",
        10,
        1,
        28,
        "村民委员会组织法 第30条",
    ),
    Limit(
        "posting-months",
        Words("收支每几个月公示一次", "Months that are posted together"),
        "months",
        1,
        1,
        3,
        "村民委员会组织法 第30条",
    ),
    Limit(
        "cooperative-volume",
        Words("按交易量返还比例", "Surplus by volume traded"),
        "per mille",
        600,
        600,
        1000,
        "农民专业合作社法 第44条",
    ),
    Limit(
        "extra-votes",
        Words("附加表决权上限", "Extra votes"),
        "per mille",
        200,
        0,
        200,
        "农民专业合作社法 第22条",
    ),
    Limit(
        "farmers",
        Words("合作社农民成员比例", "Farmers of a co-operative"),
        "per mille",
        800,
        800,
        1000,
        "农民专业合作社法 第20条",
    ),
    Limit(
        "income-one",
        Words("集体收入第一档", "First bound of income"),
        "fen",
        20_000_000,
        1,
        10**12,
        "集体收入监测（地方）",
    ),
    Limit(
        "income-two",
        Words("集体收入第二档", "Second bound of income"),
        "fen",
        50_000_000,
        1,
        10**12,
        "集体收入监测（地方）",
    ),
)
"""Every limit by key."""


def get_limit(key: str, township_id: int | None = None) -> int:
    """What the township has set, else the county, else the default. One statement."""
    return get_limits([key], township_id)[key]


def get_limits(keys: list[str], township_id: int | None = None) -> dict[str, int]:
    """The same for several keys at once."""
    held = {key: LIMITS[key].default for key in keys}
    found = Setting.objects.filter(key__in=keys).order_by(F("township").asc(nulls_first=True))
    held |= {row.key: row.value for row in found if row.township_id in {None, township_id}}
    return held


def find_limit(key: str) -> Limit:
    """The limit of that key; refuses `limit-not-found`."""
    if key not in LIMITS:
        raise Refusal("limit-not-found", Words("没有这项规定。", "There is no such limit."), field="key")
    return LIMITS[key]


def list_settings() -> list[Setting]:
    """What the county and its townships have set, by limit, the county's own first."""
    found = Setting.objects.select_related("township")
    return list(found.order_by("key", F("township").asc(nulls_first=True)))


@transaction.atomic
def clear_limit(
    key: str, reason: str, by: AccountInHand | None, now: datetime, township_id: int | None = None
) -> None:
    """Go back to the default, or to what the county has set; journalled. Refuses `reason-needed`."""
    if not clean(reason):
        raise Refusal("reason-needed", Words("请写明依据。", "Give the reason."), field="reason")
    gone, _ = Setting.objects.filter(key=find_limit(key).key, township_id=township_id).delete()
    if gone:
        note_thing("economy", "clear-limit", by, now, key=key, township=township_id, reason=clean(reason))


@transaction.atomic
def set_limit(
    key: str, value: int, reason: str, by: AccountInHand | None, now: datetime, township_id: int | None = None
) -> None:
    """Set a limit for the county or one township; journalled.

    Refuses `limit-not-found`, `limit-out-of-range` (the law's own bound is the bound), `reason-needed`.
    """
    limit = find_limit(key)
    if not limit.least <= value <= limit.most:
        words = Words("“{title}”只能在 {least} 到 {most} 之间。", "“{title}” must be from {least} to {most}.")
        filled = words.fill(title=limit.title, least=limit.least, most=limit.most)
        raise Refusal("limit-out-of-range", filled, rule=limit.rule, field="value")
    if not clean(reason):
        raise Refusal("reason-needed", Words("请写明依据。", "Give the reason."), field="reason")
    Setting.objects.update_or_create(
        key=key, township_id=township_id, defaults={"value": value, "reason": clean(reason)}
    )
    note_thing("economy", "set-limit", by, now, key=key, value=value, township=township_id, reason=reason)

"""The rules of signing in: what the security officer may set, between which bounds. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.process.api import ROLES

SECURITY_RULE = "等保2.0 GB/T 22239-2019 8.1.4.1"
"""Identification: failed sign-ins are limited and lock, sessions end, passwords are complex."""


@dataclass(frozen=True, slots=True)
class SignInRules:
    """The rules in force. Zero `password_days` means that a password never grows old."""

    password_length: int = 10
    password_kinds: int = 2
    password_days: int = 0
    passwords_kept: int = 3
    failures_allowed: int = 5
    lock_minutes: int = 15
    address_failures: int = 50
    idle_minutes: int = 120
    session_hours: int = 12
    log_days: int = 365
    second_factor_roles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Bound:
    """A rule as it is asked for: between which whole numbers, under which title, with which hint."""

    least: int
    most: int
    title: Words
    hint: Words


BOUNDS: dict[str, Bound] = {
    "password_length": Bound(
        8,
        64,
        Words("密码最少位数", "Shortest password"),
        Words("建议不少于 10 位。", "Ten or more is advised."),
    ),
    "password_kinds": Bound(
        1,
        4,
        Words("至少几种字符", "Kinds of signs"),
        Words("大写、小写、数字、符号四种里至少几种。", "Of capitals, small letters, digits, others."),
    ),
    "password_days": Bound(
        0,
        730,
        Words("密码有效天数", "Days a password lasts"),
        Words(
            "到期须先改密码。0 表示不过期；等保测评一般要求 90。", "0: for ever. Audits usually ask for 90."
        ),
    ),
    "passwords_kept": Bound(
        0,
        24,
        Words("不能重复最近几次的密码", "Former passwords refused"),
        Words("0 表示不检查。", "0: none."),
    ),
    "failures_allowed": Bound(
        3,
        10,
        Words("连续失败几次锁定", "Failures that lock"),
        Words("密码和验证码都算。", "Passwords and codes."),
    ),
    "lock_minutes": Bound(
        5, 1440, Words("锁定分钟数", "Minutes of a lock"), Words("到时自动解锁。", "It ends by itself.")
    ),
    "address_failures": Bound(
        10,
        1000,
        Words("同一地址失败几次暂停", "Failures that hold an address"),
        Words(
            "锁定时长内，同一网络地址的失败次数；一个大院常共用一个地址，不要太小。",
            "Within the minutes of a lock. Offices often share one address: not too few.",
        ),
    ),
    "idle_minutes": Bound(
        5,
        720,
        Words("不操作几分钟退出", "Idle minutes"),
        Words("建议不超过 120。", "At most 120 is advised."),
    ),
    "session_hours": Bound(
        1,
        24,
        Words("一次登录最长小时", "Hours of a session"),
        Words("到时须重新登录。", "Then one signs in anew."),
    ),
    "log_days": Bound(
        180,
        3650,
        Words("登录日志保存天数", "Days the log is kept"),
        Words("网络安全法第 21 条：不少于六个月。", "Cybersecurity Law art. 21: six months at least."),
    ),
}
"""The rules that are whole numbers, in the order of the page."""


def read_rules(given: Mapping[str, Any], standing: SignInRules) -> SignInRules:
    """`standing` with what is kept in rows; a row that no longer fits its bounds is passed over."""
    numbers = {
        key: given[key]
        for key, bound in BOUNDS.items()
        if isinstance(given.get(key), int) and bound.least <= given[key] <= bound.most
    }
    roles = given.get("second_factor_roles", standing.second_factor_roles)
    return replace(standing, **numbers, second_factor_roles=frozenset(roles) & set(ROLES))


def write_rules(rules: SignInRules) -> dict[str, Any]:
    """The rules as rows hold them."""
    told = {field.name: getattr(rules, field.name) for field in fields(rules)}
    return {**told, "second_factor_roles": sorted(rules.second_factor_roles)}


def check_number(key: str, typed: str) -> int:
    """The number typed for a rule; refuses `bad-rule` for anything else, or outside its bounds."""
    bound, typed = BOUNDS[key], typed.strip()
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else None
    if number is None or not bound.least <= number <= bound.most:
        words = Words(
            "“{title}”请填 {least} 到 {most} 的整数。", "“{title}” is a whole number from {least} to {most}."
        )
        raise Refusal(
            "bad-rule",
            words.fill(title=bound.title, least=bound.least, most=bound.most),
            rule=SECURITY_RULE,
            field=key,
        )
    return number

"""Decisions about phones, passwords, lockouts and roles that clash. Pure: the time is passed in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from functools import cache

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean, fold
from huiyin.kernel.words import Words
from huiyin.people.sign_in_rules import SECURITY_RULE, SignInRules

STANDARD = SignInRules()
"""The rules where no security officer has set any."""

APART = frozenset({"admin", "security", "auditor"})
"""系统管理员、安全管理员、审计员三员分立: whoever holds one of these holds no other role at all."""

CLASHES: tuple[frozenset[str], ...] = (
    frozenset({"intake", "centre"}),
    frozenset({"dispatcher", "centre"}),
    frozenset({"centre", "board"}),
    frozenset({"callback", "board"}),
    frozenset({"unit-head", "board"}),
    frozenset({"bookkeeper", "reviewer"}),
    frozenset({"bookkeeper", "cashier"}),
    frozenset({"reviewer", "cashier"}),
    frozenset({"overseer", "director"}),
    frozenset({"overseer", "bookkeeper"}),
    frozenset({"overseer", "cashier"}),
    frozenset({"overseer", "reviewer"}),
)
"""Receive/approve, decide/appeal, books/review/cash, run/oversee: one account may not hold both sides.

会计法 第35条、第37条: cash and books apart; 农村集体经济组织法 第34条: an overseer holds no other office.
"""

MAY_REVEAL = frozenset(
    {
        "intake",
        "dispatcher",
        "handler",
        "unit-head",
        "centre",
        "callback",
        "supervisor",
        "steward",
        "visitor",
        "window",
    }
)
"""Roles that work on cases and so may open a person's identity, with a reason that is logged."""

_MOBILE = re.compile(r"1\d{10}")
_LANDLINE = re.compile(r"0\d{9,11}|[2-9]\d{6,7}|[48]00\d{7}")
_FILLING = re.compile(r"[\s\-‐–—()]+")


def normalise_phone(phone: str) -> str:
    """The digits of a mainland mobile or landline number: no +86, blanks, dashes or brackets.

    Refuses `bad-phone` for anything else. Numbers that differ only in writing come out equal.
    """
    bare = _FILLING.sub("", fold(phone))
    bare = re.sub(r"^(\+|00)86(?=[01])", "", bare)
    bare = re.sub(r"^86(?=1\d{10}$)", "", bare)
    if _MOBILE.fullmatch(bare) or _LANDLINE.fullmatch(bare):
        return bare
    raise Refusal(
        "bad-phone",
        Words(
            "这个电话号码不对。请填 11 位手机号，或带区号的座机号。",
            "This is not a phone number. Give an 11-digit mobile, or a landline with its area code.",
        ),
        field="phone",
    )


def clashing_roles(roles: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Pairs of `roles` that one account may not hold together, all in alphabetical order."""
    held = sorted(set(roles))
    return tuple(
        (one, other)
        for at, one in enumerate(held)
        for other in held[at + 1 :]
        if _clash(frozenset({one, other}))
    )


def _clash(pair: frozenset[str]) -> bool:
    return bool(pair & APART) or pair in CLASHES


def check_password_strength(
    password: str, login: str, demanded: SignInRules = STANDARD, name: str = ""
) -> None:
    """Refuses `weak-password`: too short, of too few kinds of signs, holding the login or the name, or known.

    A known one is among the 20,000 most common passwords that Django lists.
    """
    kinds = sum(bool(re.search(kind, password)) for kind in (r"[a-z]", r"[A-Z]", r"\d", r"[^a-zA-Z\d]"))
    told = {login.strip().lower(), name.strip().lower()} - {""}
    short = len(password) < demanded.password_length or kinds < demanded.password_kinds
    if short or any(part in password.lower() for part in told):
        raise _weak(tell_password_rule(demanded))
    if is_common(password):
        raise _weak(
            Words(
                "这个密码太常见，很容易被猜到，请换一个。", "This password is too common: it is soon guessed."
            )
        )


def tell_password_rule(demanded: SignInRules) -> Words:
    """What a password must be, for whoever chooses one."""
    return Words(
        "密码至少 {length} 位，大小写字母、数字、符号至少含 {kinds} 种，不能包含登录名和姓名。",
        "Use at least {length} signs of {kinds} kinds (small, capital, digit, other), without login or name.",
    ).fill(length=demanded.password_length, kinds=demanded.password_kinds)


def _weak(words: Words) -> Refusal:
    return Refusal("weak-password", words, rule=SECURITY_RULE, field="password")


def is_common(password: str) -> bool:
    """Whether the password is on Django's list of common ones, in any case."""
    return password.lower().strip() in _common_passwords()


@cache
def _common_passwords() -> set[str]:
    # The list is read when the first password is chosen, not at the start of every command.
    from django.contrib.auth.password_validation import CommonPasswordValidator

    listed: set[str] = CommonPasswordValidator().passwords
    return listed


def is_locked(locked_until: datetime | None, now: datetime) -> bool:
    """Whether a lock set by failed sign-ins still holds."""
    return locked_until is not None and locked_until > now


def check_reason(reason: str) -> str:
    """The reason without space around it; refuses `reason-needed` when under four signs."""
    told = clean(reason)
    if len(told) < 4:
        raise Refusal(
            "reason-needed",
            Words("请写明查看的理由，至少 4 个字。", "Say why you need to see it, in at least four signs."),
            rule="个人信息保护法 第51条",
            field="reason",
        )
    return told

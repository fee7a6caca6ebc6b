"""The sign-in log: who came in, who failed, from which address; kept as long as the rules say."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.people.models import Account, SignInNote
from huiyin.people.values import NOWHERE, Origin

OUTCOMES: dict[str, Words] = {
    "signed-in": Words("登录成功", "Signed in"),
    "signed-in-by-code": Words("两步验证登录成功", "Signed in by second factor"),
    "signed-in-by-recovery-code": Words("用备用码登录成功", "Signed in by recovery code"),
    "signed-in-by-single-sign-on": Words("统一身份认证登录成功", "Signed in by single sign-on"),
    "first-step-passed": Words("第一步通过，待验证码", "First step passed, code awaited"),
    "signed-out": Words("退出登录", "Signed out"),
    "session-ended": Words("结束其他设备的登录", "Ended a session elsewhere"),
    "unknown-login": Words("登录名不存在", "Unknown login"),
    "wrong-password": Words("密码错误", "Wrong password"),
    "wrong-code": Words("验证码错误", "Wrong code"),
    "closed-account": Words("账号已停用", "Closed account"),
    "locked": Words("失败次数过多，账号锁定", "Too many failures: locked"),
    "while-locked": Words("锁定期间尝试登录", "Tried while locked"),
    "address-held": Words("该地址失败过多，暂停登录", "Address held after failures"),
    "single-sign-on-refused": Words("统一身份认证未通过", "Single sign-on refused"),
    "second-factor-set": Words("开启两步验证", "Second factor set"),
    "second-factor-removed": Words("关闭两步验证", "Second factor removed"),
    "second-factor-reset": Words("两步验证被重置", "Second factor reset"),
    "recovery-codes-renewed": Words("更换备用码", "Recovery codes renewed"),
    "password-changed": Words("修改密码", "Password changed"),
    "unlocked": Words("解锁", "Unlocked"),
}
"""What may stand in the log."""

FAILURES = frozenset({"unknown-login", "wrong-password", "wrong-code", "closed-account", "locked"})
"""Outcomes that count against the address they came from."""

REFUSED = FAILURES | {"while-locked", "address-held", "single-sign-on-refused"}
"""Everything that did not lead in."""


def note_sign_in(
    outcome: str, account: Account | None, now: datetime, origin: Origin = NOWHERE, *, login: str = ""
) -> None:
    """One line of the log. A login that nobody has is masked: people type passwords into the wrong field."""
    if outcome not in OUTCOMES:
        raise ValueError(f"{outcome} is no outcome")
    told = account.login if account else f"{clean(login)[:2]}***"
    SignInNote.objects.create(
        at=now, account=account, login=told, outcome=outcome, address=origin.address, agent=origin.agent
    )


def list_sign_ins(
    *, login: str = "", outcome: str = "", refused: bool = False, limit: int = 50, skip: int = 0
) -> tuple[list[SignInNote], int]:
    """Lines of the log, newest first, with how many there are; by part of a login or address, by outcome.

    `refused` keeps those that did not lead in. The account of each line is loaded.
    """
    found = _narrow(login, outcome, refused=refused)
    lines = found.select_related("account").order_by("-at", "-id")[skip : skip + limit]
    return list(lines), found.count()


def _narrow(login: str, outcome: str, *, refused: bool) -> QuerySet[SignInNote]:
    found = SignInNote.objects.all()
    if login:
        found = found.filter(
            Q(login__icontains=login) | Q(address__startswith=login) | Q(account__name__icontains=login)
        )
    if outcome:
        found = found.filter(outcome=outcome)
    return found.filter(outcome__in=REFUSED) if refused else found


def count_failures_from(address: str, since: datetime) -> int:
    """How many sign-ins failed from this address since then."""
    return SignInNote.objects.filter(address=address, at__gt=since, outcome__in=FAILURES).count()


def forget_old_sign_ins(days: int, now: datetime) -> int:
    """Delete lines older than `days`, 180 at least (网络安全法 第21条); how many there were."""
    if days < 180:
        raise ValueError("the sign-in log is kept for six months at least")
    return SignInNote.objects.filter(at__lt=now - timedelta(days=days)).delete()[0]

"""The settings: with a public address nothing may be left open."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings

from huiyin.app.doctor.findings import Finding, Level, judge
from huiyin.kernel.words import Words


def examine_settings() -> Iterator[Finding]:
    """What must not be so on an address that others can reach."""
    public = bool(settings.PUBLIC_ADDRESS)
    hard = Level.WRONG if public else Level.LOOK
    yield _flag(
        "debug", not settings.DEBUG, Level.WRONG, "HUIYIN_DEBUG", "0", Words("调试页面", "Debug pages")
    )
    yield judge(
        "address",
        settings.PUBLIC_ADDRESS.startswith("https://"),
        Words(f"对外网址 {settings.PUBLIC_ADDRESS}", f"Public address {settings.PUBLIC_ADDRESS}"),
        Words("没有 https 的对外网址", "There is no public address with https"),
        Words(
            "设置 HUIYIN_PUBLIC_ADDRESS=https://…；短信和二维码里的链接要用它。",
            "Set HUIYIN_PUBLIC_ADDRESS=https://…: links in messages and QR codes need it.",
        ),
        hard,
    )
    yield judge(
        "hosts",
        "*" not in settings.ALLOWED_HOSTS,
        Words("只应答指定的主机名", "Only named hosts are answered"),
        Words("任何主机名都应答", "Any host name is answered"),
        Words("设置 HUIYIN_ALLOWED_HOSTS=对外域名", "Set HUIYIN_ALLOWED_HOSTS to the public name"),
        hard,
    )
    yield judge(
        "cookies",
        settings.SECURE_COOKIES,
        Words("Cookie 只经 https 传送", "Cookies go by https alone"),
        Words("Cookie 会经明文传送", "Cookies go in clear"),
        Words(
            "设置 https 的 HUIYIN_PUBLIC_ADDRESS，或 HUIYIN_SECURE_COOKIES=1", "Set HUIYIN_SECURE_COOKIES=1"
        ),
        hard,
    )


def examine_demo() -> Iterator[Finding]:
    """The demo county's accounts have a password that everybody knows."""
    from huiyin.app.demo.county.loader import PASSWORD, list_demo_accounts
    from huiyin.people.api import Account

    logins = [account.login for account in list_demo_accounts()]
    known = [
        account.login
        for account in Account.objects.filter(login__in=logins, active=True)
        if account.check_password(PASSWORD)
    ]
    shown = "、".join(known[:3])
    yield judge(
        "demo",
        not known and not (settings.DEMO and settings.PUBLIC_ADDRESS),
        Words("没有演示账号", "There are no demo accounts"),
        Words(f"演示账号仍可登录（{shown}…）", f"Demo accounts can sign in ({shown}…)"),
        Words(
            "正式使用前：设置 HUIYIN_DEMO=0，从空库开始，或停用这些账号、改掉口令。",
            "Before real use: set HUIYIN_DEMO=0 and begin with an empty database, or close these accounts.",
        ),
        Level.WRONG if settings.PUBLIC_ADDRESS else Level.LOOK,
    )


def examine_gateways() -> Iterator[Finding]:
    """What Huiyin needs from outside."""
    yield _set("sms", settings.SMS_GATEWAY_URL, "HUIYIN_SMS_URL", Words("短信网关", "Short message gateway"))
    yield _set("scanner", settings.CLAMD, "HUIYIN_CLAMD", Words("附件病毒检查", "Virus check of files"))
    if settings.CLAMD:
        yield _try_scanner()


def _try_scanner() -> Finding:
    from huiyin.cases.scanning import ScannerAway, find_scanner

    scanner = find_scanner()
    try:
        answers = scanner is not None and scanner.scan(b"Huiyin") is None
    except ScannerAway:
        answers = False
    return judge(
        "scanner-answers",
        answers,
        Words("病毒检查服务有应答", "The virus scanner answers"),
        Words("病毒检查服务没有应答，附件会被拒收", "The virus scanner does not answer: files are refused"),
        Words(
            f"检查 clamd 与 HUIYIN_CLAMD={settings.CLAMD}", f"Look at clamd and HUIYIN_CLAMD={settings.CLAMD}"
        ),
    )


def _set(key: str, value: str, name: str, what: Words) -> Finding:
    told = Words(f"{what.zh}已设置", f"{what.en} is set")
    wrong = Words(f"{what.zh}没有设置", f"{what.en} is not set")
    return judge(key, bool(value), told, wrong, Words(f"设置 {name}", f"Set {name}"), Level.LOOK)


def _flag(key: str, good: bool, level: Level, name: str, value: str, what: Words) -> Finding:
    told = Words(f"{what.zh}已关闭", f"{what.en}: off")
    wrong = Words(f"{what.zh}开着", f"{what.en}: on")
    return judge(key, good, told, wrong, Words(f"设置 {name}={value}", f"Set {name}={value}"), level)

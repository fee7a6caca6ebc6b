"""The menu of the console: what the roles of an account need, with what waits there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from huiyin.kernel.words import Words
from huiyin.pages.api import NavGroup, NavItem, url
from huiyin.people.api import AccountInHand
from huiyin.process.api import ROLES

REGISTERS = frozenset({"intake", "window", "dispatcher", "steward", "visitor"})
VISITS = frozenset({"steward", "visitor"})
HOLDS_CELLS = frozenset({"visitor"})
"""Whoever goes from door to door; others who hold a cell reach it by the map."""
UNSTICKS = frozenset({"intake", "window", "dispatcher", "steward"})
LOOKS_ON = frozenset(
    {"centre", "supervisor", "leader", "dispatcher", "intake", "callback", "steward", "auditor"}
)
READS_TRIAGE = frozenset({"centre", "dispatcher", "supervisor", "leader", "auditor"})
SEES_ISSUES = frozenset({"centre", "supervisor", "leader", "dispatcher", "intake", "auditor"})
CHANGES_ISSUES = frozenset({"centre", "dispatcher"})
"""Of those who see hot issues, who names, merges, splits and dismisses them, and makes groups."""
READS_REPLIES = frozenset({"centre", "supervisor", "leader"})
READS_MESSAGES = frozenset({"intake", "centre", "supervisor", "admin"})
SEES_DESIGNATED = frozenset({"centre", "supervisor", "leader", "auditor"})
COURT = frozenset({"centre", "leader", "board", "supervisor", "dispatcher", "auditor"})
"""Who looks into the return court."""

VILLAGES = frozenset(
    {
        "bookkeeper",
        "reviewer",
        "cashier",
        "director",
        "overseer",
        "rural",
        "leader",
        "auditor",
        "supervisor",
        "centre",
    }
)
"""Who opens the pages of the village economy."""

RUNS_THE_SYSTEM = frozenset({"admin", "security"})
"""They keep accounts and settings and see no case (等保2.0: separation of duties)."""

Entry = tuple[frozenset[str], str, str, str, str]
"""Who sees it, route, title in two languages, icon."""

WORK: tuple[Entry, ...] = (
    (REGISTERS, "console:intake", "登记诉求", "Register", "phone"),
    (VISITS, "console:visit", "走访登记", "Visits", "hand-helping"),
    (HOLDS_CELLS, "console:my-cells", "我的网格", "My cells", "map-pinned"),
    (UNSTICKS, "console:stuck", "办不成事", "Stuck cases", "life-buoy"),
    (COURT, "console:court", "退单裁决", "Return court", "gavel"),
)
"""Pages of daily work beside the worklist."""

HAS_TO_DO_WITH_CASES = frozenset(ROLES) - RUNS_THE_SYSTEM
"""Everybody else: whose pages list cases."""

BOOKS: tuple[Entry, ...] = (
    (LOOKS_ON, "console:ledger", "台账", "Ledger", "book-open"),
    (READS_TRIAGE, "console:triage", "派单建议", "Suggestions", "lightbulb"),
    (HAS_TO_DO_WITH_CASES, "console:precedents", "先例", "Precedents", "gavel"),
    (HAS_TO_DO_WITH_CASES, "console:returns", "退单记录", "Returns", "corner-up-left"),
    (SEES_ISSUES, "console:issues", "热点", "Hot issues", "flame"),
    (SEES_DESIGNATED, "console:designated", "指定办理", "Designated", "flag"),
    (READS_REPLIES, "console:replies", "答复抽查", "Replies", "check-check"),
    (READS_MESSAGES, "console:messages", "短信记录", "Messages", "message-square"),
)

ECONOMY: tuple[Entry, ...] = (
    (VILLAGES, "villages:organisations", "集体经济", "Village economy", "sprout"),
)  # fmt: skip
"""Pages of the village economy, each over all that the account sees."""

RUNNING: tuple[Entry, ...] = (
    (frozenset({"admin"}), "administration:tokens", "接口令牌", "API tokens", "key-round"),
    (frozenset({"security"}), "administration:rights", "专门权限", "Rights", "key-round"),
    (frozenset({"security"}), "administration:keeping", "保存期限", "Retention", "hourglass"),
    (frozenset({"auditor"}), "administration:audit", "审计", "Audit", "shield-check"),
    (frozenset({"admin"}), "console:reply-rules", "答复检查规则", "Reply rules", "check-check"),
    (frozenset({"admin"}), "administration:webhooks", "事件推送", "Webhooks", "send"),
    (frozenset({"admin"}), "administration:peers", "对接单位", "Peers", "network"),
    (
        frozenset({"security"}),
        "administration:sign-in-accounts",
        "账号安全",
        "Account security",
        "user-check",
    ),
    (frozenset({"security"}), "administration:sign-in-rules", "登录规则", "Sign-in rules", "lock"),
    (frozenset({"security", "auditor"}), "administration:sign-ins", "登录日志", "Sign-in log", "history"),
    (RUNS_THE_SYSTEM, "administration:setup", "系统设置", "Settings", "settings"),
)
"""Pages of whoever runs the system."""


def sees_cases(account: AccountInHand) -> bool:
    """Whether any post of the account has to do with cases."""
    return bool(account.roles & HAS_TO_DO_WITH_CASES)


def list_bell_units(account: AccountInHand) -> frozenset[int]:
    """The units whose bell the account hears: a post that runs the system hears of no case."""
    return frozenset(post.unit_id for post in account.posts if post.role in HAS_TO_DO_WITH_CASES)


def make_menu(account: AccountInHand, current: str, counts: Mapping[str, int]) -> tuple[NavGroup, ...]:
    """The groups of the menu; `counts` by tab of the worklist."""

    def item(route: str, zh: str, en: str, icon: str, count: int | None = None) -> NavItem:
        return NavItem(Words(zh, en), url(route), icon, count, current=route == current)

    def list_work() -> Iterator[NavItem]:
        yield item("console:worklist", "工单", "Cases", "inbox", counts.get("todo"))
        yield from list_those(WORK)

    def list_those(entries: Iterable[Entry]) -> tuple[NavItem, ...]:
        return tuple(
            item(route, zh, en, sign) for roles, route, zh, en, sign in entries if account.roles & roles
        )

    rules = (
        item("console:duties", "职责清单", "Duties", "scale"),
        item("console:admissions", "职责准入", "Admissions", "badge-check"),
        item("console:processes", "流程", "Processes", "workflow"),
        item("console:grid", "网格", "Grid", "map"),
        item("console:places", "扫码点位", "QR places", "qr-code"),
        item("console:workdays", "工作日历", "Calendar", "calendar-days"),
    )
    groups = (
        NavGroup("", tuple(list_work()) if sees_cases(account) else ()),
        NavGroup(Words("台账", "Books"), list_those(BOOKS)),
        NavGroup(Words("集体经济", "Village economy"), list_those(ECONOMY)),
        NavGroup(Words("规则", "Rules"), rules),
        NavGroup(Words("系统", "System"), list_those(RUNNING)),
    )
    return tuple(group for group in groups if group.items)

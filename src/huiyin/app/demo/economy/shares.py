"""What has happened to the shares of the demo county: changes in every state, certificates, two plans."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from django.utils import timezone

from huiyin.cases.api import make_acting, move_case
from huiyin.economy.assemblies.api import Meeting, Resolution
from huiyin.economy.members.api import Member
from huiyin.economy.organisations.api import Organisation
from huiyin.economy.shares.api import (
    Application,
    NewClass,
    NewPlan,
    Part,
    Share,
    apply_for,
    issue_certificates,
    open_ledgers,
    propose_plan,
    replace_lost,
)
from huiyin.people.api import AccountInHand, Post, take_in_hand

UNQUANTIFIED = ("N299900100300102HC", "N299900100300202HC")
"""Groups whose shares are not fixed yet: one before its assembly, one in the draft."""

WITH_CERTIFICATES = 6
Steps = tuple[tuple[int, str, str, Mapping[str, str]], ...]
"""Days ago, who, which move, with what."""

REGISTERED: Steps = (
    (24, "director", "approve", {}),
    (23, "bookkeeper", "post", {}),
    (15, "reviewer", "register", {}),
)
SPLIT_DONE: Steps = ((25, "director", "approve", {}), (24, "reviewer", "register", {}))
REFUSED: Steps = ((10, "director", "refuse", {"reason": "协议没有本人签字，补齐后再申请。"}),)
POSTED: Steps = ((3, "director", "approve", {}), (2, "bookkeeper", "post", {}))


def fill_shares(now: datetime) -> None:
    """Open the ledgers and let things happen in the first organisations."""
    open_ledgers(None, None, now - timedelta(days=60))
    found = Organisation.objects.select_related("area", "township", "unit").order_by("id")
    quantified = list(found.filter(share_book__isnull=False)[:WITH_CERTIFICATES])
    for organisation in quantified:
        by = _find(organisation, "bookkeeper", now)
        issued = issue_certificates(organisation, None, by, now - timedelta(days=50))
        if organisation is quantified[0] and issued:
            replace_lost(issued[2].pk, "搬家时遗失", by, now - timedelta(days=30))
    for organisation in quantified[:2]:
        _let_change(organisation, now)
    for code, play in zip(UNQUANTIFIED, (_bring_to_assembly, _draft), strict=True):
        one = found.filter(code=code).first()
        if one is not None:
            play(one, now)


def _find(organisation: Organisation, role: str, now: datetime) -> AccountInHand:
    unit_id = organisation.township_id if role == "rural" else organisation.unit_id
    post = Post.objects.filter(role=role, unit_id=unit_id).order_by("id")[0]
    account = take_in_hand(post.account_id, timezone.localdate(now))
    if account is None:
        raise LookupError(role)
    return account


def _go(organisation: Organisation, number: str, steps: Steps, now: datetime) -> None:
    for days, role, move, inputs in steps:
        move_case(
            number, move, inputs, make_acting(_find(organisation, role, now)), now - timedelta(days=days)
        )


def _let_change(organisation: Organisation, now: datetime) -> None:
    """One change of each kind and state; whoever gives is the same person each time."""
    held = Share.objects.filter(book__organisation=organisation, units__gt=0)
    families = _list_families(
        list(held.select_related("member").order_by("household__number", "member__number"))
    )
    plans: list[tuple[int, str, Callable[[], list[Part]], str, int, Steps]] = [
        (26, "split", lambda: _pass(families[0], families[0], 4), "女儿成家前分得父亲 4 股", 0, SPLIT_DONE),
        (26, "give", lambda: _pass(families[1], families[2], 3), "赠与侄女，协议公证", 0, REGISTERED),
        (25, "transfer", lambda: _pass(families[3], families[4], 5), "内部转让", 250_000, REGISTERED),
        (24, "redeem", lambda: [Part(families[5][0].pk, None, 2)], "自愿退出 2 股", 80_000, REGISTERED),
        (9, "transfer", lambda: _pass(families[6], families[7], 5), "内部转让", 200_000, POSTED),
        (6, "inherit", lambda: _inherit(families[8], now), "户主去世，子女协商一致", 0, POSTED),
        (4, "give", lambda: _pass(families[9], families[10], 2), "赠与外甥", 0, POSTED[:1]),
        (2, "split", lambda: _pass(families[11], families[11], 3), "老人把股份分给孙辈", 0, ()),
        (12, "give", lambda: _pass(families[12], families[13], 1), "赠与同村村民", 0, REFUSED),
    ]
    for days, kind, choose, words, fen, steps in plans:
        asked = Application(kind, choose(), words, fen)
        made = apply_for(
            organisation, asked, _find(organisation, "bookkeeper", now), now - timedelta(days=days)
        )
        _go(organisation, made.case.number, steps, now)


def _list_families(shares: list[Share]) -> list[list[Member]]:
    """The members of each household of at least two holders, by household."""
    families: dict[int, list[Member]] = {}
    for share in shares:
        families.setdefault(share.household_id, []).append(share.member)
    return [people for people in families.values() if len(people) > 1]


def _pass(givers: list[Member], takers: list[Member], units: int) -> list[Part]:
    return [Part(givers[0].pk, takers[-1].pk, units)]


def _inherit(family: list[Member], now: datetime) -> list[Part]:
    """The head has died; the heirs in the household take equal parts of ten units."""
    dead, heirs = family[0], family[1:]
    Member.objects.filter(pk=dead.pk).update(
        standing="lost", ground="death", article="农村集体经济组织法 第17条", until_on=timezone.localdate(now)
    )
    each = 10 // len(heirs)
    return [Part(dead.pk, heir.pk, each) for heir in heirs]


CLASSES = (NewClass("基本股", "each", 10), NewClass("农龄股", "years", 1, 40), NewClass("扶持股", "given", 0))


def _draft(organisation: Organisation, now: datetime) -> None:
    by = _find(organisation, "bookkeeper", now)
    new = NewPlan(CLASSES, date(now.year, 1, 1), 100, words="按章程拟订，先听取意见。")
    propose_plan(organisation, new, by, now - timedelta(days=5))


def _bring_to_assembly(organisation: Organisation, now: datetime) -> None:
    """Checked by the township, resolved by the assembly, and posted a day ago."""
    by = _find(organisation, "bookkeeper", now)
    new = NewPlan(CLASSES[:2], date(now.year, 1, 1), 100, words="按章程拟订，成员大会前已上门听取意见。")
    number = propose_plan(organisation, new, by, now - timedelta(days=40)).case.number
    before: Steps = (
        (38, "bookkeeper", "submit", {}),
        (34, "director", "deliberate", {"note": "两委会议一致同意"}),
        (28, "rural", "check", {"note": "符合章程和规定"}),
    )
    _go(organisation, number, before, now)
    _resolve(organisation, f"case:{number}", now - timedelta(days=3))
    _go(organisation, number, ((2, "director", "resolve", {}), (1, "bookkeeper", "post", {})), now)


def _resolve(organisation: Organisation, subject: str, at: datetime) -> None:
    on = timezone.localdate(at)
    entitled = Member.objects.filter(organisation=organisation, standing="confirmed", capable=True).count()
    meeting = Meeting.objects.create(
        organisation=organisation,
        title="成员大会：股权量化方案",
        noticed_on=on - timedelta(days=12),
        held_on=on,
        place="村民小组活动室",
        entitled=entitled,
        attended=entitled - 2,
        closed_at=at,
    )
    Resolution.objects.create(
        meeting=meeting,
        matter="quantification",
        subject=subject,
        title="股权量化方案",
        agreed=entitled - 4,
        against=1,
        abstained=1,
        valid=True,
        decided_at=at,
    )

"""Rounds of confirmation at every step, meetings valid and not, appeals open and upheld, births that wait."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max
from django.utils import timezone

from huiyin.app.demo.economy.people import MEN, SURNAMES, WOMEN
from huiyin.cases.api import Case, make_acting, move_case
from huiyin.economy.assemblies.api import (
    Delegate,
    Meeting,
    NewItem,
    NewMeeting,
    Seat,
    Tally,
    call_meeting,
    close_meeting,
    enter_attendance,
    enter_votes,
    list_entitled,
    list_waiting,
    need_of,
)
from huiyin.economy.members.api import Household, Member, MemberIdentity, NewMember, make_member
from huiyin.economy.membership.api import NewAppeal, Round, Sorting, file_appeal, open_rounds, sort_entries
from huiyin.economy.organisations.api import Organisation
from huiyin.people.api import AccountInHand, Post, take_in_hand

ROUND_STEPS: tuple[tuple[str, int, str, dict[str, str]], ...] = (
    ("submit", 1, "bookkeeper", {"reason": "分类登记完毕，逐户核对过。"}),
    ("agree", 2, "director", {"note": "村两委会议逐人初审，同意提交成员大会。"}),
    ("resolve", 13, "bookkeeper", {}),
    ("post_first", 13, "bookkeeper", {}),
    ("post_second", 19, "bookkeeper", {}),
    ("post_third", 25, "bookkeeper", {}),
    ("confirm", 31, "director", {}),
    ("file", 32, "rural", {"note": "名册已收存。"}),
)
"""Moves of a round with the day on which each is made, by whom."""

SCENES = (
    "sorting", "fallen", "post_first", "appeal-inquiring", "appeal-upheld", "confirm", "agree", "file",
    "delegates", "post_second", "submit", "resolve", "post_third", "appeal-deciding", "appeal-dismissed",
)  # fmt: skip
"""What stands at each organisation in turn; the rest have births that wait."""

ORDER = [name for name, *_ in ROUND_STEPS]
HELD = 12


@dataclass(frozen=True, slots=True)
class Cast:
    """Whom a scene is played by, and when it began."""

    organisation: Organisation
    hands: dict[str, AccountInHand]
    begun: datetime

    def on(self, days: int) -> datetime:
        """So many days after the beginning."""
        return self.begun + timedelta(days=days)


def fill_membership(now: datetime) -> None:
    """Let somebody wait on each roster, and play a scene at the first organisations; once."""
    if Round.objects.exists():
        return
    organisations = list(
        Organisation.objects.exclude(kind="cooperative")
        .select_related("area", "township", "unit")
        .order_by("code")
    )
    for organisation in organisations:
        _add_waiting(organisation, timezone.localdate(now))
    for organisation, scene in zip(organisations, SCENES, strict=False):
        _play(scene, organisation, now)


def _add_waiting(organisation: Organisation, today: date) -> None:
    """A newborn, one who married in, one who came back, and a woman who was struck off long ago."""
    rng = random.Random(f"membership-{organisation.code}")  # noqa: S311  # invented people
    homes = list(Household.objects.filter(organisation=organisation).order_by("number")[:12])
    if not homes:
        return
    last = Member.objects.filter(organisation=organisation).aggregate(most=Max("number"))["most"] or 0
    people = (
        (today - timedelta(days=rng.randint(20, 200)), "孙女", "candidate", WOMEN),
        (date(1996, 5, rng.randint(1, 28)), "儿媳", "candidate", WOMEN),
        (date(1979, 3, rng.randint(1, 28)), "回乡人员", "candidate", MEN),
        (date(1984, 9, rng.randint(1, 28)), "女", "lost", WOMEN),
    )
    Member.objects.bulk_create(
        make_member(
            organisation.pk,
            NewMember(
                rng.choice(homes).pk,
                last + at,
                MemberIdentity(
                    rng.choice(SURNAMES) + rng.choice(names),
                    f"999001{born:%Y%m%d}{organisation.pk % 10}{last + at:03d}",
                    f"101{rng.randrange(10**8):08d}",
                ),
                "male" if names is MEN else "female",
                born,
                relation,
                standing=standing,
            ),
        )
        for at, (born, relation, standing, names) in enumerate(people, 1)
    )


def _play(scene: str, organisation: Organisation, now: datetime) -> None:
    days = {"fallen": 14, "sorting": 1, "delegates": 14, "appeal-dismissed": 20, "appeal-inquiring": 3}
    reached = next((day for name, day, *_ in ROUND_STEPS if name == scene), days.get(scene, 9))
    hands = _find_hands(organisation, now)
    if not {"bookkeeper", "director", "overseer", "rural"} <= set(hands):
        return
    cast = Cast(organisation, hands, now - timedelta(days=reached + 2))
    if scene == "delegates":
        _hold_delegates(cast)
    elif scene.startswith("appeal"):
        _play_appeal(cast, scene.removeprefix("appeal-"))
    else:
        _play_round(cast, scene)


def _find_hands(organisation: Organisation, now: datetime) -> dict[str, AccountInHand]:
    posts = Post.objects.filter(unit_id__in=(organisation.unit_id, organisation.township_id))
    roles = ("bookkeeper", "director", "overseer", "rural")
    found = {}
    for post in posts.filter(role__in=roles).order_by("-id"):
        account = take_in_hand(post.account_id, timezone.localdate(now))
        if account is not None:
            found[post.role] = account
    return found


def _play_round(cast: Cast, scene: str) -> None:
    clerk = cast.hands["bookkeeper"]
    title = f"{cast.begun.year}年成员认定"
    made = open_rounds([cast.organisation], title, cast.begun.date(), make_acting(clerk), cast.begun)
    number = Case.objects.values_list("number", flat=True).get(pk=made[0].pk)
    kinds = {
        "孙女": Sorting("birth", "confirm", "出生医学证明、户口簿"),
        "儿媳": Sorting("marriage", "confirm", "结婚证；原村证明未取得成员身份"),
        "回乡人员": Sorting("other", "special", "户口簿", "早年农转非，十年前回村生产生活"),
    }
    entries = {entry.pk: kinds[entry.member.relation] for entry in made[0].entries.select_related("member")}
    if scene == "sorting":
        entries.popitem()
    sort_entries(number, entries, clerk, cast.begun)
    last = ORDER.index({"sorting": "submit", "fallen": "resolve"}.get(scene, scene))
    for name, day, role, inputs in ROUND_STEPS[: last + (scene not in {"sorting", "fallen"})]:
        if name == "resolve":
            hold(cast, 11, (9, 4), _agenda(cast))
        _move(cast, number, name, role, day, inputs)
    if scene == "fallen":
        hold(cast, 5, (5, 5), _agenda(cast))
    elif scene == "agree":
        _call(cast, cast.begun + timedelta(days=3), "assembly", _agenda(cast))


def _move(cast: Cast, number: str, name: str, role: str, day: int, inputs: dict[str, str]) -> None:
    move_case(number, name, inputs, make_acting(cast.hands[role]), cast.on(day))


def _agenda(cast: Cast) -> list[NewItem]:
    return [NewItem(one.matter, one.title, one.subject) for one in list_waiting(cast.organisation)]


def _call(cast: Cast, at: datetime, kind: str, items: list[NewItem]) -> Meeting:
    held = timezone.localdate(at) + timedelta(days=10)
    title = f"{held.year}年第 1 次{'成员大会' if kind == 'assembly' else '成员代表大会'}"
    new = NewMeeting(kind, title, held, "村文化礼堂", tuple(items))
    return call_meeting(cast.organisation, new, cast.hands["director"], at)


def hold(
    cast: Cast, came: int, agreed: tuple[int, ...], items: list[NewItem], kind: str = "assembly"
) -> None:
    """Hold a meeting two days on: `came` of twelve attend, of whom `agreed` parts of twelve of all agree."""
    meeting = _call(cast, cast.on(2), kind, items)
    entitled = list_entitled(meeting)
    seats = _seat(entitled, came, proxies=kind == "assembly")
    clerk, at = cast.hands["bookkeeper"], cast.on(HELD)
    enter_attendance(cast.organisation, meeting.pk, seats, clerk, at)
    votes = {}
    for item, part in zip(meeting.resolutions.order_by("id"), agreed, strict=False):
        yes = min(len(seats), need_of(len(entitled), 667) + 3 if part > 8 else len(entitled) * part // 12)
        votes[item.pk] = Tally(yes, (len(seats) - yes) // 2, len(seats) - yes - (len(seats) - yes) // 2)
    said = (cast.hands["director"].name, "主持人宣读议题，逐项举手表决，监票人当场点票。")
    enter_votes(cast.organisation, meeting.pk, votes, said, clerk, at)
    close_meeting(cast.organisation, meeting.pk, cast.hands["overseer"], at + timedelta(hours=5))


def _seat(entitled: list[Member], came: int, *, proxies: bool) -> list[Seat]:
    """Two thirds and more come in person, some online; a third of a household gives a written proxy."""
    seats: list[Seat] = []
    first: dict[int, int] = {}
    for at, member in enumerate(entitled):
        if at % 12 >= came:
            continue
        holder = first.get(member.household_id)
        if proxies and holder is not None and at % 5 == 0:
            seats.append(Seat(member.pk, "proxy", holder, f"委托书第 {member.number} 号"))
        else:
            first.setdefault(member.household_id, member.pk)
            seats.append(Seat(member.pk, "online" if at % 11 == 0 else "present"))
    return seats


def _hold_delegates(cast: Cast) -> None:
    """Twenty-five delegates, of every household in turn, decide an ordinary matter."""
    people = Member.objects.filter(
        organisation=cast.organisation, standing="confirmed", born_on__lt=date(2000, 1, 1)
    )
    chosen = {member.household_id: member for member in people.order_by("-sex", "number")}
    Delegate.objects.bulk_create(
        Delegate(organisation=cast.organisation, member=member, since_on=cast.begun.date())
        for member in list(chosen.values())[:25]
    )
    items = [NewItem("contract", "村口鱼塘续租五年"), NewItem("other", "硬化北坡机耕路")]
    hold(cast, 11, (9, 6), items, "delegates")


def _play_appeal(cast: Cast, scene: str) -> None:
    struck = Member.objects.get(organisation=cast.organisation, standing="lost", relation="女")
    ground = "other" if scene == "dismissed" else "married-out"
    new = NewAppeal(ground, "结婚以后村里把我除名，可我没有在婆家那边的村取得成员身份。", "婆家村的书面证明")
    appeal = file_appeal(struck, new, make_acting(cast.hands["overseer"]), cast.begun)
    number = Case.objects.values_list("number", flat=True).get(pk=appeal.pk)
    if scene == "inquiring":
        return
    _move(cast, number, "inquire", "overseer", 1, {"reason": "到婆家村核实，对方书面证明她不是成员。"})
    if scene == "dismissed":
        hold(cast, 11, (4,), _agenda(cast))
    _move(
        cast,
        number,
        "deliberate",
        "director",
        13 if scene == "dismissed" else 4,
        {"reason": "两委与监事会议定，报乡镇决定。"},
    )
    if scene == "dismissed":
        told = {"reason": "成员大会表决未通过。", "remedy": "可以请求调解、申请仲裁或者起诉。"}
        _move(cast, number, "dismiss", "rural", 14, told)
        _move(
            cast,
            number,
            "tell_dismissed",
            "bookkeeper",
            15,
            {"reply": "已当面告知。", "remedy": told["remedy"]},
        )
    elif scene == "upheld":
        _move(cast, number, "uphold", "rural", 7, {"reason": "未取得其他组织成员身份，不得取消。"})
        _move(cast, number, "tell_upheld", "bookkeeper", 8, {"reply": "您的成员身份已经恢复。"})

"""Half a year of monthly postings, some late or corrected, and what villagers asked under them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from huiyin.cases.api import make_acting, move_case
from huiyin.economy.books.api import Voucher
from huiyin.economy.organisations.api import Organisation
from huiyin.economy.postings.api import (
    NewQuestion,
    Posting,
    PostingLine,
    Question,
    ask,
    ask_again,
    correct_line,
    list_periods,
    preview_months,
    put_up_months,
    settle_quiet,
)
from huiyin.people.api import AccountInHand, Post, take_in_hand

MONTHS, DAYS = 6, 7
LATE = (7, 23, 41)
"""Places of the organisations that have not put up the last months."""

CORRECTED = 9
"""Every so many organisations have a corrected line."""


@dataclass(frozen=True, slots=True)
class _Scene:
    """What somebody asked about the organisation at that place, so many days ago, and the moves after.

    Each move: how many days later, by whom, which, with which words.
    """

    place: int
    days: int
    words: str
    kind: str = "question"
    name: str = ""
    moves: tuple[tuple[int, str, str, str], ...] = ()


_ANSWERED = "这笔是汛前清渠的人工费，四个人干了三天，名单和签字在村部，欢迎来看。"
SCENES = (
    _Scene(0, 30, "这笔钱付给谁了？有没有发票？", name="王桂兰", moves=(
        (2, "bookkeeper", "answer", _ANSWERED),
    )),
    _Scene(0, 3, "鱼塘的租金什么时候到账？", name="李志强"),
    _Scene(1, 9, "去年就说修路灯，怎么这个月还在付电费？"),
    _Scene(2, 12, "这笔开支没有开会讨论过，不同意。", "objection", "赵春生", moves=(
        (2, "bookkeeper", "draft_answer", "这笔在 5000 元以下，按章程由理事会定，会议记录已贴在村部。"),
        (3, "overseer", "confirm", ""),
    )),
    _Scene(3, 4, "收入里怎么没有机动地的租金？", "objection", moves=(
        (1, "director", "draft_answer", "机动地租金按合同年底交，还没有到期。"),
    )),
    _Scene(4, 20, "管护工资是怎么算的？", moves=(
        (1, "director", "answer", "按天数算，每天 120 元。"), (2, "person", "", "谁来记的天数？"),
        (4, "director", "answer", "护路员自己登记，村民小组长签字，登记本在村部。"),
    )),
    _Scene(5, 15, "某某把钱装进自己口袋了，骗子！", moves=(
        (1, "rural", "hide", "没有凭据的辱骂，隐去原话；所问的账目照常答复"),
        (3, "director", "answer", "本期所有开支都有票据，监事已逐笔看过。"),
    )),
    _Scene(6, 1, "电费是哪几个月的？", name="陈月娥"),
)  # fmt: skip


def fill_postings(now: datetime) -> None:
    """Put up the months of every organisation that keeps books, and let villagers ask."""
    if Posting.objects.filter(kind="books").exists():
        return
    kept = Organisation.objects.filter(pk__in=Voucher.objects.values("organisation")).order_by("code")
    organisations = list(kept.select_related("township", "area"))
    today = timezone.localdate(now)
    directors = [_find("director", one, today) for one in organisations]
    for at in range(MONTHS, 0, -1):
        for offset in range(DAYS):
            due = [
                place for place in range(offset, len(organisations), DAYS) if not (place in LATE and at <= 2)
            ]
            _put_up([(organisations[place], directors[place]) for place in due], at, offset, now)
    for place in range(4, len(organisations), CORRECTED):
        _correct(organisations[place], directors[place], now)
    for scene in SCENES:
        if scene.place < len(organisations):
            _play(scene, organisations[scene.place], now)
    settle_quiet(now)


def _put_up(
    own: list[tuple[Organisation, AccountInHand | None]], months: int, offset: int, now: datetime
) -> None:
    """The sheets of the month that ended so many months ago, some days into the month after it."""
    period = list_periods(timezone.localdate(now), 1, months)[-1]
    at = _noon(period.last + timedelta(days=2 + offset))
    ready = preview_months([one for one, _ in own], period.first)
    own = [(one, by) for one, by in own if not ready[one.pk].pending]
    if own and at <= now:
        put_up_months(own, period.first, at)


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10, 30)))


def _find(role: str, one: Organisation, on: date) -> AccountInHand | None:
    unit = one.township_id if role == "rural" else one.unit_id
    post = Post.objects.filter(role=role, unit_id=unit).order_by("id").first()
    return take_in_hand(post.account_id, on) if post else None


def _correct(one: Organisation, director: AccountInHand | None, now: datetime) -> None:
    posting = Posting.objects.filter(organisation=one, kind="books").order_by("-from_on").first()
    if posting is None:
        return
    line = PostingLine.objects.filter(posting=posting, key__startswith="voucher:").order_by("at").first()
    if line is not None:
        at = min(now, timezone.make_aware(datetime.combine(posting.from_on + timedelta(days=3), time(16))))
        told = {**line.cells, "what": f"{line.cells['what']}（二组）"}
        correct_line(line.pk, told, "漏写了是哪个村民小组的", director, at)


def _play(scene: _Scene, one: Organisation, now: datetime) -> None:
    """Ask under the sheet that hung then, or the last one before; each move at its day."""
    at = now - timedelta(days=scene.days)
    hung = Posting.objects.filter(organisation=one, kind="books", turn=1).order_by("-from_on")
    posting = hung.filter(at__lte=at).first()
    if posting is None:
        return
    if scene.kind == "objection":
        at = min(now, posting.at + timedelta(days=1))  # an objection is raised while the sheet hangs
    lines = posting.lines.filter(key__startswith="voucher:", corrected_by__isnull=True).order_by("at")
    line = lines.last()
    new = NewQuestion(posting.pk, scene.words, scene.kind, line.pk if line else None, scene.name)
    question = ask(new, at)
    for days, role, move, words in scene.moves:
        _move(question, role, move, words, min(now, at + timedelta(days=days)))


def _move(question: Question, role: str, move: str, words: str, at: datetime) -> None:
    if role == "person":
        ask_again(question.pk, words, at)
        return
    account = _find(role, question.posting.organisation, timezone.localdate(at))
    if account is None:
        return
    given = {"hide": "reason", "confirm": "note"}.get(move, "reply")
    move_case(question.case.number, move, {given: words} if words else {}, make_acting(account), at)

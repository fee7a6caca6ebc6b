"""Fills the demo county with requests: seeded, so that the same day gives the same county again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db import connection
from django.db.models import F
from django.utils import timezone

from huiyin.app.demo.county.grid import Spots
from huiyin.app.demo.requests.acting import Cast
from huiyin.app.demo.requests.choosing import Thread
from huiyin.app.demo.requests.disputing import plan_disputes
from huiyin.app.demo.requests.habits import REST
from huiyin.app.demo.requests.hot import Said, find_issues, list_said, repeat_again
from huiyin.app.demo.requests.judging import judge_samples
from huiyin.app.demo.requests.playing import Player
from huiyin.app.demo.requests.writing import list_matters, write_matter, write_person
from huiyin.app.hearing import hear_now
from huiyin.appeals.api import NewAppeal, Notice, Reported, report
from huiyin.cases.api import PERSON, Acting, get_newest
from huiyin.journal.api import drain_outbox, make_root
from huiyin.people.api import Area, list_areas, list_companies, list_places
from huiyin.register.api import Category, list_categories, load_calendar

SEED = 20261122
LEAST_DAYS = 40
"""A county of fewer days has no room for the disputes, which reach back so far."""

DOORS: tuple[tuple[int, str, str, str], ...] = (
    (46, "hotline", "hotline", "intake"),
    (14, "hotline", "portal", "person"),
    (6, "hotline", "board", "intake"),
    (4, "hotline", "window", "window"),
    (8, "enterprise", "enterprise-line", "intake"),
    (4, "enterprise", "steward", "steward"),
    (8, "through-train", "visit", "visitor"),
    (4, "through-train", "steward", "steward"),
    (12, "scan", "scan", "person"),
    (3, "stuck", "stuck-desk", "window"),
)
"""Share, process, channel and who opens: the doors by which the demo county hears its matters."""


def fill_requests(
    now: datetime, days: int = 60, a_day: int = 5, progress: Callable[[int, int], None] = lambda _d, _a: None
) -> None:
    """Open about `a_day` requests on each of the last `days` days and carry them to the present.

    `progress` hears the steps done and, roughly, all there are.
    """
    rng = Random(SEED)  # noqa: S311 — chance for a story, not for a secret
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")
    player = Player(rng, Cast(), load_calendar(), now)
    world = _World(rng, now)
    total = 0
    for day in range(days, -1, -1):
        for _ in range(rng.randint(a_day - 3, a_day + 3)):
            at = _moment(rng, now - timedelta(days=day))
            if at < now:
                player.plan(at, world.open_one)
                total += 1
    for said in list_said(rng, now, world.villages) if days > 12 else []:
        player.plan(said.at, world.say(said))
        total += 1
    if days >= LEAST_DAYS:
        plan_disputes(player.plan, now, list_areas("village"))
    player.play(_hear, lambda done: progress(done, total * 9))
    intake = player.cast.find(rng, "intake", None, [])
    if intake is not None and total:
        repeat_again(rng, intake, world.villages, now)
        find_issues(now, _hear)
    judge_samples()
    for day in range(days, 0, -1):
        make_root((now - timedelta(days=day)).date())
    Notice.objects.filter(made_at__lt=now - timedelta(days=2)).update(read_at=F("made_at"))
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO on")


def _moment(rng: Random, day: datetime) -> datetime:
    """Some time of that day between half past six and half past ten at night; mostly by daylight."""
    start = timezone.localtime(day).replace(hour=6, minute=30, second=0, microsecond=0)
    return start + timedelta(minutes=round(rng.triangular(0, 960, 240)))


def _hear() -> None:
    while drain_outbox(hear_now, 200) == 200:
        pass


class _World:
    """Places, categories and companies of the county, from which requests are drawn."""

    def __init__(self, rng: Random, now: datetime) -> None:
        self._rng = rng
        self._now = now
        self._cast = Cast()
        self._matters = list_matters()
        self._categories: Mapping[str, Category] = {
            category.code: category for category in list_categories(3)
        }
        self.villages: list[Area] = list_areas("village")
        self._places = list_places()
        self._companies = list_companies()
        self._spots = Spots()

    def open_one(self, at: datetime) -> Iterator[Thread]:
        """Report one invented matter; now and then a second person reports the same."""
        rng = self._rng
        _, process, channel, role = rng.choices(DOORS, [door[0] for door in DOORS])[0]
        village = rng.choice(self.villages)
        matter = rng.choice(self._matters)
        for again in range(1 + (rng.random() < 0.06)):
            written = write_matter(rng, matter, village.name)
            reported = self._report(
                process, channel, role, written, village, at + timedelta(minutes=7 * again)
            )
            if reported is not None:
                yield Thread(
                    reported.number, written, slow=rng.random() < 0.14, rests_at=self._rest(process, at)
                )

    def say(self, said: Said) -> Callable[[datetime], Iterator[Thread]]:
        """One report of a hot issue; most of them still wait, so that they can be made one group."""

        def tell(at: datetime) -> Iterator[Thread]:
            reported = self._report("hotline", "hotline", "intake", said.written, said.village, at)
            if reported is not None:
                rests = "to-dispatch" if self._rng.random() < 0.75 else ""
                yield Thread(reported.number, said.written, slow=False, rests_at=rests)

        return tell

    def _rest(self, process: str, at: datetime) -> str:
        """Most of the last days' matters, and now and then an older one, come to rest before the end."""
        likely = 0.8 if self._now - at < timedelta(days=14) else 0.01
        stages = [stage for stage in REST if stage in get_newest(process).stages]
        return self._rng.choice(stages) if self._rng.random() < likely else ""

    def _report(
        self, process: str, channel: str, role: str, written: Any, village: Area, at: datetime
    ) -> Reported | None:
        rng = self._rng
        acting: Acting | None = PERSON if role == "person" else self._cast.find(rng, role, None, [])
        if acting is None:
            return None
        name, phone = write_person(rng)
        category = self._categories[written.category]
        company = rng.choice(self._companies).pk if process == "enterprise" and self._companies else None
        spot = rng.choice(self._places) if channel == "scan" and self._places else None
        lon, lat = (None, None) if spot else self._spots.choose(village.code)
        return report(
            NewAppeal(
                process=process,
                channel=channel,
                title=written.title,
                words=written.words,
                name=name,
                phone=phone,
                identity=rng.choices(("named", "anonymous", "confidential"), (90, 6, 4))[0],
                category_id=category.pk,
                area_id=spot.area_id if spot else village.pk,
                place=spot.title if spot else f"{village.name}{rng.randint(1, 20)} 栋",
                spot_id=spot.pk if spot else None,
                lon_microdegrees=lon,
                lat_microdegrees=lat,
                grade=_grade_for(process, category),
                urgent=category.grade == "urgent",
                opened_at=at,
                company_id=company,
                suggestion="建议现场会商，明确主办单位。" if channel == "visit" else "",
                failed_matter="便民窗口一项未办成的事" if process == "stuck" else "",
            ),
            acting,
        )


def _grade_for(process: str, category: Category) -> str:
    """The category's usual grade where the process knows it, else the process's first."""
    return category.grade if category.grade in get_newest(process).grades else ""

"""Invented hot issues: what many people of the demo county raise within weeks, and one who repeats it."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files
from random import Random

from huiyin.app.demo.requests.writing import Written, write_person
from huiyin.appeals.api import NewAppeal, report
from huiyin.cases.api import Acting, move_case
from huiyin.insight.api import carry_out_run, start_run
from huiyin.people.api import Area
from huiyin.register.api import find_category

LATELY = timedelta(days=12)
_PROGRESS = "已到现场核实，正在会同有关单位研究办法。"
_ANSWER = "已责令限期整改，整改期间每周公布进展，完成后再请居民代表一起查看。"
_REPEATED = "楼下麻将馆每天打到半夜，声音很大，睡不着，请管一管，东湖新村五栋。"
_ANSWERED = "已与店主约定每晚十点关门并装隔音门，社区每周巡查；没有新的噪声记录。"


@dataclass(frozen=True, slots=True)
class Said:
    """One person's report of a hot issue, when it comes, and the township it is about."""

    at: datetime
    written: Written
    village: Area


def list_said(rng: Random, now: datetime, villages: list[Area]) -> list[Said]:
    """Every report of the file, spread over the last weeks, each issue in one village."""
    text = (files("huiyin.app.demo.requests") / "hot.csv").read_text(encoding="utf-8")
    homes: dict[str, Area] = {}
    said = []
    for row in csv.DictReader(text.splitlines()):
        home = homes.setdefault(row["issue"], villages[len(homes) * 5 % len(villages)])
        at = now - LATELY * rng.random() - timedelta(hours=3)
        said.append(Said(at, Written(row["category"], row["title"], row["words"], _PROGRESS, _ANSWER), home))
    return said


def repeat_again(rng: Random, intake: Acting, villages: list[Area], now: datetime) -> None:
    """One person says the same three times: answered twice, the third waits to be looked at."""
    name, phone = write_person(rng)
    category = find_category("050102")
    for days in (9, 5, 0):
        at = now - timedelta(days=days, hours=2)
        new = NewAppeal(
            "hotline", "hotline", _REPEATED, at, title="楼下麻将馆半夜扰民", name=name, phone=phone,
            category_id=category.pk if category else None, area_id=villages[3 % len(villages)].pk,
        )  # fmt: skip
        number = report(new, intake).number
        if days:
            move_case(number, "answer_at_once", {"reply": _ANSWERED}, intake, at + timedelta(minutes=20))


def find_issues(now: datetime, hear: Callable[[], None]) -> None:
    """Look for hot issues as each night does."""
    hear()
    run = start_run(now - timedelta(days=90), now, None, None, now)
    carry_out_run(run.pk, now)

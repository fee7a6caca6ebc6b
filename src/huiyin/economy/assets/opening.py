"""Opens inventories: for one organisation, or for all of a township or the county, by a job."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from huiyin.cases.api import make_acting
from huiyin.economy.assets.models import Inventory, Round
from huiyin.economy.assets.values import INVENTORY, RULE
from huiyin.economy.organisations.api import (
    OVERSEES,
    NewMatter,
    Organisation,
    Standard,
    find_scope,
    list_seen,
    note_all,
    open_matters,
)
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand, take_in_hand

AT_ONCE = 50
"""So many are opened in one transaction; the progress is told after each."""
JOB = "open-inventories"


@transaction.atomic
def start_round(
    year: int, as_of: date, by: AccountInHand, now: datetime, township_id: int | None = None
) -> Round:
    """Have a job open the year's inventory of every organisation that the clerk oversees.

    Organisations that have theirs keep it. Refuses `not-your-duty`, `bad-year`, `as-of-ahead`,
    `none-to-open`.
    """
    if OVERSEES not in by.roles:
        words = Words("由乡镇或县农经员统一部署。", "The rural clerk of the township or the county opens it.")
        raise Refusal("not-your-duty", words, RULE)
    today = timezone.localdate(now)
    if not 2000 <= year <= today.year + 1:
        raise Refusal("bad-year", Words("请填写年度。", "Give the year."), RULE, "year")
    if as_of > today:
        words = Words("清产核资时点不能晚于今天。", "The day as of which things are counted lies ahead.")
        raise Refusal("as-of-ahead", words, RULE, "as_of")
    wanted = len(_list_wanted(year, by, township_id))
    if not wanted:
        words = Words("您管的组织这一年都已部署。", "All that you oversee have theirs of that year.")
        raise Refusal("none-to-open", words, RULE, "year")
    fresh = Round.objects.create(
        year=year, as_of=as_of, township_id=township_id, wanted=wanted, opened_by_id=by.id, opened_at=now
    )
    app.configure_task(JOB, queue="economy", lock=f"inventories-{year}").defer(round_id=fresh.pk)
    return fresh


def _list_wanted(year: int, by: AccountInHand, township_id: int | None) -> Sequence[Organisation]:
    """The collectives that the clerk oversees and that have no inventory of that year, by code."""
    scope = find_scope(by)
    county = any(post.role == OVERSEES and post.unit_kind != "township" for post in by.posts)
    found = list_seen(by).filter(standard=Standard.COLLECTIVE)
    if not county:
        found = found.filter(township_id__in=scope.townships)
    if township_id is not None:
        found = found.filter(township_id=township_id)
    return list(found.exclude(inventories__year=year))


def run_round(round_id: int, now: datetime) -> None:
    """What the job does: open them, some at once, telling how far it is; done again it goes on."""
    one = Round.objects.filter(pk=round_id, state="running").first()
    if one is None:
        return
    try:
        _open_in_turns(one, _find_clerk(one, now), now)
    except Refusal as refusal:
        told = [refusal.words.zh, refusal.words.en]
        Round.objects.filter(pk=one.pk).update(state="refused", words=told, finished_at=timezone.now())


def _find_clerk(one: Round, now: datetime) -> AccountInHand:
    by = take_in_hand(one.opened_by_id, timezone.localdate(now))
    if by is None or OVERSEES not in by.roles:
        raise Refusal("not-your-duty", Words("您已不再担任农经员。", "You are no rural clerk any more."))
    return by


def _open_in_turns(one: Round, by: AccountInHand, now: datetime) -> None:
    waiting = _list_wanted(one.year, by, one.township_id)
    one.done = one.wanted - len(waiting)
    for at in range(0, len(waiting), AT_ONCE):
        part = waiting[at : at + AT_ONCE]
        open_inventories(part, one, by, now)
        one.done += len(part)
        Round.objects.filter(pk=one.pk).update(done=one.done)
    Round.objects.filter(pk=one.pk).update(state="done", done=one.wanted, finished_at=timezone.now())


@transaction.atomic
def open_inventories(
    organisations: Sequence[Organisation], one: Round, by: AccountInHand, now: datetime
) -> list[Inventory]:
    """The inventory of each, as a case in its hands; one that is there already is answered."""
    opened = open_matters([_make_matter(own, one) for own in organisations], make_acting(by), now)
    Inventory.objects.bulk_create(
        [
            Inventory(
                organisation=own,
                case_id=case.case_id,
                round=one,
                year=one.year,
                as_of=one.as_of,
                opened_at=now,
            )
            for own, case in zip(organisations, opened, strict=True)
        ],
        ignore_conflicts=True,
    )
    told = [
        (own, {"year": one.year, "as_of": one.as_of.isoformat(), "case": case.number})
        for own, case in zip(organisations, opened, strict=True)
        if case.fresh
    ]
    note_all(told, "open-inventory", by, now)
    held = Inventory.objects.filter(case_id__in=[case.case_id for case in opened])
    by_case = {row.case_id: row for row in held.select_related("organisation", "case")}
    return [by_case[case.case_id] for case in opened]


def _make_matter(organisation: Organisation, one: Round) -> NewMatter:
    return NewMatter(
        organisation,
        INVENTORY,
        f"{organisation.name}{one.year}年度清产核资",
        f"清产核资时点：{one.as_of.isoformat()}",
        source_key=f"inventory:{organisation.code}:{one.year}",
    )

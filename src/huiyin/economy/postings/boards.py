"""What hangs on the board of an organisation: its postings, how many wait for an answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Q, QuerySet

from huiyin.economy.postings.models import Posting, Question
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words


@dataclass(frozen=True, slots=True)
class Board:
    """How much hangs on one organisation's board: running sheets, all sheets, questions without an answer."""

    running: int = 0
    sheets: int = 0
    waiting: int = 0


WAITING = ("opened", "answering", "objected", "checking")
"""Stages in which a question waits for an answer, a first or a further one."""

_WAITING = Q(questions__case__stage__in=WAITING)


def list_postings(organisation_id: int, kind: str = "") -> QuerySet[Posting]:
    """Its postings, newest first, each with the number of its `lines`, of what was `asked`, and `waiting`."""
    found = Posting.objects.filter(organisation_id=organisation_id)
    if kind:
        found = found.filter(kind=kind)
    return found.annotate(
        asked=Count("questions", distinct=True), waiting=Count("questions", filter=_WAITING, distinct=True)
    ).order_by("-from_on", "-id")


def list_boards(organisation_ids: Iterable[int], on: date) -> dict[int, Board]:
    """The board of each organisation that has one."""
    rows = (
        Posting.objects.filter(organisation_id__in=list(organisation_ids))
        .values("organisation_id")
        .annotate(
            sheets=Count("id", distinct=True),
            running=Count("id", filter=Q(from_on__lte=on, until_on__gte=on), distinct=True),
            waiting=Count("questions", filter=_WAITING, distinct=True),
        )
        .order_by(F("organisation_id"))
    )
    return {row["organisation_id"]: Board(row["running"], row["sheets"], row["waiting"]) for row in rows}


def list_asked(
    organisation_ids: Iterable[int], *, waiting: bool = False, late_at: datetime | None = None
) -> QuerySet[Question]:
    """What was asked under the postings of these organisations; the first to be answered first.

    `waiting`: only what has no answer; `late_at`: of these, what should have had one by then.
    """
    found = Question.objects.filter(posting__organisation_id__in=list(organisation_ids))
    found = found.select_related("case", "posting__organisation", "line")
    if waiting:
        found = found.filter(case__stage__in=WAITING)
    if late_at is not None:
        found = found.filter(case__due_at__lt=late_at)
    return found.order_by(F("case__due_at").asc(nulls_last=True), "-id")


def get_question(number: str) -> Question:
    """What was asked, by the number of its case; refuses `question-not-found`."""
    found = Question.objects.select_related("case", "posting__organisation__area", "line__posting")
    question = found.filter(case__number=clean(number).upper()).first()
    if question is None:
        words = Words("没有这个编号。请核对后再查。", "There is no such number. Check it and try again.")
        raise Refusal("question-not-found", words)
    return question

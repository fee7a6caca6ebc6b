"""What the moves of a question's case write: the answer below the line, words hidden and shown again."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Max
from django.db.models.functions import Coalesce
from django.utils import timezone

from huiyin.cases.api import SYSTEM, Acting, Case, Passing, move_case
from huiyin.economy.organisations.api import note
from huiyin.economy.postings.asking import digest_words
from huiyin.economy.postings.models import Question
from huiyin.economy.postings.values import QUESTION
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.people.api import AccountInHand, take_in_hand

QUIET = timedelta(days=5)
"""How long after an answer it may be asked again; then the case is closed."""


def pass_question(passing: Passing) -> None:
    """The gate of the process: what is public of a question changes with the move, whichever door it is."""
    write = _WRITES.get(passing.move)
    if write is None:
        return
    question = (
        Question.objects.select_for_update(of=("self",))
        .select_related("posting__organisation")
        .filter(case_id=passing.case_id)
        .first()
    )
    if question is not None:
        write(question, passing)


def _answer(question: Question, passing: Passing) -> None:
    _write_answer(question, clean(str(passing.inputs.get("reply") or "")), passing)


def _confirm(question: Question, passing: Passing) -> None:
    asked = Case.objects.values_list("asked", flat=True).get(pk=passing.case_id) or {}
    _write_answer(question, clean(str(asked.get("reply") or "")), passing)


def _write_answer(question: Question, reply: str, passing: Passing) -> None:
    again = question.follow_ups.filter(answered_at__isnull=True).first()
    said = again or question
    said.answer, said.answered_at = reply, passing.now
    said.save(update_fields=["answer", "answered_at"])
    _note(question, "answer-question", passing, digest=digest_words(reply))


def _hide(question: Question, passing: Passing) -> None:
    _set_hidden(question, clean(str(passing.inputs["reason"])), "hide-question", passing)


def _show(question: Question, passing: Passing) -> None:
    _set_hidden(question, "", "show-question", passing)


def _set_hidden(question: Question, reason: str, verb: str, passing: Passing) -> None:
    question.hidden_for = reason
    question.save(update_fields=["hidden_for"])
    _note(question, verb, passing, reason=clean(str(passing.inputs["reason"])))


def _note(question: Question, verb: str, passing: Passing, **told: object) -> None:
    by = _take_in_hand(passing.acting, passing.now)
    note(
        question.posting.organisation, verb, by, passing.now,
        posting=question.posting_id, case=passing.number, **told,
    )  # fmt: skip


def _take_in_hand(acting: Acting, now: datetime) -> AccountInHand | None:
    return take_in_hand(acting.account_id, timezone.localdate(now)) if acting.account_id else None


_WRITES = {"answer": _answer, "confirm": _confirm, "hide": _hide, "show": _show}


def settle_quiet(now: datetime) -> int:
    """Close the cases whose answer nobody has asked about again for `QUIET`; how many."""
    last = Coalesce(Max("follow_ups__answered_at"), "answered_at")
    found = Question.objects.filter(case__process=QUESTION, case__stage="answered")
    numbers = found.annotate(last=last).filter(last__lt=now - QUIET).order_by("id")
    return sum(_settle(number, now) for number in list(numbers.values_list("case__number", flat=True)))


def _settle(number: str, now: datetime) -> bool:
    try:
        move_case(number, "settle", {}, SYSTEM, now)
    except Refusal:
        return False  # asked again at this moment
    return True

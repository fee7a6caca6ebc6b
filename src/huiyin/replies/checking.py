"""Checks the reply of a case, and keeps what was found beside the move that sent it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from huiyin.cases.api import Case, Moved, get_process
from huiyin.journal.api import Event, list_entries
from huiyin.kernel.texts import digest
from huiyin.language.api import ReplyCheck, check_reply, join_matter
from huiyin.people.api import AccountInHand, Post
from huiyin.replies.models import Check
from huiyin.replies.rules import choose_sample, is_answering
from huiyin.replies.settings import get_rules
from huiyin.replies.values import Rules

COPIED_FROM = 30
"""Signs of a reply below which two that are alike say nothing."""


def look_at_reply(reply: str, title: str, words: str, case_id: int | None = None) -> ReplyCheck:
    """What is found of a reply to a matter. One statement, to find one that is word for word the same."""
    return check_reply(reply, join_matter([title, words]), copied=_is_copied(reply, case_id))


def _is_copied(reply: str, case_id: int | None) -> bool:
    if len(reply) < COPIED_FROM:
        return False
    return Check.objects.filter(digest=digest(reply)).exclude(case_id=case_id or 0).exists()


def keep_check(
    moved: Moved,
    move: str,
    reply: str,
    check: ReplyCheck,
    rules: Rules,
    by: AccountInHand,
    reason: str,
    now: datetime,
) -> None:
    """Keep the check of a reply that a member of the staff has just sent, in the transaction of its move."""
    lead = next((part for part in reversed(moved.parts) if part.part == "lead"), None)
    unit = lead.unit_id if lead else by.main_unit.unit_id if by.main_unit else None
    row = _make_row(moved.case_id, unit, reply, check, rules, now)
    row.version, row.move, row.round = moved.version, move, lead.round if lead else 1
    row.account_id, row.account, row.reason = by.id, by.signature, reason
    Check.objects.bulk_create([row], ignore_conflicts=True)


def _make_row(
    case_id: int, unit_id: int | None, reply: str, check: ReplyCheck, rules: Rules, now: datetime
) -> Check:
    return Check(
        case_id=case_id,
        unit_id=unit_id,
        score=check.score,
        band=rules.lines.find_band(check),
        points=check.points,
        findings=[{"code": one.code, "weight": one.weight, "quote": one.quote} for one in check.findings],
        rules=check.version,
        digest=digest(reply),
        made_at=now,
        sampled=choose_sample(check, case_id, unit_id, timezone.localdate(now), rules),
    )


def is_reply_unchecked(event: Mapping[str, Any]) -> bool:
    """Whether a move carried a reply that no form has checked on its way: another system's, or a job's."""
    if not event.get("reply") or event.get("move") == "share_answer":
        return False
    made = Q(version=event["version"])
    if event.get("answered"):  # an approval hands on the words that were checked when they were written
        made |= Q(digest=digest(event["reply"]))
    return not Check.objects.filter(made, case_id=event["case_id"]).exists()


def check_move(event: Mapping[str, Any], now: datetime) -> bool:
    """Check the reply of a move that came by another door, once; whether there was anything to check."""
    case = Case.objects.select_related("text").get(pk=event["case_id"])
    process = get_process(case.process, case.process_version)
    move = process.moves.get(event["move"])
    if move is None or not is_answering(process, move):
        return False
    rules = get_rules()
    check = look_at_reply(event["reply"], case.title, case.text.words, case.pk)
    row = _make_row(case.pk, case.lead_id, event["reply"], check, rules, now)
    row.version, row.move, row.round = event["version"], move.key, case.round
    entry = next((one for one in reversed(list_entries(f"case:{case.number}")) if one.verb == move.key), None)
    if entry is not None:
        row.account_id, row.account = entry.actor_id, entry.actor
        row.unit_id = row.unit_id or find_main_unit(entry.actor_id)
    return bool(Check.objects.bulk_create([row], ignore_conflicts=True))


def find_main_unit(account_id: int | None) -> int | None:
    """The unit of the post that was given first: whose reply it is when no unit leads the case."""
    held = Post.objects.filter(account_id=account_id or 0).order_by("since_on", "id")
    return held.values_list("unit_id", flat=True).first()


def hear_now(event: Event) -> None:
    """Carry out at once what the job does: for the demo county, whose events lie in the past."""
    if event.name == "case-moved" and is_reply_unchecked(event.body):
        check_move(event.body, event.at)

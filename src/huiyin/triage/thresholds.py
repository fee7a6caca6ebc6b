"""From how sure on a category goes out by itself: off until the centre sets it, every change on record."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from huiyin.journal.api import StoredEntry, list_entries
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand, note_thing
from huiyin.register.api import get_category
from huiyin.triage.models import Threshold
from huiyin.triage.rules import FLOOR

CHAIN = "triage:thresholds"
RULE = "国办函〔2025〕66号：按派单目录派单"


def list_thresholds() -> dict[int, Threshold]:
    """The thresholds that are set, by category."""
    return {one.category_id: one for one in Threshold.objects.all()}


@transaction.atomic
def set_threshold(
    category_id: int, per_mille: int | None, reason: str, *, by: AccountInHand, now: datetime
) -> bool:
    """Set the threshold of a category, or switch it off (None); whether anything changed. Journalled.

    Refuses `threshold-out-of-range`, and `reason-missing`: why it is opened or changed stands on record.
    """
    category = get_category(category_id)
    before = Threshold.objects.select_for_update().filter(category_id=category_id).first()
    held = before.per_mille if before else None
    if held == per_mille:
        return False
    _check(per_mille, reason)
    if per_mille is None:
        Threshold.objects.filter(category_id=category_id).delete()
    else:
        told = {"per_mille": per_mille, "set_by": by.signature, "set_at": now}
        Threshold.objects.update_or_create(category_id=category_id, defaults=told)
    note_thing(
        CHAIN, "threshold-set", by, now,
        category=category.code, name=category.name, before=held, after=per_mille, reason=reason,
    )  # fmt: skip
    return True


def _check(per_mille: int | None, reason: str) -> None:
    if per_mille is not None and not FLOOR <= per_mille <= 1000:
        words = Words("阈值在 50 % 到 100 % 之间。", "A threshold lies between 50 % and 100 %.")
        raise Refusal("threshold-out-of-range", words, field="per_mille")
    if len(reason.strip()) < 2:
        words = Words("请写明为什么改阈值。", "Say why the threshold changes.")
        raise Refusal("reason-missing", words, rule=RULE, field="reason")


def list_threshold_changes() -> list[StoredEntry]:
    """Every change, the newest first."""
    return list(reversed(list_entries(CHAIN)))

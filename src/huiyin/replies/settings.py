"""The rules of checking as the centre has set them: read, changed on record, with their history."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand, note_thing
from huiyin.replies.models import Setting
from huiyin.replies.values import NUMBERS, Rules

SUBJECT = "reply-rules"


def get_rules() -> Rules:
    """The rules in force, in one statement; the shipped ones until somebody sets others."""
    values = Setting.objects.order_by("-id").values_list("values", flat=True).first()
    return Rules.of(values) if values else Rules()


@transaction.atomic
def change_rules(rules: Rules, *, by: AccountInHand, now: datetime) -> list[str]:
    """Put `rules` in force; the keys of those that changed. Old and new stand in the journal."""
    if rules.weak_line >= rules.good_line:
        words = Words("偏弱的最低分要低于合乎要求的最低分。", "A weak reply must begin below a good one.")
        raise Refusal("bad-rule", words, field="weak_line")
    old, new = get_rules().tell(), rules.tell()
    changed = [key for key in new if new[key] != old[key]]
    if changed:
        Setting.objects.create(values=new, set_at=now, set_by=by.signature)
        note_thing(
            SUBJECT, "reply-rules-changed", by, now, changes={key: [old[key], new[key]] for key in changed}
        )
    return changed


def list_changes(most: int = 20) -> list[tuple[Setting, dict[str, tuple[Any, Any]]]]:
    """The newest changes: who set what, from what to what."""
    rows = list(Setting.objects.order_by("-id")[: most + 1])
    before = [*(row.values for row in rows[1:]), Rules().tell()]
    told = [
        (row, {key: (old.get(key), row.values[key]) for key in row.values if row.values[key] != old.get(key)})
        for row, old in zip(rows, before, strict=False)
    ]
    return told[:most]


def check_number(key: str, typed: str) -> int:
    """The number typed for a rule; refuses `bad-rule` for anything else, or outside its bounds."""
    bound, typed = NUMBERS[key], typed.strip()
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else None
    if number is None or not bound.least <= number <= bound.most:
        words = Words(
            "“{title}”请填 {least} 到 {most} 的整数。", "“{title}” is a whole number from {least} to {most}."
        )
        filled = words.fill(title=bound.title, least=bound.least, most=bound.most)
        raise Refusal("bad-rule", filled, field=key)
    return number

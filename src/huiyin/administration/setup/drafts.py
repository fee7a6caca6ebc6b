"""Keeps an uploaded file between its preview and its confirmation, where every web process finds it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from huiyin.administration.models import Draft
from huiyin.administration.setup.plans import Given, Plan, Step
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words

KEPT = timedelta(hours=2)


def keep_draft(
    account_id: int, listing: str, file_name: str, given: Sequence[Given], plan: Plan, now: datetime
) -> Draft:
    """Keep the rows and what they would do; the account's earlier drafts for the list, and stale ones, go."""
    Draft.objects.filter(expires_at__lte=now).delete()
    Draft.objects.filter(account_id=account_id, listing=listing).delete()
    return Draft.objects.create(
        account_id=account_id,
        listing=listing,
        file_name=file_name[:200],
        rows=[[line, dict(texts)] for line, texts in given],
        steps=[_tell(step) for step in plan.steps if step.act != "same"],
        fingerprint=plan.fingerprint,
        made_at=now,
        expires_at=now + KEPT,
    )


def _tell(step: Step) -> dict[str, Any]:
    return {
        "line": step.line,
        "act": step.act,
        "row": step.row,
        "changes": step.changes,
        "faults": [[key, words.zh, words.en] for key, words in step.faults],
    }


def get_draft(draft_id: int, account_id: int, listing: str, now: datetime, *, lock: bool = False) -> Draft:
    """The account's own draft. Refuses `draft-not-found`: another's, a used one, one that has expired."""
    drafts = Draft.objects.select_for_update() if lock else Draft.objects.all()
    draft = drafts.filter(pk=draft_id, account_id=account_id, listing=listing, expires_at__gt=now).first()
    if draft is None:
        words = Words(
            "这次上传已经确认过或者过期了，请重新上传。", "This upload was confirmed or has expired."
        )
        raise Refusal("draft-not-found", words)
    return draft


def given_of(draft: Draft) -> list[Given]:
    """The rows of the file again."""
    return [(line, texts) for line, texts in draft.rows]


def steps_of(draft: Draft) -> list[Step]:
    """What was shown, row by row, without those that change nothing."""
    return [
        Step(
            told["line"],
            told["act"],
            told["row"],
            {key: (before, after) for key, (before, after) in told["changes"].items()},
            [(key, Words(zh, en)) for key, zh, en in told["faults"]],
        )
        for told in draft.steps
    ]

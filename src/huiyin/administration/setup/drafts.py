"""Keeps an uploaded file between its preview and its confirmation, where web processes and jobs find it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Func, JSONField, Value

from huiyin.administration.models import Draft
from huiyin.administration.setup.cells import ACTS
from huiyin.administration.setup.plans import Given, Plan, Step
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words

KEPT = timedelta(days=7)
RUNNING = ("checking", "applying")
"""States in which a job is at it."""


def start_draft(account_id: int, listing: str, file_name: str, file: bytes, now: datetime) -> Draft:
    """Keep a file that is to be checked; the account's earlier drafts for the list, and stale ones, go.

    Refuses `still-writing` while a job writes an earlier one.
    """
    Draft.objects.filter(expires_at__lte=now).delete()
    earlier = Draft.objects.filter(account_id=account_id, listing=listing)
    if earlier.filter(state="applying").exists():
        words = Words(
            "上一次上传的表正在写入，请等它写完。", "The last sheet is being written: wait until it is done."
        )
        raise Refusal("still-writing", words, field="file")
    earlier.delete()
    return Draft.objects.create(
        account_id=account_id,
        listing=listing,
        file_name=file_name[:200],
        file=file,
        state="checking",
        made_at=now,
        expires_at=now + KEPT,
    )


def keep_plan(draft: Draft, given: Sequence[Given], plan: Plan) -> None:
    """The file is checked: keep its rows and what they would do, wrong ones first; a dropped one stays so."""
    order = list(ACTS)
    shown = [step for step in plan.steps if step.act != "same"]
    shown.sort(key=lambda step: (order.index(step.act), step.line))
    Draft.objects.filter(pk=draft.pk, state="checking").update(
        state="checked",
        percent=100,
        file=None,
        rows=[[line, dict(texts)] for line, texts in given],
        steps=[_tell(step) for step in shown],
        counts={act: plan.count(act) for act in (*ACTS, "same")},
        fingerprint=plan.fingerprint,
    )


def _tell(step: Step) -> dict[str, Any]:
    return {
        "line": step.line,
        "act": step.act,
        "row": step.row,
        "changes": step.changes,
        "faults": [[key, words.zh, words.en] for key, words in step.faults],
    }


def get_draft(
    draft_id: int, account_id: int | None, listing: str, now: datetime, *, lock: bool = False
) -> Draft:
    """A draft, of that account alone if one is named; its rows and steps are read when they are asked for.

    Refuses `draft-not-found`: another's, a used one, one that has expired.
    """
    drafts = Draft.objects.select_for_update() if lock else Draft.objects.all()
    drafts = drafts if account_id is None else drafts.filter(account_id=account_id)
    found = drafts.filter(pk=draft_id, listing=listing, expires_at__gt=now)
    draft = found.defer("rows", "steps", "file").first()
    if draft is None:
        words = Words(
            "这次上传已经确认过或者过期了，请重新上传。", "This upload was confirmed or has expired."
        )
        raise Refusal("draft-not-found", words)
    return draft


def find_draft(account_id: int, listing: str, now: datetime) -> Draft | None:
    """What the account has uploaded for the list and neither confirmed nor dropped."""
    found = Draft.objects.filter(account_id=account_id, listing=listing, expires_at__gt=now)
    return found.defer("rows", "steps", "file").order_by("-pk").first()


def drop_draft(draft: Draft) -> None:
    """Forget a draft. Refuses `still-writing` while it is being written."""
    if not Draft.objects.filter(pk=draft.pk).exclude(state="applying").delete()[0]:
        words = Words("正在写入，不能取消。", "It is being written and cannot be dropped.")
        raise Refusal("still-writing", words)


def given_of(draft: Draft) -> list[Given]:
    """The rows of the file again."""
    return [(line, texts) for line, texts in draft.rows]


def list_steps(draft: Draft, first: int, count: int) -> list[Step]:
    """A part of what was shown, in its order, cut out by the database: a draft may hold 20,000 rows."""
    path = Value(f"$[{first} to {first + count - 1}]")
    part = Func(
        F("steps"),
        path,
        template="jsonb_path_query_array(%(expressions)s::jsonpath)",
        output_field=JSONField(),
    )
    told = Draft.objects.annotate(part=part).values_list("part", flat=True).get(pk=draft.pk)
    return [_read_step(step) for step in told]


def _read_step(told: dict[str, Any]) -> Step:
    return Step(
        told["line"],
        told["act"],
        told["row"],
        {key: (before, after) for key, (before, after) in told["changes"].items()},
        [(key, Words(zh, en)) for key, zh, en in told["faults"]],
    )

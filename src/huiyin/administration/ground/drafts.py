"""Keeps an uploaded map between its preview and its confirmation, with what its check has found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huiyin.administration.models import Draft
from huiyin.administration.setup.drafts import get_draft, start_draft
from huiyin.grid.api import Check, check_file
from huiyin.kernel.words import Words

LISTING = "grid-shapes"
MOST_SHOWN = 300


@dataclass(frozen=True, slots=True)
class Found:
    """What a check found, as the preview shows it; `counts` are of added, changed, same and wrong."""

    counts: dict[str, int]
    faults: list[tuple[int, str, Words]]
    remarks: list[Words]
    datum: str


def keep_file(account_id: int, name: str, content: bytes, datum: str, now: datetime) -> Draft:
    """Check the file and keep both; refuses what cannot be read at all."""
    check = check_file(content, datum)
    draft = start_draft(account_id, LISTING, name, content, now)
    draft.state, draft.percent = "checked", 100
    draft.counts = count_check(check)
    draft.steps = [[one.line, one.code, one.words.zh, one.words.en] for one in check.faults[:MOST_SHOWN]]
    draft.rows = [datum, *([one.zh, one.en] for one in check.remarks)]
    draft.save(update_fields=["state", "percent", "counts", "steps", "rows"])
    return draft


def count_check(check: Check) -> dict[str, int]:
    """How many shapes are new, changed, the same, and how many faults there are."""
    return {
        "add": len(check.added),
        "change": len(check.changed),
        "same": len(check.same),
        "wrong": len(check.faults),
    }


def find_uploaded(pk: int, account_id: int, now: datetime, *, lock: bool = False) -> Draft:
    """The account's own upload; refuses `draft-not-found`."""
    return get_draft(pk, account_id, LISTING, now, lock=lock)


def read_found(draft: Draft) -> Found:
    """What the check of that upload found."""
    rows: list[Any] = draft.rows
    faults = [(line, code, Words(zh, en)) for line, code, zh, en in draft.steps]
    return Found(draft.counts, faults, [Words(*one) for one in rows[1:]], rows[0])

"""The county's own changes to the shipped list of words of danger. Every change is written to the journal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean, fold
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand, note_thing
from huiyin.triage.models import UrgentWord
from huiyin.triage.urgency import load_lists, read_danger
from huiyin.triage.values import Read

CHAIN = "triage:urgent-words"
MOST = 500


def load_changes() -> tuple[list[str], list[str]]:
    """The words that the county added, and the shipped ones that it took out."""
    rows = list(UrgentWord.objects.order_by("word").values_list("word", "active"))
    return [word for word, active in rows if active], [word for word, active in rows if not active]


def read_danger_here(text: str) -> Read:
    """The words of danger in a text by the list as the county keeps it. One statement."""
    added, removed = load_changes()
    return read_danger(text, added, removed)


@transaction.atomic
def set_words(added: Iterable[str], removed: Iterable[str], *, by: AccountInHand, now: datetime) -> None:
    """What the county adds and takes out, whole; journalled. Refuses `word-too-short`, `words-too-many`."""
    shipped = load_lists().words
    wanted = dict.fromkeys(_tidy(added), True)
    wanted |= dict.fromkeys((word for word in _tidy(removed) if word in shipped), False)
    before = dict(UrgentWord.objects.select_for_update().values_list("word", "active"))
    if wanted == before:
        return
    UrgentWord.objects.all().delete()
    UrgentWord.objects.bulk_create(
        UrgentWord(word=word, active=active, set_by=by.signature, set_at=now)
        for word, active in sorted(wanted.items())
    )
    told = {
        "added": sorted(w for w, on in wanted.items() if on),
        "removed": sorted(w for w, on in wanted.items() if not on),
    }
    note_thing(CHAIN, "urgent-words-set", by, now, **told)


def _tidy(words: Iterable[str]) -> list[str]:
    told = list(dict.fromkeys(filter(None, (fold(clean(word)) for word in words))))
    if any(len(word) < 2 for word in told):
        words_ = Words("每个词至少两个字。", "Each word has at least two signs.")
        raise Refusal("word-too-short", words_, field="added")
    if len(told) > MOST:
        words_ = Words("最多 {most} 个词。", "At most {most} words.").fill(most=MOST)
        raise Refusal("words-too-many", words_, field="added")
    return told

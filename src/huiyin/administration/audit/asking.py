"""Reads what an address of the audit pages asks for: whose acts, of which kind, when, which words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.dateparse import parse_date

from huiyin.administration.audit.naming import list_persons_of
from huiyin.journal.api import Cursor, Sought
from huiyin.kernel.texts import clean
from huiyin.pages.api import ZONE
from huiyin.people.api import find_accounts

KEPT = ("account", "kind", "subject", "verb", "since", "until", "q")
TEXT_DAYS = 92
"""Without a first day, words are looked for in so many days: they are found by reading, not by an index."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed, and what it means. `shortened`: words are looked for in the last days alone."""

    parts: Mapping[str, str]
    sought: Sought
    cursor: Cursor
    shortened: bool


def read_asked(query: Mapping[str, str], today: date) -> Asked:
    """Read an address; a day that is none is left out, an account that nobody has finds nothing."""
    parts = {key: clean(query.get(key, ""))[:80] for key in KEPT}
    parts = {key: value for key, value in parts.items() if value}
    since, until = _read_day(parts, "since"), _read_day(parts, "until")
    shortened = "q" in parts and since is None
    if shortened:
        since = (until or today) - timedelta(days=TEXT_DAYS)
    sought = Sought(
        account_ids=find_accounts(parts["account"]) if "account" in parts else None,
        kinds=(parts["kind"],) if "kind" in parts else (),
        subjects=_read_subject(parts.get("subject", "")),
        verb=parts.get("verb", ""),
        since=_start_of(since) if since else None,
        until=_start_of(until + timedelta(days=1)) if until else None,
        text=parts.get("q", ""),
    )
    return Asked(parts, sought, _read_cursor(query), shortened)


def _read_day(parts: dict[str, str], key: str) -> date | None:
    try:
        on = parse_date(parts.get(key, ""))
    except ValueError:
        on = None
    if on is None or not 2000 <= on.year <= 2200:
        parts.pop(key, None)
        return None
    return on


def _start_of(on: date) -> datetime:
    return datetime.combine(on, time(), ZONE)


def _read_subject(text: str) -> tuple[str, ...] | None:
    """A subject by its own name, or the person behind the case of that number."""
    if not text:
        return None
    persons = list_persons_of(text.upper())
    return (text, *(f"person:{person}" for person in persons))


def _read_cursor(query: Mapping[str, str]) -> Cursor:
    after, before = (_read_number(query.get(key, "")) for key in ("after", "before"))
    return Cursor(after=after) if after is not None else Cursor(before=before)


def _read_number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None

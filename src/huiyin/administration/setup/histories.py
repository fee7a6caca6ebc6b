"""The history of an entry in words: who changed what from what to what, as the journal holds it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huiyin.administration.setup.fields import Field, tell_value
from huiyin.administration.setup.listings import Listing
from huiyin.journal.api import StoredEntry
from huiyin.kernel.words import Words
from huiyin.process.api import ROLES

_ENDINGS = {
    "added": Words("新增", "Added"),
    "changed": Words("修改", "Changed"),
    "opened": Words("开设账号", "Account opened"),
    "closed": Words("停用账号", "Account closed"),
    "unlocked": Words("解锁", "Unlocked"),
    "given": Words("安排岗位", "Post given"),
    "ended": Words("结束任职", "Post ended"),
}
_VERBS = {
    "password-set": Words("重设密码", "Password set"),
    "limit-set": Words("改时限", "Limit set"),
    "day-set": Words("改这一天", "Day set"),
    "calendar-changed": Words("日历变动，时限重算", "The calendar changed; due dates counted anew"),
}


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to an entry."""

    at: datetime
    actor: str
    title: Words
    changes: Sequence[tuple[Words, Words, Words]]
    more: Words


def tell_history(listing: Listing, entries: Sequence[StoredEntry]) -> list[Event]:
    """The entries of the journal in words, newest first."""
    listing = listing.with_options_read()
    return [
        Event(entry.at, entry.actor, _title_of(entry.verb), _tell_changes(listing, entry), _tell_more(entry))
        for entry in reversed(entries)
    ]


def _title_of(verb: str) -> Words:
    return _VERBS.get(verb) or _ENDINGS.get(verb.rpartition("-")[2]) or Words(verb, verb)


def _tell_changes(listing: Listing, entry: StoredEntry) -> list[tuple[Words, Words, Words]]:
    changes = entry.body.get("changes")
    if not isinstance(changes, dict):
        return []
    known = {one.key: one for one in listing.fields}
    return [
        (known[key].title, _told(known[key], before), _told(known[key], after))
        for key, (before, after) in changes.items()
        if key in known and before != after
    ]


def _told(one: Field, value: Any) -> Words:
    return one.title_of(tell_value(one, value))


def _tell_more(entry: StoredEntry) -> Words:
    body = entry.body
    if entry.verb == "limit-set":
        before, after = body.get("before") or "–", body.get("limit") or "–"
        return Words(
            f"{before} → {after} {body.get('basis', '')}", f"{before} → {after} {body.get('basis', '')}"
        )
    if "role" in body:
        return _tell_post(body)
    return Words(str(body.get("source", "")), str(body.get("source", "")))


def _tell_post(body: Mapping[str, Any]) -> Words:
    role = ROLES.get(str(body["role"]), Words(str(body["role"])))
    day = body.get("since_on") or body.get("until_on") or ""
    return Words(f"{role.zh} {day}", f"{role.en} {day}")

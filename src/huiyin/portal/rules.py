"""What may be reported, looked up and hurried, and how often. Pure: the time is passed in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import normalise_phone
from huiyin.portal.values import Typed

HURRY_AGAIN = timedelta(hours=24)
TRIES = 10
TRIES_WITHIN = timedelta(minutes=10)
PRESSING = frozenset({"urgent", "utility"})
"""Grades that a citizen's own choice of matter sets; any other grade is for the staff to judge."""

TOO_LONG = Words(
    "最多写 {limit} 字，现在有 {count} 字。请删短一些，或者分成几件说。",
    "At most {limit} signs; there are {count}. Please shorten it.",
)
_NO_KIND = Words("请选一类。不好选就点“其他”。", "Choose one; “Other” if none fits.")
_NO_WORDS = Words("请写一写发生了什么事。", "Please say what happened.")
_NO_PHONE = Words(
    "请留下电话，好联系您；不想留就选“匿名”。",
    "Leave a phone number so that we can reach you, or choose “Anonymous”.",
)
_NO_PLACE = Words("请从列表里选一个乡镇、街道。", "Choose a township of the list.")
_NO_IDENTITY = Words("请选一种身份方式。", "Choose how you want to be known.")


def find_faults(
    typed: Typed,
    kinds: Collection[str],
    townships: Collection[str],
    modes: Collection[str],
    limit: int,
    *,
    titled: bool,
) -> dict[str, Words]:
    """What is wrong with a report, by field, as on the page. A `titled` one needs neither kind nor words."""
    faults = {
        "kind": None if titled or typed.kind in kinds else _NO_KIND,
        "words": _find_fault_of_words(typed.words, limit, needed=not titled),
        "township": None if typed.township in {"", *townships} else _NO_PLACE,
        "identity": None if typed.identity in modes else _NO_IDENTITY,
        "phone": None if typed.identity == "anonymous" else _find_fault_of_phone(typed.phone),
    }
    return {field: fault for field, fault in faults.items() if fault is not None}


def _find_fault_of_words(words: str, limit: int, *, needed: bool) -> Words | None:
    if len(words) > limit:
        return TOO_LONG.fill(limit=limit, count=len(words))
    return _NO_WORDS if needed and not words else None


def _find_fault_of_phone(phone: str) -> Words | None:
    if not phone:
        return _NO_PHONE
    try:
        normalise_phone(phone)
    except Refusal as refusal:
        return refusal.words
    return None


def demand_short(texts: Mapping[str, str], limit: int) -> None:
    """Refuse the first text that is longer than `limit` signs."""
    for field, text in texts.items():
        if len(text) > limit:
            raise Refusal("words-too-long", TOO_LONG.fill(limit=limit, count=len(text)), field=field)


def demand_hurry_allowed(last: datetime | None, now: datetime) -> None:
    """A person hurries a matter once in 24 hours; refused with the moment from which it is possible again."""
    if last is not None and now < last + HURRY_AGAIN:
        raise Refusal(
            "hurried-lately",
            Words(
                "24 小时内已经催过一次，已经提醒过正在办的人。急事请打 12345。",
                "You hurried it within the last 24 hours, and it was passed on. If it is urgent, call 12345.",
            ),
            rule="每件事 24 小时催办一次",
        )


def demand_lookup_allowed(failures: int) -> None:
    """Refuse a lookup after `TRIES` failures within `TRIES_WITHIN`."""
    if failures >= TRIES:
        minutes = int(TRIES_WITHIN.total_seconds()) // 60
        words = Words(
            "试得太多了，请 {minutes} 分钟后再查。急事请打 12345。",
            "Too many tries. Wait {minutes} minutes, or call 12345.",
        )
        raise Refusal("lookups-too-many", words.fill(minutes=minutes), rule="防止别人猜您的编号和电话")

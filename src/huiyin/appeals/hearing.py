"""Carries out at once what listeners do by jobs: for the demo county, whose events lie in the past."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huiyin.appeals import messages, notices
from huiyin.cases.api import free_members, is_answer_to_share, is_group_to_free, share_answer
from huiyin.journal.api import Event


def is_told(event: Mapping[str, Any]) -> bool:
    """Whether a move is for the bell of a unit, or tells the person something: most are neither."""
    return notices.find_kind(event) is not None or bool(event.get("tells", True))


def hear_now(event: Event) -> None:
    """Messages, bells and the answers of a group, as of the event's own time."""
    body = event.body
    if event.name == "case-moved":
        notices.note_move(body, event.at)
        messages.write_message(body, event.at, sent=True)
        if is_answer_to_share(body):
            share_answer(body["number"], body["reply"], body["version"], event.at)
        if is_group_to_free(body):
            free_members(body["number"], event.at)
    elif event.name in {"clock-warned", "clock-expired"}:
        notices.note_clock(body, event.name, event.at)

"""Carries out at once what listeners do by jobs: for the demo county, whose events lie in the past."""

from __future__ import annotations

from huiyin.appeals import messages, notices
from huiyin.cases.api import free_members, share_answer
from huiyin.journal.api import Event


def hear_now(event: Event) -> None:
    """Messages, bells and the answers of a group, as of the event's own time."""
    body = event.body
    if event.name == "case-moved":
        notices.note_move(body, event.at)
        messages.write_message(body, event.at, sent=True)
        if body["answered"] and body["members"]:
            share_answer(body["number"], body["reply"], body["version"], event.at)
        if body["closed"] and not body["answered"] and body["members"]:
            free_members(body["number"], event.at)
    elif event.name in {"clock-warned", "clock-expired"}:
        notices.note_clock(body, event.name, event.at)

"""Stands before a move that answers: checks what was typed, asks for a reason, keeps what was found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huiyin.cases.api import Case, Moved, get_process
from huiyin.kernel.texts import clean
from huiyin.language.api import ReplyCheck
from huiyin.people.api import AccountInHand
from huiyin.process.api import Move
from huiyin.replies.api import (
    Rules,
    demand_reason,
    get_rules,
    is_answering,
    keep_check,
    look_at_reply,
    refuse_unless_fit,
)

REASON = "reply-reason"
"""The field in which the writer says why a weak reply goes out all the same."""

MOST_SIGNS = 500


@dataclass(slots=True)
class ReplyGate:
    """For one move by one account: `look` within the move, `keep` after it, in its transaction."""

    account: AccountInHand
    reason: str
    now: datetime
    found: tuple[str, str, ReplyCheck, Rules] | None = None

    def look(self, case_id: int, move: Move, inputs: dict[str, Any]) -> None:
        """Refuses a reply that is too weak, or passes it with its reason in the note; others are let be."""
        reply = str(inputs.get("reply") or "")
        if not reply:
            return
        case = Case.objects.select_related("text").get(pk=case_id)
        if not is_answering(get_process(case.process, case.process_version), move):
            return
        rules = get_rules()
        check = look_at_reply(reply, case.title, case.text.words, case_id)
        self.reason = clean(self.reason)[:MOST_SIGNS] if demand_reason(check, rules) else ""
        refuse_unless_fit(check, self.reason, rules)
        if self.reason and any(ask.key == "note" for ask in move.asks):
            told = f"答复检查 {check.score} 分，仍要提交：{self.reason}"
            inputs["note"] = "\n".join(part for part in (inputs.get("note"), told) if part)
        self.found = (move.key, reply, check, rules)

    def keep(self, moved: Moved) -> None:
        """Keep what was found beside the move that was just made."""
        if self.found is not None and not moved.repeated:
            move, reply, check, rules = self.found
            keep_check(moved, move, reply, check, rules, self.account, self.reason, self.now)

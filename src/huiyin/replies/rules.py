"""What follows from a check: its band, whether a reason is needed, whether the centre reads it. Pure."""

from __future__ import annotations

import hashlib
from datetime import date

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.language.api import GOOD, POOR, WEAK, ReplyCheck
from huiyin.process.api import Move, Process
from huiyin.replies.values import ANSWER_RULE, BANDS, Rules

LEAST_REASON = 4
"""Signs of a reason that says anything."""


def is_answering(process: Process, move: Move) -> bool:
    """Whether the reply that the move asks for is, or becomes once approved, the answer to the person.

    The answer that the system hands on to the members of a group is the leader's, and was checked there.
    """
    if not any(ask.key == "reply" for ask in move.asks) or set(move.roles) == {"system"}:
        return False
    if "answer" in move.effects():
        return True
    return "ask" in move.effects() and any(
        _approves(process, end) for end in (move.to, *(b.to for b in move.branches))
    )


def _approves(process: Process, stage: str) -> bool:
    """Whether an answer that waits at the stage is given to the person from there as it stands."""
    return any(
        stage in move.sources and "answer" in move.effects() and all(ask.key != "reply" for ask in move.asks)
        for move in process.moves.values()
    )


def demand_reason(check: ReplyCheck, rules: Rules) -> bool:
    """Whether the reply goes out only with a reason."""
    band = rules.lines.find_band(check)
    return band == POOR or (band == WEAK and rules.weak_reason)


def refuse_unless_fit(check: ReplyCheck, reason: str, rules: Rules) -> None:
    """Refuses a reply that is too weak to go out as it stands: `reply-poor`, `reply-weak`."""
    band = rules.lines.find_band(check)
    if band == POOR and rules.poor_refused:
        raise Refusal("reply-poor", _POOR, rule=ANSWER_RULE, field="reply")
    if demand_reason(check, rules) and len(reason.strip()) < LEAST_REASON:
        raise Refusal(
            "reply-weak", _WEAK.fill(band=BANDS[band], score=check.score), rule=ANSWER_RULE, field="reply"
        )


_POOR = Words(
    "这个答复没有实质内容，不能提交。请按下面的提示改好。",
    "This reply has no substance and cannot be submitted. Mend it as told below.",
)
_WEAK = Words(
    "这个答复{band}（{score} 分）。请按下面的提示改好；确实只能这样答的，写明理由再提交。",
    "The check calls this reply {band} ({score} points). Mend it as told below, or give a reason.",
)


def choose_sample(check: ReplyCheck, case_id: int, unit_id: int | None, on: date, rules: Rules) -> str:
    """Why the centre reads the reply: `weak`, `share`, or not at all. Same case and day, same draw."""
    if rules.lines.find_band(check) != GOOD:
        return WEAK
    drawn = int.from_bytes(hashlib.sha256(f"{case_id}:{on.isoformat()}".encode()).digest()[:4]) % 1000
    return "share" if drawn < rules.share_of(unit_id) else ""

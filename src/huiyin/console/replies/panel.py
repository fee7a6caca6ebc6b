"""What stands under the field of a reply: what it lacks, how to mend it, the reason when it goes as it is."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from huiyin.cases.api import Case, CaseView
from huiyin.console.replies.gate import REASON
from huiyin.kernel.words import Words
from huiyin.language.api import GOOD, POOR, WEAK, ReplyCheck
from huiyin.process.api import Move
from huiyin.replies.api import BANDS, Rules, demand_reason, get_rules, is_answering, look_at_reply

TONES = {GOOD: ("green", "dot"), WEAK: ("amber", "ring"), POOR: ("red", "triangle")}
"""Tone and shape of each band."""

MOST_FINDINGS = 6


@dataclass(frozen=True, slots=True)
class ReplyPanel:
    """The check as it is drawn. Without `check` nothing is written yet; `live`: it follows the typing."""

    check: ReplyCheck | None
    band: str = ""
    demands: bool = False
    refused: bool = False
    reason: str = ""
    live: bool = True

    @property
    def title(self) -> Words:
        """The band in words."""
        return BANDS[self.band]

    @property
    def tone(self) -> tuple[str, str]:
        """Tone and shape of the band."""
        return TONES[self.band]

    @property
    def findings(self) -> list[Words]:
        """The findings that cost most, in words."""
        return [one.words for one in self.check.findings[:MOST_FINDINGS]] if self.check else []


def find_panel(view: CaseView, move: Move | None, typed: QueryDict | None) -> ReplyPanel | None:
    """The panel of a form that answers, or of an answer that waits to be approved; else None.

    Statements are made only when there is a reply to look at.
    """
    if move is not None and is_answering(view.process, move):
        reply = "" if typed is None else typed.get("reply", "")
        return draw_check(view.case, view.words, reply, "" if typed is None else typed.get(REASON, ""))
    waiting = (view.case.asked or {}).get("reply")
    if waiting and move is not None and "answer" in move.effects():
        return draw_check(view.case, view.words, str(waiting), "", live=False)
    return None


def draw_check(case: Case, words: str, reply: str, reason: str, *, live: bool = True) -> ReplyPanel:
    """The panel for a reply to the case as it stands; `words` are the matter's."""
    if not reply.strip():
        return ReplyPanel(None, live=live)
    check = look_at_reply(reply, case.title, words, case.pk)
    return _make(check, get_rules(), reason, live=live)


def _make(check: ReplyCheck, rules: Rules, reason: str, *, live: bool) -> ReplyPanel:
    band = rules.lines.find_band(check)
    refused = band == POOR and rules.poor_refused
    return ReplyPanel(check, band, demand_reason(check, rules) and not refused, refused, reason, live)

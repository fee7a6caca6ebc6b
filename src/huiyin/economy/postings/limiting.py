"""Keeps one address from asking without end: a village's own line may ask a few dozen times, no more."""

from __future__ import annotations

from datetime import datetime, timedelta

from huiyin.economy.postings.models import AskingMark
from huiyin.journal.api import blind
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words

MOST = 12
WITHIN = timedelta(minutes=10)
_PURPOSE = "village-asking"


def demand_not_too_many(address: str, now: datetime) -> None:
    """Count one more from this address; refuses `asked-too-many` beyond `MOST` within `WITHIN`."""
    AskingMark.objects.filter(at__lt=now - WITHIN).delete()
    mark = blind(f"address:{address}", _PURPOSE)
    if AskingMark.objects.filter(mark=mark, at__gte=now - WITHIN).count() >= MOST:
        words = Words(
            "这里刚才提得太多了，请过 {minutes} 分钟再提。急事请打 12345。",
            "Too many came from here just now. Wait {minutes} minutes, or call 12345.",
        )
        minutes = int(WITHIN.total_seconds()) // 60
        raise Refusal("asked-too-many", words.fill(minutes=minutes), rule="防止刷屏")
    AskingMark.objects.create(mark=mark, at=now)

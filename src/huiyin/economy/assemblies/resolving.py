"""Says whether something was validly resolved."""

from __future__ import annotations

from datetime import datetime

from huiyin.economy.assemblies.models import Resolution
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words

RULE = "农村集体经济组织法 第26条、第27条、第28条"


def find_resolution(organisation_id: int, subject: str) -> Resolution | None:
    """The newest valid resolution of the organisation on that subject."""
    found = Resolution.objects.select_related("meeting").filter(
        meeting__organisation_id=organisation_id, subject=subject, valid=True
    )
    return found.order_by("-decided_at", "-id").first()


def demand_resolution(organisation_id: int, subject: str, now: datetime) -> Resolution:
    """The valid resolution on that subject that was made by `now`; refuses `not-resolved` without one."""
    found = find_resolution(organisation_id, subject)
    if found is None or found.decided_at is None or found.decided_at > now:
        words = Words(
            "成员大会还没有有效通过这件事。请先开会表决，录入到会和票数。",
            "The assembly has not validly resolved on this. Hold it, and enter attendance and votes.",
        )
        raise Refusal("not-resolved", words, rule=RULE)
    return found

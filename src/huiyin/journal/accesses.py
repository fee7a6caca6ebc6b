"""Who looked at sealed data, when and why (个人信息保护法 51; kept ≥6 months, 网络安全法 21)."""

from __future__ import annotations

from datetime import datetime, timedelta

from huiyin.journal import models
from huiyin.journal.values import Access

KEPT = timedelta(days=183)
"""The least time that logs are kept: six months (网络安全法 21)."""


def log_access(
    *,
    at: datetime,
    account_id: int,
    account: str,
    what: str,
    subject: str,
    reason: str,
    request_id: str | None = None,
) -> int:
    """Note that `account` (display name) saw `what` (`phone`) of `subject` (`person:12`); the note's id.

    Call it in the transaction that opens the data: what is not noted is not shown.
    """
    return models.Access.objects.create(
        at=at,
        account_id=account_id,
        account=account,
        what=what,
        subject=subject,
        reason=reason,
        request_id=request_id,
    ).pk


def forget_accesses(before: datetime, now: datetime, limit: int = 1000) -> int:
    """Delete at most `limit` of the oldest accesses before that moment; how many went.

    `ValueError` for a moment less than six months ago: 网络安全法 21 forbids it, whatever a setting says.
    """
    if before > now - KEPT:
        raise ValueError("the access log is kept six months (网络安全法 21)")
    old = models.Access.objects.filter(at__lt=before).order_by("id").values("id")[:limit]
    return models.Access.objects.filter(id__in=old).delete()[0]


def list_accesses(
    *,
    subject: str | None = None,
    account_id: int | None = None,
    before_id: int | None = None,
    limit: int = 100,
) -> list[Access]:
    """Accesses, newest first, of one subject or account when given; `before_id` asks for the next page."""
    chosen = {"subject": subject, "account_id": account_id, "id__lt": before_id}
    found = models.Access.objects.filter(
        **{name: value for name, value in chosen.items() if value is not None}
    )
    return [
        Access(row.pk, row.at, row.account_id, row.account, row.what, row.subject, row.reason, row.request_id)
        for row in found.order_by("-id")[:limit]
    ]

"""Who looked at sealed data, when and why (个人信息保护法 51; kept ≥6 months, 网络安全法 21)."""

from __future__ import annotations

from datetime import datetime

from huiyin.journal import models
from huiyin.journal.values import Access


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

"""Verifications that somebody asked for, run as a job: how far it is, and what it found, stay on record."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from huiyin.journal.models import Verification
from huiyin.journal.values import Report
from huiyin.journal.verifying import verify_all
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words

MOST_FINDINGS = 200
"""So many are kept with a verification; the command `huiyin journal verify` lists all."""

GIVEN_UP = timedelta(hours=6)
"""One that has not ended after so long will not: its worker died."""


def ask_verification(asked_by: str, now: datetime) -> Verification:
    """A new verification that waits for its job. Refuses `verification-runs` while another is under way."""
    if Verification.objects.filter(ended_at__isnull=True, asked_at__gt=now - GIVEN_UP).exists():
        raise Refusal(
            "verification-runs", Words("正在核验，请等它结束。", "A verification is under way: let it end.")
        )
    return Verification.objects.create(asked_at=now, asked_by=asked_by)


def run_verification(number: int) -> Report:
    """Read the whole record and write down what was found; a failure is written down and raised."""
    _note(number, started_at=timezone.now())
    try:
        # The reading is one transaction; how far it is must be seen outside of it.
        with closing(connection.copy()) as beside:
            report = verify_all(lambda read: _note(number, beside, read=read))
    except Exception as error:
        _note(number, ended_at=timezone.now(), error=type(error).__name__)
        raise
    findings = [
        {"subject": found.subject, "seq": found.seq, "zh": found.words.zh, "en": found.words.en}
        for found in report.findings[:MOST_FINDINGS]
    ]
    _note(
        number, ended_at=timezone.now(), read=report.entries, chains=report.chains,
        found=len(report.findings), findings=findings,
    )  # fmt: skip
    return report


def _note(number: int, beside: object = None, **what: object) -> None:
    if beside is None:
        Verification.objects.filter(pk=number).update(**what)
        return
    with beside.cursor() as cursor:  # type: ignore[attr-defined]  # a connection of Django's
        cursor.execute(
            "UPDATE journal_verification SET read = %(read)s WHERE id = %(id)s", {**what, "id": number}
        )


def list_verifications(limit: int = 20) -> Sequence[Verification]:
    """The newest first."""
    return list(Verification.objects.order_by("-id")[:limit])

"""Reviews and audits of the demo county: some planned, found, answered, closed; officers of the last term."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone

from huiyin.app.demo.economy.hinted import Taking
from huiyin.economy.contracts.api import (
    NewAudit,
    Review,
    answer_review,
    close_review,
    first_of_quarter,
    plan_reviews,
    record_audit,
    record_findings,
)
from huiyin.economy.organisations.api import Officer, Organisation

FOUND = (
    "两张支出凭证没有附验收单；一份出租合同到期后没有续签",
    "没有发现问题",
    "现金支付超过规定，备用金没有及时结清",
)
FORMER = ("袁守业", "彭有才", "曹先进", "魏保国", "谢长根", "唐立春")


def review_villages(villages: Sequence[Organisation], hands: Taking, now: datetime) -> None:
    """Play reviews of this quarter, and end the terms of some earlier officers."""
    quarter = first_of_quarter(timezone.localdate(now))
    for at, one in enumerate(villages[:12]):
        _review(one, quarter, at % 4, hands, now)
    for at, one in enumerate(villages[: len(FORMER)]):
        _audit(one, FORMER[at], at % 3, hands, now)


def _review(one: Organisation, quarter: date, steps: int, hands: Taking, now: datetime) -> None:
    clerk, director = hands.take("rural", one), hands.take("director", one)
    plan_reviews([one.code], quarter, clerk, now - timedelta(20))
    review = Review.objects.get(organisation=one, quarter=quarter)
    if steps > 0:
        record_findings(review.pk, FOUND[one.pk % len(FOUND)], clerk, now - timedelta(12))
    if steps > 1:
        answer_review(review.pk, "已经补齐手续，责任人作了检讨", director, now - timedelta(6))
    if steps > 2:
        close_review(review.pk, "整改到位，同意办结", clerk, now - timedelta(2))


def _audit(one: Organisation, name: str, state: int, hands: Taking, now: datetime) -> None:
    today = timezone.localdate(now)
    officer = Officer.objects.create(
        organisation=one, office="director", name=name, since_on=today - timedelta(1500),
        until_on=today - timedelta(60 + 10 * state),
    )  # fmt: skip
    if state == 0:
        return
    done = today - timedelta(10) if state == 2 else None
    words = "任期内收支真实，未发现违规问题" if done else ""
    clerk = hands.take("rural", one)
    new = NewAudit(officer.pk, "禾川县经管审计所", today - timedelta(40), done, words)
    record_audit(new, clerk, now)

"""The township's periodic reviews, and the audits of officers whose term ends."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from huiyin.economy.contracts.models import OfficeAudit, Review
from huiyin.economy.organisations.api import OVERSEES, Officer, Organisation, demand, list_seen, note
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand

AUDITED = ("director", "board", "overseer", "bookkeeper", "cashier")


def first_of_quarter(day: date) -> date:
    """The first day of its quarter."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def list_reviews(account: AccountInHand) -> QuerySet[Review]:
    """The reviews that the account sees, newest quarter first."""
    seen = list_seen(account).order_by().values("pk")
    found = Review.objects.select_related("organisation__township", "planned_by").filter(
        organisation__in=seen
    )
    return found.order_by("-quarter", "organisation__code")


def get_review(review_id: int, account: AccountInHand) -> Review:
    """The review, if its organisation is seen; refuses `review-not-found`."""
    found = list_reviews(account).filter(pk=review_id).first()
    if found is None:
        raise Refusal("review-not-found", Words("没有这次检查。", "There is no such review."))
    return found


@transaction.atomic
def plan_reviews(codes: Collection[str], quarter: date, by: AccountInHand, now: datetime) -> int:
    """Plan a review of each organisation in that quarter; one that is planned stays. How many are new."""
    wanted = list(list_seen(by).filter(code__in=list(codes)))
    for one in wanted:
        demand(by, one, OVERSEES)
    known = set(
        Review.objects.filter(quarter=quarter, organisation__in=wanted).values_list(
            "organisation_id", flat=True
        )
    )
    fresh = [one for one in wanted if one.pk not in known]
    Review.objects.bulk_create(
        Review(organisation=one, quarter=quarter, planned_by_id=by.id, planned_at=now) for one in fresh
    )
    for one in fresh:
        note(one, "plan-review", by, now, quarter=quarter.isoformat())
    return len(fresh)


@transaction.atomic
def record_findings(review_id: int, words: str, by: AccountInHand, now: datetime) -> Review:
    """What the township found; `没有发现问题` is a finding too."""
    review = _lock(review_id, by, OVERSEES)
    _demand(review.closed_at is None and review.answered_at is None)
    review.findings, review.found_at = _read(words, "findings"), now
    return _save(review, "record-findings", by, now)


@transaction.atomic
def answer_review(review_id: int, words: str, by: AccountInHand, now: datetime) -> Review:
    """The director answers what was found, and says what was put right."""
    review = _lock(review_id, by, "director")
    _demand(review.found_at is not None and review.closed_at is None)
    review.answer, review.answered_at = _read(words, "answer"), now
    return _save(review, "answer-review", by, now)


@transaction.atomic
def close_review(review_id: int, words: str, by: AccountInHand, now: datetime) -> Review:
    """The township closes what was found and answered. Refuses `not-answered`."""
    review = _lock(review_id, by, OVERSEES)
    _demand(review.found_at is not None and review.closed_at is None)
    if review.answered_at is None:
        words_ = Words(
            "理事长还没有答复，不能办结。", "The director has not answered yet: it cannot be closed."
        )
        raise Refusal("not-answered", words_, "检查发现的问题须整改答复")
    review.conclusion, review.closed_at = _read(words, "conclusion"), now
    return _save(review, "close-review", by, now)


def _lock(review_id: int, by: AccountInHand, role: str) -> Review:
    get_review(review_id, by)
    review = Review.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=review_id)
    demand(by, review.organisation, role)
    return review


def _demand(holds: object) -> None:
    if not holds:
        words = Words("这次检查已经走到下一步。请看最新情况。", "The review has moved on. Look at it anew.")
        raise Refusal("wrong-stage", words)


def _read(words: str, field: str) -> str:
    said = clean(words)[:2000]
    if not said:
        raise Refusal("field-missing", Words("请写明内容。", "Write what there is to say."), field=field)
    return said


def _save(review: Review, verb: str, by: AccountInHand, now: datetime) -> Review:
    review.save()
    note(review.organisation, verb, by, now, review=review.pk)
    return review


@dataclass(frozen=True, slots=True)
class AuditLine:
    """An officer whose term ended or ends, and the audit, if there is one."""

    officer: Officer
    audit: OfficeAudit | None

    @property
    def state(self) -> str:
        """`due`, `running` or `done`."""
        if self.audit is None:
            return "due"
        return "running" if self.audit.done_on is None else "done"


def list_audits(account: AccountInHand) -> list[AuditLine]:
    """Everybody whose term has an end, the latest first (离任审计)."""
    seen: QuerySet[Organisation] = list_seen(account).order_by()
    found = (
        Officer.objects.select_related("organisation__township", "audit")
        .filter(
            Q(until_on__isnull=False) | Q(audit__isnull=False),
            organisation__in=seen.values("pk"),
            office__in=AUDITED,
        )
        .order_by("-until_on", "organisation__code", "id")
    )
    return [AuditLine(one, getattr(one, "audit", None)) for one in found]


@dataclass(frozen=True, slots=True)
class NewAudit:
    """The audit of an officer: by whom, since when, and once it is done what came of it."""

    officer_id: int
    auditor: str
    begun_on: date
    done_on: date | None = None
    result: str = ""


@transaction.atomic
def record_audit(new: NewAudit, by: AccountInHand, now: datetime) -> OfficeAudit:
    """Say who audits an officer, and once it is done what came of it. By the township's clerk.

    Refuses `officer-not-found`, `field-missing`, `bad-dates`.
    """
    seen = list_seen(by).order_by().values("pk")
    held = Officer.objects.select_related("organisation").filter(pk=new.officer_id, organisation__in=seen)
    officer = held.first()
    if officer is None:
        raise Refusal("officer-not-found", Words("没有这名任职人员。", "There is no such officer."))
    demand(by, officer.organisation, OVERSEES)
    auditor, result = clean(new.auditor)[:120], clean(new.result)[:2000]
    if not auditor:
        raise Refusal("field-missing", Words("请填写由谁审计。", "Say who audits."), field="auditor")
    if new.done_on is not None and (new.done_on < new.begun_on or not result):
        words = Words(
            "审计完成须有结论，日期不早于开始。", "A done audit has a result, and ends after it began."
        )
        raise Refusal("bad-dates", words, "离任审计：先审计、后离任", "done_on")
    given = {"auditor": auditor, "begun_on": new.begun_on, "done_on": new.done_on, "result": result}
    audit, _ = OfficeAudit.objects.update_or_create(officer=officer, defaults=given)
    told = new.done_on.isoformat() if new.done_on else None
    note(officer.organisation, "audit-officer", by, now, officer=officer.pk, done=told)
    return audit

"""Proposes duties for the register, lets the centre change them, and looks them up again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from huiyin.admissions.fitting import fit_rows
from huiyin.admissions.models import Admission, AdmissionRow
from huiyin.admissions.values import CHANNEL, KIND, PROCESS, Fit, Proposal, Row
from huiyin.cases.api import Acting, NewCase, Terms, move_within, open_cases, sees_all
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean, shorten
from huiyin.kernel.words import Words
from huiyin.register.api import Channel

CHANGEABLE = frozenset({"deciding", "disputed"})


@transaction.atomic
def propose(proposal: Proposal, acting: Acting, now: datetime, source_key: str | None = None) -> str:
    """Open the case of an admission, which asks the unit for its opinion at once; answers its number.

    The same `source_key` again answers the same number. Refused: what `fit_rows` refuses, no reason, a post
    that may not propose.
    """
    fits = fit_rows(proposal.rows, timezone.localdate(now))
    reason = clean(proposal.reason)
    if not reason:
        raise Refusal("input-missing", Words("请写明理由。", "Give the reason."), field="reason")
    opened = open_cases([_make_case(fits, reason, now, source_key)], acting)[0]
    if opened.fresh:
        admission = Admission.objects.create(case_id=opened.case_id, unit_id=fits[0].unit_id)
        _keep_rows(admission, proposal.rows)
        inputs = {"consulted": [fits[0].unit_id], "reason": reason}
        move_within(opened.number, "submit", inputs, acting, now)
    return opened.number


def _make_case(fits: Sequence[Fit], reason: str, now: datetime, source_key: str | None) -> NewCase:
    Channel.objects.get_or_create(
        key=CHANNEL, defaults={"name": "内部提出", "name_en": "From inside", "kind": "inside", "sort": 90}
    )
    more = f" 等 {len(fits)} 条" if len(fits) > 1 else ""
    return NewCase(
        kind=KIND,
        process=PROCESS,
        title=shorten(f"职责准入：{fits[0].called}{more}", 60),
        words=reason,
        channel=CHANNEL,
        opened_at=now,
        category_id=fits[0].category_id,
        area_id=fits[0].row.area_id,
        source_key=source_key,
    )


def _keep_rows(admission: Admission, rows: Sequence[Row]) -> None:
    AdmissionRow.objects.bulk_create(
        AdmissionRow(
            admission=admission, **{**asdict(row), "clause": clean(row.clause), "basis": clean(row.basis)}
        )
        for row in rows
    )


def read_rows(admission: Admission) -> list[Row]:
    """The rows as values, in the order in which they were proposed."""
    return [
        Row(
            row.act,
            row.duty_id,
            row.unit_id,
            row.category_id,
            row.area_id,
            row.part,
            row.clause,
            row.basis,
            row.valid_from,
            row.valid_until,
        )
        for row in admission.rows.order_by("id")
    ]


@transaction.atomic
def agree_changed(
    number: str, rows: Sequence[Row], reason: str, acting: Acting, now: datetime, key: str | None = None
) -> None:
    """The centre admits the proposal with other rows than were proposed, which are kept beside it.

    The unit stays the one that was heard. Refuses `several-units`, what `fit_rows` refuses, and what the move
    refuses. The same `key` again changes nothing.
    """
    admission = get_admission(number, lock=True)
    fits = fit_rows(rows, timezone.localdate(now))
    if fits[0].unit_id != admission.unit_id:
        words = Words(
            "承接单位不能改：换单位请不同意这一件，另提一件，向新单位征求意见。",
            "The unit stays: for another unit refuse this one and propose anew, so that it is heard.",
        )
        raise Refusal("several-units", words, field="unit")
    moved = move_within(number, "agree_changed", {"reason": reason}, acting, now, Terms(key))
    if moved.repeated:
        return
    before = read_rows(admission)
    if before != list(rows):
        admission.changed, admission.proposed = True, [_tell(row) for row in before]
        admission.save(update_fields=["changed", "proposed"])
        admission.rows.all().delete()
        _keep_rows(admission, rows)


def _tell(row: Row) -> dict[str, Any]:
    return {
        key: value.isoformat() if hasattr(value, "isoformat") else value for key, value in asdict(row).items()
    }


def find_admission(case_id: int) -> Admission | None:
    """What the case of that id proposes, with its unit and version; None for any other case."""
    return Admission.objects.select_related("unit", "version").filter(case_id=case_id).first()


def get_admission(number: str, *, lock: bool = False) -> Admission:
    """The admission of that case number; refuses `case-not-found`."""
    found = Admission.objects.select_for_update(of=("self",)) if lock else Admission.objects.all()
    admission = found.select_related("case", "unit", "version").filter(case__number=clean(number)).first()
    if admission is None:
        words = Words("没有这件职责准入。请核对编号。", "There is no such admission. Check the number.")
        raise Refusal("case-not-found", words)
    return admission


def list_rows(admission: Admission) -> list[AdmissionRow]:
    """The rows to be shown, with what they refer to."""
    related = ("unit", "category", "area", "duty__unit", "duty__category", "duty__area")
    return list(admission.rows.select_related(*related).order_by("id"))


def list_admissions(acting: Acting, *, open_only: bool, most: int = 500) -> list[Admission]:
    """The newest admissions that `acting` may see, with their cases: all of them, or those of their units."""
    found = Admission.objects.select_related("case__opened_by", "unit", "version").order_by("-case_id")
    if not sees_all(acting):
        units = {post.unit_id for post in acting.posts}
        found = found.filter(Q(unit_id__in=units) | Q(case__opened_by_id=acting.account_id))
    return list(found.filter(case__closed_at__isnull=True)[:most] if open_only else found[:most])

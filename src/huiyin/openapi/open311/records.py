"""Cases as public service requests: what is shown of them, and what is not."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from huiyin.appeals.api import Appeal, IdentityMode
from huiyin.cases.api import Case, get_process
from huiyin.kernel.secrets import hash_secret
from huiyin.openapi.open311.asking import Wanted
from huiyin.openapi.open311.faults import unknown
from huiyin.openapi.open311.services import tell
from huiyin.pages.api import local

_COARSE = 1000
"""Places are told to a thousandth of a degree, about a hundred metres: a street, not a door."""


def list_requests(wanted: Wanted) -> list[dict[str, Any]]:
    """The public requests that the filters hold, newest first."""
    found = _public()
    if wanted.ids:
        found = found.filter(number__in=wanted.ids)
    else:
        found = found.filter(opened_at__gte=wanted.since, opened_at__lte=wanted.until)
        if wanted.codes:
            found = found.filter(category__code__in=wanted.codes)
        if set(wanted.states) in ({"open"}, {"closed"}):
            found = found.filter(closed_at__isnull="open" in wanted.states)
    listed = found.order_by("-opened_at", "-id")[wanted.offset : wanted.offset + wanted.size]
    return [tell_request(case) for case in listed]


def get_request(number: str) -> dict[str, Any]:
    """The public request of that number. Refused: 404, also for what is not public."""
    case = _public().filter(number=number).first()
    if case is None:
        raise unknown("service_request_id")
    return tell_request(case)


def get_number_of(token: str) -> str:
    """The number of the matter whose secret this is. Refused: 404."""
    appeal = Appeal.objects.select_related("case").filter(secret_hash=hash_secret(token)).first()
    if appeal is None:
        raise unknown("token")
    return appeal.case.number


def _public() -> QuerySet[Case]:
    """Matters from the doors that the county made public, never a confidential one."""
    public = Q(kind="appeal", channel_id__in=settings.OPEN311_CHANNELS)
    found = Case.objects.filter(public).exclude(identity=IdentityMode.CONFIDENTIAL)
    shown = ("category", "lead", "township", *(("text",) if settings.OPEN311_WORDS else ()))
    return found.select_related(*shown)


def tell_request(case: Case) -> dict[str, Any]:
    """A case by the spec's fields. Words and the exact place only where the county shows them."""
    stage = get_process(case.process, case.process_version).get_stage(case.stage)
    category, whole = case.category, settings.OPEN311_WORDS
    return {
        "service_request_id": case.number,
        "status": "closed" if case.closed_at else "open",
        "status_notes": tell(stage.plain if stage.plain.zh else stage.title),
        "service_name": tell(category.called) if category else "",
        "service_code": category.code if category else "",
        "description": case.text.words if whole else None,
        "agency_responsible": tell(case.lead.called) if case.lead else None,
        "service_notice": None,
        "requested_datetime": write_time(case.opened_at),
        "updated_datetime": write_time(case.moved_at),
        "expected_datetime": write_time(case.due_at),
        "address": _place(case, whole=whole),
        "address_id": None,
        "zipcode": None,
        "lat": _degrees(case.lat_microdegrees, whole=whole),
        "long": _degrees(case.lon_microdegrees, whole=whole),
        "media_url": None,
    }


def _place(case: Case, *, whole: bool) -> str | None:
    """The place as it was told may be a home: without leave, the township."""
    if whole and case.place:
        return case.place
    return tell(case.township.called) if case.township else None


def _degrees(microdegrees: int | None, *, whole: bool) -> float | None:
    if microdegrees is None:
        return None
    return microdegrees / 1_000_000 if whole else round(microdegrees / _COARSE) / 1000


def write_time(moment: datetime | None) -> str | None:
    """W3C, in the county's zone, to the second."""
    return local(moment).isoformat(timespec="seconds") if moment else None

"""What pages list: lines of a plan, files and returns, and how far each township is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from huiyin.economy.distributions.models import Entry, Line, PayFile, Payment, Plan
from huiyin.economy.distributions.values import ENTRIES
from huiyin.economy.organisations.api import Organisation
from huiyin.kernel.words import Words


def list_lines(plan: Plan, wanted: str = "") -> QuerySet[Line]:
    """The lines of a plan by household and member; `wanted` is a household's number or a surname."""
    found = Line.objects.filter(plan=plan).select_related("member", "household")
    found = found.defer("member__sealed", "member__id_digest", "household__sealed_card")
    if wanted.isdecimal() and len(wanted) < 9:
        found = found.filter(household__number=int(wanted))
    elif wanted:
        found = found.filter(member__masked_name__startswith=wanted[:1])
    return found.order_by("household__number", "member__number")


def find_line(plan: Plan, member_id: int) -> Line | None:
    """The line of a member; None when there is none."""
    return Line.objects.filter(plan=plan, member=member_id).select_related("member", "household").first()


def list_account(plan: Plan, member_id: int) -> list[tuple[Words, Entry]]:
    """What stands on the member's account of the plan, in order."""
    found = Entry.objects.filter(plan=plan, member=member_id).order_by("turn", "at", "kind")
    order = {"due": 0, "paid": 1, "returned": 2}
    return [(ENTRIES[one.kind], one) for one in sorted(found, key=lambda one: (one.turn, order[one.kind]))]


def list_files(plan: Plan) -> list[PayFile]:
    """The files of a plan, with what they belong to at hand."""
    found = PayFile.objects.filter(plan=plan).select_related(
        "plan__organisation", "plan__charter", "made_by", "voucher"
    )
    return list(found.order_by("turn"))


def list_returned(plan: Plan) -> list[Payment]:
    """The payments that came back, newest turn first."""
    found = Payment.objects.filter(file__plan=plan, returned_at__isnull=False).select_related(
        "file", "household"
    )
    return list(found.defer("sealed_card", "household__sealed_card").order_by("-file__turn", "number"))


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one organisation is with a year: its plan, if it has one."""

    organisation: Organisation
    plan: Plan | None


def count_progress(organisations: Iterable[Organisation], year: int) -> list[Progress]:
    """Each organisation with its plan of that year."""
    seen: Sequence[Organisation] = list(organisations)
    held = Plan.objects.filter(organisation__in=seen, year=year, withdrawn=False).select_related("case")
    plans = {one.organisation_id: one for one in held}
    return [Progress(one, plans.get(one.pk)) for one in seen]

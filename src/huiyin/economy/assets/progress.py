"""How far the inventories of a year are: by township and step, what is overdue, and one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet

from huiyin.cases.api import CaseClock, get_newest
from huiyin.economy.assets.models import Inventory, Round
from huiyin.economy.assets.store import QUERIES
from huiyin.economy.assets.values import INVENTORY, STEPS
from huiyin.economy.organisations.api import Standard, list_seen
from huiyin.journal.api import open_cursor
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand

DONE = "managed"


@dataclass(slots=True)
class TownshipProgress:
    """A township's collectives by step; `none` have no inventory of the year, `done` are under management."""

    township_id: int
    name: Words
    steps: dict[str, int] = field(default_factory=lambda: dict.fromkeys(STEPS, 0))
    none: int = 0
    done: int = 0
    overdue: int = 0

    @property
    def total(self) -> int:
        """Its collectives."""
        return self.none + self.done + sum(self.steps.values())


def list_progress(account: AccountInHand, year: int, now: datetime) -> list[TownshipProgress]:
    """Of each township that the account sees, in one statement, by name."""
    seen = list_seen(account).filter(standard=Standard.COLLECTIVE)
    townships = {
        one.township_id: Words(one.township.short, one.township.name_en or one.township.short) for one in seen
    }
    found = {pk: TownshipProgress(pk, name) for pk, name in townships.items()}
    given = {"year": year, "now": now, "ids": [one.pk for one in seen]}
    step_of = map_steps()
    with open_cursor() as cursor:
        cursor.execute(QUERIES["count_by_stage"], given)
        for township_id, stage, many, overdue in cursor.fetchall():
            _add(found[township_id], stage, step_of, int(many))
            found[township_id].overdue += int(overdue)
    return sorted(found.values(), key=lambda one: one.township_id)


def _add(one: TownshipProgress, stage: str, step_of: Mapping[str, str], many: int) -> None:
    if not stage:
        one.none += many
    elif stage == DONE:
        one.done += many
    else:
        one.steps[step_of[stage]] += many


def map_steps() -> dict[str, str]:
    """Step by stage of the process."""
    return {key: stage.step for key, stage in get_newest(INVENTORY).stages.items()}


def list_inventories(
    account: AccountInHand,
    year: int,
    now: datetime,
    township_id: int | None = None,
    step: str = "",
    *,
    overdue: bool = False,
) -> QuerySet[Inventory]:
    """The inventories of a year that the account sees: of a township, in a step (or `done`), overdue."""
    late = CaseClock.objects.filter(
        case_id=OuterRef("case_id"), stopped_at__isnull=True, paused_at__isnull=True, due_at__lt=now
    )
    due = Min("case__clocks__due_at", filter=Q(case__clocks__stopped_at__isnull=True))
    found = (
        Inventory.objects.filter(year=year, organisation__in=list_seen(account))
        .select_related("case", "organisation__township", "organisation__area")
        .annotate(late=Exists(late), step_due_at=due)
        .order_by("organisation__code")
    )
    if township_id is not None:
        found = found.filter(organisation__township_id=township_id)
    if step == "done":
        found = found.filter(case__stage=DONE)
    elif step:
        stages = [stage for stage, of in map_steps().items() if of == step and stage != DONE]
        found = found.filter(case__stage__in=stages)
    return found.filter(late=True, case__closed_at__isnull=True) if overdue else found


def find_year(account: AccountInHand) -> int | None:
    """The newest year of which the account sees an inventory."""
    seen = Inventory.objects.filter(organisation__in=list_seen(account))
    year: int | None = seen.aggregate(last=Max("year"))["last"]
    return year


def list_rounds(account: AccountInHand) -> Sequence[Round]:
    """The newest rounds that the account opened."""
    return list(Round.objects.filter(opened_by_id=account.id).order_by("-id")[:5])


def get_round(round_id: int, account: AccountInHand) -> Round | None:
    """A round that the account opened."""
    return Round.objects.filter(pk=round_id, opened_by_id=account.id).first()

"""Lines in the bell: what the staff of a unit should know at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from huiyin.appeals import store
from huiyin.appeals.models import Notice
from huiyin.cases.api import Case
from huiyin.kernel.words import Words
from huiyin.people.api import Post, UnitKind, list_units

KINDS: dict[str, Words] = {
    "dispatched": Words("新派来的工单", "A case was dispatched to you"),
    "reopened": Words("诉求人说没解决，退回再办", "Not solved: back to you"),
    "hurried": Words("诉求人催办", "The person asks to hurry"),
    "supervised": Words("上级督办", "Supervision"),
    "more-words": Words("诉求人补充了情况", "The person added words"),
    "duty-proposed": Words("请您单位对职责准入提出意见", "Your unit is asked about a duty"),
    "reply-unfit": Words("答复抽查不合格，请改进", "A reply was judged unfit: mend it"),
    "clock-warned": Words("时限提醒", "Time is running out"),
    "clock-expired": Words("已经超时", "Overdue"),
    "consulted": Words("请提出会商意见", "Your opinion is asked"),
    "ruled": Words("会商后裁定由你单位办理", "A ruling gave the case to you"),
}
_BY_MOVE = {
    "dispatch": "dispatched",
    "redispatch": "dispatched",
    "hurry": "hurried",
    "supervise": "supervised",
    "add_words": "more-words",
    "supply": "more-words",
    "submit": "duty-proposed",
    "rule": "ruled",
}


def find_kind(event: Mapping[str, Any]) -> str | None:
    """Which line of the bell a move makes, if any."""
    if event.get("again"):
        return "reopened"
    consulted = event["move"] == "invite" or (event.get("disputed") and event["to"] == "consultation")
    return "consulted" if consulted and event["move"] != "give_opinion" else _BY_MOVE.get(event["move"])


def note_move(event: Mapping[str, Any], now: datetime) -> int:
    """Put a move into the bell of the units that must know; answers how many."""
    kind = find_kind(event)
    if kind is None:
        return 0
    case = Case.objects.get(pk=event["case_id"])
    parts = case.assignments.filter(ended_at__isnull=True)
    units = (parts.filter(part="consulted") if kind == "consulted" else parts).values_list(
        "unit_id", flat=True
    )
    return _note(units, case.pk, kind, f"{case.number}:{event['version']}", {}, now)


def note_clock(event: Mapping[str, Any], verb: str, now: datetime) -> int:
    """Put a warning or an expiry into the bell of the unit whose clock it is; the centre's own into its.

    The clock of a case that no unit holds is the centre's to mind. What escalates is told further up as well.
    """
    if event.get("owner") == "centre" or not event.get("unit_id"):
        units = [unit.pk for unit in list_units(UnitKind.CENTRE)]
    else:
        units = [event["unit_id"]]
    units += _list_above(event.get("escalates", ()), now)
    key = f"{event['number']}:{event['clock']}:{event['due_at']}:{event['share']}:{verb}"
    body = {"clock": event["clock"], "share": event["share"], "due_at": event["due_at"]}
    return _note(units, event["case_id"], verb, key, body, now)


def _list_above(roles: Iterable[str], now: datetime) -> list[int]:
    """The units at which somebody holds one of these roles today."""
    today = timezone.localdate(now)
    held = Post.objects.filter(Q(until_on__isnull=True) | Q(until_on__gte=today), since_on__lte=today)
    found = held.filter(role__in=list(roles), account__active=True).order_by("unit_id")
    return list(found.values_list("unit_id", flat=True).distinct())


def _note(
    units: Iterable[int], case_id: int, kind: str, key: str, body: Mapping[str, Any], now: datetime
) -> int:
    rows = [
        Notice(unit_id=unit, case_id=case_id, kind=kind, key=f"{key}:{unit}", body=dict(body), made_at=now)
        for unit in dict.fromkeys(units)
    ]
    before = Notice.objects.filter(key__in=[row.key for row in rows]).count()
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows) - before


def note_for_unit(
    kind: str, case_id: int, unit_id: int, key: str, body: Mapping[str, Any], now: datetime
) -> int:
    """Put one line of a kind of `KINDS` into the bell of a unit; the same `key` acts once."""
    return _note([unit_id], case_id, kind, key, body, now)


def count_unread(unit_ids: Iterable[int]) -> int:
    """Unread lines in the bell of these units."""
    return store.count_unread(sorted(unit_ids))


UNREAD_SQL = store.QUERIES["count_unread"]
"""A query of that number, of `unit_ids`, for a statement that is made anyway."""


def list_notices(unit_ids: Iterable[int], most: int = 100) -> list[Notice]:
    """The newest lines of these units."""
    found = Notice.objects.select_related("case", "unit").filter(unit_id__in=list(unit_ids))
    return list(found.order_by("-made_at", "-id")[:most])


def read_notices(unit_ids: Iterable[int], now: datetime) -> int:
    """Mark every line of these units as read."""
    return Notice.objects.filter(unit_id__in=list(unit_ids), read_at__isnull=True).update(read_at=now)

"""Says whether something was validly resolved."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from huiyin.economy.assemblies.models import Resolution
from huiyin.economy.assemblies.values import DEMANDS
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words

RULE = "农村集体经济组织法 第26条、第27条、第28条"


def find_resolution(organisation_id: int, subject: str) -> Resolution | None:
    """The newest valid resolution of the organisation on that subject."""
    return _list_resolutions(organisation_id, subject).filter(valid=True).first()


def _list_resolutions(organisation_id: int, subject: str) -> QuerySet[Resolution]:
    found = Resolution.objects.select_related("meeting").filter(
        meeting__organisation_id=organisation_id, subject=subject, valid__isnull=False
    )
    return found.order_by("-decided_at", "-id")


def demand_resolution(
    organisation_id: int, subject: str, now: datetime, matter: str | None = None
) -> Resolution:
    """The valid resolution on that subject that was made by `now`; of that matter, if one is named.

    Refuses `not-resolved` when none was held, `resolution-invalid` when the newest fell short: it says of
    what, and cites the article.
    """
    made = _list_resolutions(organisation_id, subject).filter(decided_at__lte=now)
    if matter is not None:
        made = made.filter(matter=matter)
    found = made.filter(valid=True).first()
    if found is not None:
        return found
    fell = made.first()
    raise _refuse_invalid(fell) if fell is not None else _refuse_none()


def demand_majority(organisation_id: int, subject: str, now: datetime, matter: str | None = None) -> bool:
    """Whether the assembly agreed, once it has lawfully met and voted: False when only the votes fell short.

    Refuses as `demand_resolution` when it has not met, or not as the law asks.
    """
    try:
        demand_resolution(organisation_id, subject, now, matter)
    except Refusal as refusal:
        made = _list_resolutions(organisation_id, subject).filter(decided_at__lte=now)
        fell = (made.filter(matter=matter) if matter else made).first()
        if fell is None or _name_short(fell) != ["majority"]:
            raise refusal from None
        return False
    return True


def _name_short(resolution: Resolution) -> list[str]:
    return [line["key"] for line in resolution.reckoning.get("lines", []) if not line["met"]]


def _refuse_none() -> Refusal:
    words = Words(
        "成员大会还没有有效通过这件事。请先开会表决，录入到会和票数。",
        "The assembly has not validly resolved on this. Hold it, and enter attendance and votes.",
    )
    return Refusal("not-resolved", words, rule=RULE)


def _refuse_invalid(resolution: Resolution) -> Refusal:
    short = [line for line in resolution.reckoning.get("lines", []) if not line["met"]]
    titles = [DEMANDS[line["key"]] for line in short]
    what = [f"{title.zh} {line['have']}/{line['need']}" for title, line in zip(titles, short, strict=True)]
    what_en = [f"{title.en} {line['have']}/{line['need']}" for title, line in zip(titles, short, strict=True)]
    words = Words(
        "{day} 的决议无效：{what}。请重新开会表决。",
        "The resolution of {day} is not valid: {what}. Hold another meeting.",
    ).fill(
        day=resolution.meeting.held_on.isoformat(),
        what=Words("，".join(what) or "—", ", ".join(what_en) or "–"),
    )
    rules = "；".join(dict.fromkeys(line["rule"] for line in short))
    return Refusal("resolution-invalid", words, rule=rules or RULE)

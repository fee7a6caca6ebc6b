"""What the desk shows around a form as it stands: choices, earlier matters, likely duplicates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone

from huiyin.appeals.api import Likeness, find_alike, list_earlier
from huiyin.cases.api import Acting, Case, CaseRow, may_see, sees_all
from huiyin.console.doors import choices, endings
from huiyin.console.doors.forms import IDENTITIES
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import read_number
from huiyin.people.api import find_persons_by_phone, get_account_of, list_companies, list_units, map_persons
from huiyin.register.api import list_lawful_ways, list_reply_templates, map_categories, suggest_categories

MOST_ALIKE = 5
SHORTEST = 6
"""Fewer signs than this say too little to be compared."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who called from a number before: the masked name, and the matters the clerk may see, newest first."""

    name: str
    matters: Sequence[CaseRow]


def find_caller(phone: str, acting: Acting, now: datetime) -> Caller | None:
    """The caller behind a number as typed; None when it cannot be called or nobody has used it."""
    try:
        people = find_persons_by_phone(phone) if phone.strip() else []
    except Refusal:
        return None
    if not people:
        return None
    matters = list_earlier(phone, acting, now)
    # Who holds the number is shown to those alone who may see a matter of theirs.
    cards = map_persons([person.id for person in people]) if matters else {}
    return Caller(next((card.masked_name for card in cards.values() if card.masked_name), ""), matters)


def list_own(phone: str, acting: Acting, now: datetime) -> frozenset[str]:
    """The numbers of the caller's earlier matters: a likely duplicate among them is a repeat."""
    return frozenset(row.number for row in list_earlier(phone, acting, now)) if phone.strip() else frozenset()


def list_alike(text: str, acting: Acting, now: datetime) -> list[Likeness]:
    """Likely duplicates that the clerk may see."""
    if len(text.strip()) < SHORTEST:
        return []
    if sees_all(acting):
        return find_alike(text, now, most=MOST_ALIKE)
    found = find_alike(text, now, most=50)
    seen = {
        case.pk
        for case in Case.objects.filter(pk__in=[one.case_id for one in found])
        if may_see(case, acting)
    }
    return [one for one in found if one.case_id in seen][:MOST_ALIKE]


def describe(request: HttpRequest, form: forms.Form, acting: Acting) -> dict[str, Any]:
    """All that the desk's template needs for `form`, typed or empty."""
    now = timezone.now()

    def typed(name: str) -> str:
        value = form[name].value() if name in form.fields else ""
        return "" if value is None else str(value)

    return {
        "form": form,
        "identities": IDENTITIES,
        "channels": [(one.key, one.called) for one in choices.list_open_channels()],
        "for_companies": choices.FOR_COMPANIES,
        "townships": choices.list_townships(),
        "villages": choices.list_villages(typed("township")),
        "categories": choices.list_category_groups(),
        "companies": list_companies(limit=50),
        "chips": suggest_categories(typed("title") + typed("words"), limit=4),
        "alike": list_alike(typed("title") + typed("words"), acting, now),
        "caller": find_caller(typed("phone"), acting, now),
        "own": list_own(typed("phone"), acting, now),
        **describe_ending(request, form, now),
    }


def describe_ending(request: HttpRequest, form: forms.Form, now: datetime) -> dict[str, Any]:
    """The lower part of the desk: grades and endings of the process, and the fields of the ending chosen."""
    roles = get_account_of(request).roles

    def typed(name: str) -> str:
        return str(form[name].value() or "") if name in form.fields else ""

    processes = choices.list_open_processes(roles)
    process = choices.choose_process(typed("process"), typed("channel"), processes)
    if process is None:
        return {"process": None, "processes": [], "endings": []}
    category = find_category_typed(typed("category"))
    area = typed("village") or typed("township")
    offered = endings.list_endings(process, roles)
    return {
        "process": process,
        "processes": [(one.key, one.title) for one in processes],
        "grades": list(process.grades.items()),
        "usual_grade": process.grades.get(
            category.grade if category else "", process.grades[process.first_grade]
        ),
        "endings": offered,
        "ending": endings.choose_ending(typed("finish"), offered),
        "templates": list_reply_templates(category.pk if category else None),
        "ways": list_lawful_ways(),
        "leads": endings.list_leads(
            category.pk if category else None,
            read_number(area),
            timezone.localdate(now),
        )
        if any(one.key == "dispatch" for one in offered)
        else [],
    }


def find_category_typed(text: str) -> Any:
    """The category with the id as typed; None for anything else."""
    pk = read_number(text)
    return None if pk is None else map_categories([pk]).get(pk)


def list_unit_options() -> list[choices.Option]:
    """Units as options."""
    return [(str(unit.pk), unit.called) for unit in list_units()]

"""What can be chosen in a form of a move: units, categories, ways, cases alike, causes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from huiyin.appeals.api import Likeness, find_alike
from huiyin.cases.api import CaseView
from huiyin.kernel.words import Words
from huiyin.pages.api import local
from huiyin.people.api import Unit, UnitKind, list_units
from huiyin.process.api import Process
from huiyin.register.api import (
    Category,
    DutyInHand,
    Part,
    list_categories,
    list_duties_for,
    list_lawful_ways,
    suggest_categories,
)

Option = tuple[str, Words]
Group = tuple[Words, list[Option]]

KINDS = {
    UnitKind.CENTRE: Words("中心", "Centre"),
    UnitKind.DEPARTMENT: Words("部门", "Departments"),
    UnitKind.TOWNSHIP: Words("乡镇街道", "Townships"),
    UnitKind.COMPANY: Words("公共服务企业", "Public utilities"),
    UnitKind.BOARD: Words("复核委员会", "Review board"),
    UnitKind.COLLECTIVE: Words("集体经济组织", "Collective"),
}
PARTS = {Part.LEAD: Words("主办", "lead"), Part.ASSISTING: Words("协办", "assisting")}
ON_LIST = Words("职责清单上的单位", "On the duty list")
LIKELY = Words("按内容推荐", "Suggested by the words")

CAUSES = (
    Words("材料不全", "Papers incomplete"),
    Words("政策不明", "Policy unclear"),
    Words("部门推诿", "Passed between departments"),
    Words("系统故障", "System fault"),
    Words("超出权限", "Beyond the unit's powers"),
    Words("历史遗留", "Left from the past"),
    Words("其他", "Other"),
)
"""Why a matter could not be done, so that causes can be counted; what is particular is written beside."""


def list_duties(view: CaseView, category_id: int | None, now: datetime) -> list[DutyInHand]:
    """The duties for a matter of that category in the case's area, most fitting first, a unit once a part."""
    if category_id is None:
        return []
    found: dict[tuple[int, str], DutyInHand] = {}
    for duty in list_duties_for(category_id, view.case.area_id, local(now).date()):
        found.setdefault((duty.unit_id, duty.part), duty)
    return list(found.values())


def list_unit_groups(duties: Sequence[DutyInHand], part: str) -> list[Group]:
    """Units on the list first, those for `part` foremost, with their clause; then all others by kind."""
    units = {unit.pk: unit for unit in list_units()}
    ordered = sorted((duty for duty in duties if duty.unit_id in units), key=lambda duty: duty.part != part)
    listed = {duty.unit_id: _title_duty(units[duty.unit_id], duty) for duty in reversed(ordered)}
    ranked = dict.fromkeys(duty.unit_id for duty in ordered)
    groups: list[Group] = [(ON_LIST, [(str(pk), listed[pk]) for pk in ranked])] if ranked else []
    others = [unit for unit in units.values() if unit.pk not in ranked]
    return [*groups, *_group_by_kind(others)]


def _title_duty(unit: Unit, duty: DutyInHand) -> Words:
    title = Words("{unit}（{part}，{clause}）", "{unit} ({part}, {clause})")
    part = PARTS.get(Part(duty.part), Words(duty.part))
    return title.fill(unit=_call(unit), part=part, clause=duty.clause)


def _group_by_kind(units: Iterable[Unit]) -> list[Group]:
    groups: dict[str, list[Option]] = {}
    for unit in units:
        groups.setdefault(unit.kind, []).append((str(unit.pk), _call(unit)))
    return [(title, groups[kind]) for kind, title in KINDS.items() if kind in groups]


def _call(unit: Unit) -> Words:
    return Words(unit.short, unit.name_en)


def list_category_groups(view: CaseView) -> list[Group]:
    """Level-3 categories under their first two levels; those that the words suggest stand first."""
    categories = list_categories()
    by_id = {category.pk: category for category in categories}
    groups: dict[int, Group] = {}
    for category in categories:
        if category.level == 3 and category.parent_id in by_id:
            parent = by_id[category.parent_id]
            groups.setdefault(parent.pk, (_call_under(parent, by_id), []))[1].append(
                (str(category.pk), category.called)
            )
    likely = [(str(one.pk), one.called) for one in suggest_categories(f"{view.case.title} {view.words}")]
    return [*([(LIKELY, likely)] if likely else []), *groups.values()]


def _call_under(category: Category, by_id: dict[int, Category]) -> Words:
    above = by_id.get(category.parent_id) if category.parent_id else None
    if above is None:
        return category.called
    return Words("{above} / {name}", "{above} / {name}").fill(above=above.called, name=category.called)


def list_way_options() -> list[Option]:
    """The ways that the law has laid down, each with the law that says so."""
    return [
        (way.key, Words(f"{way.title}（{way.basis}）", f"{way.title_en or way.title} ({way.basis})"))
        for way in list_lawful_ways()
    ]


def list_cause_options() -> list[Option]:
    """The short list of causes."""
    return [(cause.zh, cause) for cause in CAUSES]


def list_grade_options(process: Process) -> list[Option]:
    """The grades of the process."""
    return list(process.grades.items())


def list_limit_options(process: Process) -> list[Option]:
    """By how much the process lets a limit be extended."""
    return [(str(limit), limit.tell()) for limit in process.extensions]


def list_alike(view: CaseView, now: datetime) -> list[Likeness]:
    """Open cases that may be the same matter; a closed or answered one cannot lead."""
    alike = find_alike(f"{view.case.title}{view.words}", now, besides=view.case.pk)
    return [one for one in alike if not one.closed]


def blank() -> Option:
    """The first line of a select in which nothing is chosen yet."""
    return "", Words(_("请选择"))

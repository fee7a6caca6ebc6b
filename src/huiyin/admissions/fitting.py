"""Whether what is proposed may go on the register: looked up, checked, and told in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from huiyin.admissions.values import ADD, END, MOVE, Fit, Row
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import Area, Unit
from huiyin.register.api import Category, Duty, NewDuty, check_duty, list_standing

RULE = "国办函〔2025〕66号：派单目录动态调整"
MOST_ROWS = 20


def fit_rows(rows: Sequence[Row], on: date) -> list[Fit]:
    """Every row, looked up; refused when one cannot go on the register as it stands on that day.

    Refuses `rows-missing`, `too-many-rows`, `several-units`, what `check_duty` refuses, `entry-not-found` (a
    unit, category or area that is closed or none), `duty-over` and `duty-on-list`.
    """
    if not rows:
        raise Refusal(
            "rows-missing", Words("请至少写一条职责。", "Name at least one duty."), field="category"
        )
    if len(rows) > MOST_ROWS:
        words = Words(
            "一次最多 {most} 条；更多的请用 Excel 导入。", "At most {most} at once; import more by Excel."
        )
        raise Refusal("too-many-rows", words.fill(most=MOST_ROWS))
    fits = [_fit(row, on) for row in rows]
    if len({fit.unit_id for fit in fits}) > 1:
        words = Words(
            "一次只能提一个单位的职责，各单位分别征求意见。",
            "One proposal is for one unit: it is heard by itself.",
        )
        raise Refusal("several-units", words, field="unit")
    return fits


def _fit(row: Row, on: date) -> Fit:
    if row.act not in {ADD, MOVE, END}:
        raise Refusal(
            "act-unknown", Words("请选择新增、调整或取消。", "Choose to add, move or end."), field="act"
        )
    duty = _find_duty(row, on) if row.act != ADD else None
    if row.act == END and duty is not None:
        return _fit_end(row, duty)
    unit, category, area = _find_unit(row), _find_category(row), _find_area(row)
    if row.valid_from is None:
        raise Refusal("day-missing", Words("请写明从哪天起生效。", "Say from which day."), field="since")
    new = make_new(row)
    check_duty(new)
    if duty is not None and new.valid_from <= duty.valid_from:
        words = Words("生效日期要晚于原职责的生效日期。", "It must begin after the duty that it replaces.")
        raise Refusal("ends-before-start", words, field="since")
    _demand_new(new, duty)
    where = f"（{area.name}）" if area else ""
    return Fit(row, unit.pk, category.pk, f"{unit.short} {category.name}{where}")


def _fit_end(row: Row, duty: Duty) -> Fit:
    if row.valid_until is None:
        raise Refusal("day-missing", Words("请写明到哪天为止。", "Say until which day."), field="until")
    if row.valid_until < duty.valid_from:
        words = Words("失效日期早于生效日期。", "The duty would end before it begins.")
        raise Refusal("ends-before-start", words, field="until")
    called = f"{duty.unit.short} {duty.category.name}"
    return Fit(row, duty.unit_id, duty.category_id, called)


def make_new(row: Row) -> NewDuty:
    """The duty that an `add` or `move` puts on the register, when all of it is there."""
    if row.unit_id is None or row.category_id is None or row.valid_from is None:
        raise ValueError("only a row that fits makes a duty")
    return NewDuty(
        row.unit_id,
        row.category_id,
        row.clause,
        row.valid_from,
        row.area_id,
        row.part,
        row.basis,
        row.valid_until,
    )


def find_end(row: Row) -> date:
    """The last day of the duty that an `end` or `move` ends."""
    if row.act == MOVE and row.valid_from is not None:
        return row.valid_from - timedelta(days=1)
    if row.valid_until is None:
        raise ValueError("only a row that fits ends a duty")
    return row.valid_until


def _find_duty(row: Row, on: date) -> Duty:
    found = Duty.objects.select_related("unit", "category").filter(pk=row.duty_id or 0).first()
    if found is None or (found.valid_until is not None and found.valid_until < on):
        words = Words("清单上没有这条职责，或者它已经失效。", "The register has no such duty, or it is over.")
        raise Refusal("duty-over", words, field="duty")
    return found


def _find_unit(row: Row) -> Unit:
    found = Unit.objects.filter(pk=row.unit_id or 0, active=True).first()
    if found is None:
        raise Refusal("entry-not-found", Words("请选择承接单位。", "Choose the unit."), field="unit")
    return found


def _find_category(row: Row) -> Category:
    found = Category.objects.filter(pk=row.category_id or 0, active=True).first()
    if found is None:
        raise Refusal("entry-not-found", Words("请选择类别。", "Choose a category."), field="category")
    return found


def _find_area(row: Row) -> Area | None:
    if row.area_id is None:
        return None
    found = Area.objects.filter(pk=row.area_id, active=True).first()
    if found is None:
        raise Refusal("entry-not-found", Words("没有这个地方。", "There is no such area."), field="area")
    return found


def _demand_new(new: NewDuty, replaced: Duty | None) -> None:
    """The same unit does not get the same part of the same matter twice."""
    standing = list_standing(new.unit_id, new.category_id, new.area_id, new.part, new.valid_from)
    others = [duty for duty in standing if replaced is None or duty.pk != replaced.pk]
    if others:
        words = Words("清单上已经有这一条：{clause}。", "It is on the register already: {clause}.").fill(
            clause=others[0].clause
        )
        raise Refusal("duty-on-list", words, rule=RULE, field="category")

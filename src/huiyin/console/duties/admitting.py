"""The form of an admission: what is typed becomes rows, and rows become what stands in the form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import QueryDict

from huiyin.admissions.api import ADD, END, MOST_ROWS, MOVE, Row
from huiyin.console.duties.asking import PARTS, list_category_choices, list_unit_choices, read_day
from huiyin.kernel.texts import clean, read_number
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand, list_areas
from huiyin.register.api import Duty, find_duty, list_categories

PROPOSERS = frozenset({"handler", "unit-head", "dispatcher", "centre"})
ACTS: dict[str, Words] = {
    ADD: Words("新增一条职责", "Add a duty"),
    MOVE: Words("调整：换单位或换条款", "Move: another unit or clause"),
    END: Words("取消一条职责", "End a duty"),
}
_FIELDS = ("unit", "category", "area", "part", "clause", "basis", "since", "until")
Typed = dict[str, str]


def may_propose(account: AccountInHand) -> bool:
    """Whether a post of the account may propose a duty."""
    return bool(account.roles & PROPOSERS)


def begin_row(given: Mapping[str, str], today: date) -> Typed:
    """What stands in the form at first: what the address says, and of the duty that it names."""
    duty = find_duty(read_number(given.get("duty", "")) or 0)
    act = given.get("act", "") if given.get("act", "") in ACTS else MOVE if duty else ADD
    typed = {key: clean(given.get(key, ""))[:400] for key in _FIELDS}
    if duty is not None:
        typed |= _describe_duty(duty)
    elif act != ADD:
        act = ADD
    typed["since"] = typed["since"] or today.isoformat()
    typed["part"] = typed["part"] or "lead"
    return {"act": act, "duty": str(duty.pk) if duty else "", **typed}


def _describe_duty(duty: Duty) -> Typed:
    return {
        "unit": str(duty.unit_id),
        "category": str(duty.category_id),
        "area": str(duty.area_id or ""),
        "part": duty.part,
        "clause": duty.clause,
        "basis": duty.basis,
    }


def describe_row(row: Row) -> Typed:
    """A row as it stands in the form."""
    return {
        "act": row.act,
        "duty": str(row.duty_id or ""),
        "unit": str(row.unit_id or ""),
        "category": str(row.category_id or ""),
        "area": str(row.area_id or ""),
        "part": row.part,
        "clause": row.clause,
        "basis": row.basis,
        "since": row.valid_from.isoformat() if row.valid_from else "",
        "until": row.valid_until.isoformat() if row.valid_until else "",
    }


def read_typed(sent: QueryDict) -> list[Typed]:
    """The rows of a sent form, in their order: each field is sent once for each row."""
    lists = {key: sent.getlist(key) for key in ("act", "duty", *_FIELDS)}
    count = min(max(map(len, lists.values()), default=0), MOST_ROWS)
    return [
        {key: clean(values[at])[:400] if at < len(values) else "" for key, values in lists.items()}
        for at in range(max(count, 1))
    ]


def make_row(typed: Typed) -> Row:
    """The row that was typed; what is misread is left empty, and refused in its turn."""
    act, duty_id = typed["act"], read_number(typed["duty"])
    if act == END:
        return Row(END, duty_id, valid_until=read_day(typed["until"]))
    return Row(
        act=act,
        duty_id=duty_id if act == MOVE else None,
        unit_id=read_number(typed["unit"]),
        category_id=read_number(typed["category"]),
        area_id=read_number(typed["area"]),
        part=typed["part"] or "lead",
        clause=typed["clause"],
        basis=typed["basis"],
        valid_from=read_day(typed["since"]),
        valid_until=read_day(typed["until"]),
    )


def list_form_choices() -> dict[str, Any]:
    """What can be chosen in the form."""
    townships = list_areas("township")
    areas = [(str(area.pk), area.called) for area in townships]
    return {
        "units": list_unit_choices(),
        "categories": list_category_choices(list_categories(), deepest=3),
        "areas": areas,
        "parts_of": list(PARTS.items()),
    }

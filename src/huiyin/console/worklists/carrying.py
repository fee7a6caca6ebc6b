"""Carries a batch out: each case in a transaction of its own, each outcome told, none lost."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import DatabaseError

from huiyin.cases.api import Acting, move_case
from huiyin.console.worklists.asking_inputs import BY_REGISTER
from huiyin.console.worklists.picking import Picked
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages.api import local
from huiyin.register.api import find_lead_duty
from huiyin.triage.api import find_panel

logger = logging.getLogger("huiyin.console")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one case: `words` say where it stands now, or why it was not done, by which rule."""

    number: str
    title: str
    done: bool
    words: Words
    rule: str = ""


def carry_out(
    picked: Sequence[Picked], move: str, inputs: Mapping[str, Any], acting: Acting, now: datetime, key: str
) -> list[Outcome]:
    """Make `move` on every case, in order. `key` is the form's: sent twice, it moves each case once."""
    others = (one for one in picked if one.case.number != inputs.get("into"))
    return [_carry_one(one, move, inputs, acting, now, key) for one in others]


def _carry_one(
    one: Picked, move: str, inputs: Mapping[str, Any], acting: Acting, now: datetime, key: str
) -> Outcome:
    case = one.case
    try:
        own = _fill_in(one, inputs, now)
        moved = move_case(case.number, move, own, acting, now, key=f"{key}:{case.number}" if key else None)
    except Refusal as refusal:
        return Outcome(case.number, case.title, done=False, words=refusal.words, rule=refusal.rule)
    except DatabaseError:
        logger.exception("batch: %s could not be moved", case.number)
        words = Words(
            "系统出错，这一件没有办成。请过几分钟再试。",
            "A fault of the system: not done. Try again in some minutes.",
        )
        return Outcome(case.number, case.title, done=False, words=words)
    return Outcome(case.number, case.title, done=True, words=one.process.get_stage(moved.stage).title)


def _fill_in(one: Picked, inputs: Mapping[str, Any], now: datetime) -> Mapping[str, Any]:
    """The inputs for this case: its own lead unit where the register is to decide."""
    if inputs.get("lead") != BY_REGISTER:
        return inputs
    found = find_register_lead(one, now)
    if found is None:
        raise Refusal(
            "no-lead-on-register",
            Words(
                "职责清单上找不到这一类的主办单位。请单独派单。",
                "The duty list names no lead for it. Dispatch it by itself.",
            ),
            rule="国办函〔2025〕66号：按派单目录派单",
            field="lead",
        )
    own = {"category": found.category_id} if found.category_id is not None else {}
    return {**own, **inputs, "lead": found.unit_id}


@dataclass(frozen=True, slots=True)
class RegisterLead:
    """The unit that the register names; with the category that was suggested, where the case has none."""

    unit_id: int
    words: Words
    category_id: int | None = None


def find_register_lead(one: Picked, now: datetime) -> RegisterLead | None:
    """The unit that the register names for the case; None without a category, suggested or set, or a duty."""
    if one.case.category_id is None:
        return _find_suggested(one)
    duty = find_lead_duty(one.case.category_id, one.case.area_id, local(now).date())
    return RegisterLead(duty.unit_id, duty.unit) if duty else None


def _find_suggested(one: Picked) -> RegisterLead | None:
    panel = find_panel(one.case.pk)
    if panel is None or panel.unit_id is None or panel.unit is None or panel.category_id is None:
        return None
    told = Words("{unit}（建议：{category}，把握 {sure} %）", "{unit} (suggested: {category}, {sure} % sure)")
    words = told.fill(unit=panel.unit, category=panel.category[-1], sure=panel.per_mille // 10)
    return RegisterLead(panel.unit_id, words, panel.category_id)

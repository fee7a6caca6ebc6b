"""The guard of every dispatch: no unit gets what the duty list does not give it, unless designated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.process.definition import Process
from huiyin.process.facts import Actor, Facts, Standing

MOST_TOLD = 3
"""Units of the list that a refusal names."""


def unit_on_register(
    _process: Process, facts: Facts, _actor: Actor, inputs: Mapping[str, Any]
) -> Refusal | None:
    """Off the list the centre designates, with a reason; else it is told who is on it, by which clause.

    A unit on the list that is designated all the same loses its right to return: that takes a reason as well.
    """
    standing = facts.standing
    if inputs.get("designate"):
        return _check_designation(standing, inputs)
    if not standing.off:
        return None
    if not standing.categorised:
        return _refuse_uncategorised(standing)
    return _refuse_department_work(standing) if standing.townships else _refuse_off_list(standing)


def _check_designation(standing: Standing, inputs: Mapping[str, Any]) -> Refusal | None:
    if not standing.may_designate:
        return Refusal(
            "not-yours-to-designate",
            Words(
                "只有中心可以指定办理。请改派清单上的单位，或请中心指定。",
                "Only the centre may designate. Choose a unit on the list, or ask the centre to designate.",
            ),
            rule="国办函〔2025〕66号：职责不清的由热线工作机构会商、指定",
            field="designate",
        )
    return None if str(inputs.get("reason") or "").strip() else _reason_missing()


def _reason_missing() -> Refusal:
    return Refusal(
        "reason-missing",
        Words("指定办理须写明理由。", "Designation needs a reason. Write one."),
        rule="国办函〔2025〕66号：指定承办单位应当说明理由",
        field="reason",
    )


def _refuse_uncategorised(standing: Standing) -> Refusal:
    return Refusal(
        "unit-off-list",
        Words(
            "还没有定类别，职责清单查不出{units}是不是该办。请先选类别；确需指定的，勾选“指定办理”并写明理由。",
            "Without a category the duty list cannot say whether {units} must act. Choose one, or designate.",
        ).fill(units="、".join(standing.off)),
        rule="国办函〔2025〕66号：按派单目录派单",
        field=standing.field,
    )


def _refuse_off_list(standing: Standing) -> Refusal:
    return Refusal(
        "unit-off-list",
        Words(
            "职责清单没有把这类事项交给{units}。{listed}请改派清单上的单位；确需指定的，勾选“指定办理”并写明理由。",
            "The duty list does not give this matter to {units}. {listed}"
            "Choose a unit on the list, or designate with a reason.",
        ).fill(units="、".join(standing.off), listed=tell_listed(standing)),
        rule="国办函〔2025〕66号：按派单目录派单；职责不清的会商或指定",
        field=standing.field,
    )


def _refuse_department_work(standing: Standing) -> Refusal:
    return Refusal(
        "department-work",
        Words(
            "这是部门的职责，清单没有把它交给{units}，不能下放乡镇。{listed}"
            "请派给部门；确需指定的，勾选“指定办理”并写明理由；要长期由乡镇办的，先提出职责准入。",
            "This is a department's work. The list does not give it to {units}; it cannot be pushed down to "
            "a township. {listed}Dispatch it to the department, or designate with a reason; what a township "
            "is to do for good is admitted to the register first.",
        ).fill(units="、".join(standing.townships), listed=tell_listed(standing)),
        rule="国办函〔2025〕66号：不得将部门职责下放乡镇街道",
        field=standing.field,
    )


def tell_listed(standing: Standing) -> Words:
    """Who is on the list, by which clause: those that lead, or those that assist when nobody leads."""
    leads = [one for one in standing.listed if one.leads] or list(standing.listed)
    if not leads:
        return Words(
            "清单上还没有单位管这类事项，可以提出职责准入。",
            "No unit is on the list for it yet: propose one for admission. ",
        )
    told = leads[:MOST_TOLD]
    zh = "；".join(f"{one.clause}把它交给{one.unit}{'主办' if one.leads else '协办'}" for one in told)
    en = "; ".join(f"{one.clause}: {one.unit} {'leads' if one.leads else 'assists'}" for one in told)
    return Words(f"{zh}。", f"{en}. ")

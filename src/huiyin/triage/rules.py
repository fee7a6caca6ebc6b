"""Decides, purely: what grade a matter gets, and whether it may go by itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from huiyin.kernel.words import Words
from huiyin.triage.values import Circumstances

URGENT = "urgent"
FLOOR = 500
"""A threshold below this would send out what is more likely wrong than right."""

HINDRANCES: Mapping[str, Words] = {
    "cold": Words(
        "还没有在用的模型，词表的建议都由人决定",
        "No model is in use: what the words suggest, a person decides",
    ),
    "off": Words("这个类别没有开启自动派单", "Automatic dispatch is off for this category"),
    "unsure": Words("把握没有达到这个类别的阈值", "Less sure than the threshold of the category asks"),
    "no-lead": Words("职责清单上没有这类事项的主办单位", "The duty list names no lead unit"),
    "no-move": Words("流程不允许在这个环节自动派单", "The process has no automatic dispatch at this stage"),
    "confidential": Words("保密诉求由人派单", "A confidential matter is dispatched by a person"),
    "way": Words("可能应走法定途径，由人判断", "It may have a lawful way of its own: a person decides"),
    "twice": Words(
        "可能与未办结的工单重复，由人判断", "It may be the same as an open case: a person decides"
    ),
    "differs": Words("与登记时选的类别不同，由人判断", "It differs from the category chosen at registration"),
    "refused": Words("自动派单被规则拒绝，由人派单", "A rule refused the automatic dispatch"),
    "gone": Words("已经有人在办", "Somebody has taken it up already"),
}
"""Why a matter stays for a person."""


def find_hindrance(told: Circumstances) -> str:
    """The first reason why the matter does not go by itself, of `HINDRANCES`; "" when it may."""
    checks = {
        "gone": told.dispatched,
        "cold": not (told.promoted and told.routed.certain),
        "off": told.threshold is None,
        "unsure": told.routed.per_mille < (told.threshold or FLOOR),
        "confidential": told.identity == "confidential",
        "way": bool(told.way),
        "twice": told.twice,
        "differs": told.given_id not in {None, told.routed.category_id},
        "no-lead": not told.has_lead,
        "no-move": not told.has_move,
    }
    return next((reason for reason, holds in checks.items() if holds), "")


def propose_grade(present: str, category: str, grades: Collection[str], *, danger: bool) -> str:
    """The grade to propose: never a lower one than the case has; danger makes it urgent where there is one.

    `present` is the case's own, `category` that of its category; `grades` are those of the process, the first
    of them the plain one.
    """
    plain = next(iter(grades), present)
    if URGENT in grades and (danger or URGENT in {present, category}):
        return URGENT
    if present != plain or category not in grades:
        return present
    return category


def propose_urgent(category: str, *, present: bool, danger: bool) -> bool:
    """Whether it is urgent: once it is, no model makes it less so."""
    return present or danger or category == URGENT


def choose_given(model_per_mille: int, given_id: int | None, routed_id: int | None) -> bool:
    """Whether the category that was chosen at registration stands before the model's own."""
    return given_id is not None and given_id != routed_id and model_per_mille < 800

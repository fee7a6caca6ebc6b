"""What the product suggests for a case: category, unit, grade, how sure, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from msgspec import Meta, Struct

from huiyin.cases.api import sees_all
from huiyin.kernel.words import Words
from huiyin.openapi.v1.contract import Answer, Call, Operation, Reply
from huiyin.openapi.v1.seeing import look_at, titled
from huiyin.openapi.v1.shapes import CaseNumber, Coded, Keyed, Titled
from huiyin.triage.api import Panel, find_panel

Share = Annotated[int, Meta(ge=0, le=1000, description="千分之几。 Per mille.")]


class Likely(Struct):
    """A category with how likely it is."""

    name: Titled
    per_mille: Share


class Near(Struct):
    """A case that is like this one."""

    number: CaseNumber
    per_mille: Share
    closed: bool


class Suggestion(Struct):
    """The newest suggestion. `basis`: model, narrowed, words, given, none; `version` 0 is the list of words.

    `outcome`: empty until the case was dispatched, then accepted, corrected or auto.
    """

    version: int
    basis: str
    category: Coded | None
    per_mille: Share
    ranked: list[Likely]
    reasons: list[str]
    unit: Keyed | None
    clause: str
    grade: str
    urgent: bool
    urgent_words: list[str]
    lawful_way: str
    place: str
    alike: list[Near]
    past: list[Near]
    outcome: str
    automatic: bool


class SuggestionOfCase(Struct):
    """The case and what is suggested for it; null as long as nothing is."""

    number: CaseNumber
    suggestion: Suggestion | None


def _read(call: Call) -> Reply:
    case = look_at(call)
    panel = find_panel(case.id)
    told = _tell(panel, whole=sees_all(call.acting)) if panel is not None else None
    return Reply(SuggestionOfCase(case.number, told))


def _tell(panel: Panel, *, whole: bool) -> Suggestion:
    """`whole`: the account sees every case, so that it may learn of others that are like this one."""
    category = panel.category[-1].zh if panel.category else ""
    return Suggestion(
        version=panel.version,
        basis=panel.basis,
        category=Coded(panel.category_code, category) if panel.category else None,
        per_mille=panel.per_mille,
        ranked=[Likely(titled(name), share) for name, share, _number in panel.ranked],
        reasons=list(panel.reasons),
        unit=Keyed(panel.unit_key, panel.unit.zh) if panel.unit else None,
        clause=panel.clause,
        grade=panel.grade,
        urgent=panel.urgent,
        urgent_words=list(panel.urgent_words),
        lawful_way=panel.way,
        place=panel.place.zh if panel.place else "",
        alike=_list_near(panel.alike if whole else ()),
        past=_list_near(panel.past if whole else ()),
        outcome=panel.outcome,
        automatic=panel.automatic,
    )


def _list_near(told: Sequence[Mapping[str, Any]]) -> list[Near]:
    return [Near(one["number"], one["per_mille"], one["closed"]) for one in told]


OPERATIONS = (
    Operation(
        key="readSuggestion",
        method="GET",
        path="/cases/{number}/suggestion",
        scope="cases:read",
        group="cases",
        title=Words("派单建议", "What is suggested"),
        told=Words(
            "建议的类别和主办单位、有多大把握、凭哪些词和哪一条职责、等级、相似的工单。登记后几秒钟才有。",
            "The category and the lead unit that are suggested, how sure, by which words and which clause, "
            "the grade, cases alike. It is there some seconds after the case was opened.",
        ),
        run=_read,
        answers={200: Answer(Words("建议", "The suggestion"), SuggestionOfCase)},
        problems=(404,),
    ),
)

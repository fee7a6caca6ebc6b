"""The five views of the ledger: which tables each of them shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse

from huiyin.cases import api as cases
from huiyin.cases.api import Acting
from huiyin.console.ledger.asking import Asked
from huiyin.console.ledger.sheets import NO_NOTE, Linked, Rate, Sheet, number_headings, text_heading
from huiyin.kernel.words import Words
from huiyin.pages.api import address, say_short

Row = dict[str, Any]
ALL = Words("合计", "Total")
NOBODY = Words("未派单", "Not dispatched")


def _named(row: Row, name: str = "name") -> Words:
    return Words(row[name] or "", row[f"{name}_en"] or "")


def _listed(asked: Asked, title: Words, **changes: str) -> Linked:
    """A name that leads to the same matters in the worklist."""
    parts = {
        "tab": "all",
        "opened_from": asked.since.isoformat(),
        "opened_to": asked.until.isoformat(),
        "channel": asked.channel,
        "process": asked.process,
    }
    return Linked(title, f"{reverse('console:worklist')}{address({**parts, **changes})}")


def make_taken(asked: Asked, acting: Acting, now: datetime) -> list[Sheet]:
    """建账: what came in, by channel."""
    rows = cases.ledger_by_channel(asked.scope, acting, now)
    columns = ("taken", "urgent", "unnamed", "merged", "open", "closed")
    headings = [
        text_heading("渠道", "Channel"),
        *number_headings(
            ("收到", "Taken"), ("紧急", "Urgent"), ("匿名和保密", "Anonymous, confidential"),
            ("并案", "Merged"), ("在办", "Open"), ("办结", "Closed"),
        ),
    ]  # fmt: skip
    lines = [
        [_listed(asked, _named(row), channel=row["key"]), *(row[key] for key in columns)] for row in rows
    ]
    return [_close(Words("各渠道来件", "Taken by channel"), headings, lines, columns, rows)]


def make_sorted(asked: Asked, acting: Acting, now: datetime) -> list[Sheet]:
    """理账: by category and state."""
    rows = cases.ledger_by_category(asked.scope, acting, now)
    columns = ("taken", "unplaced", "in_hand", "answered", "merged", "closed")
    headings = [
        text_heading("类别", "Category"),
        *number_headings(
            ("收到", "Taken"), ("未派单", "Not dispatched"), ("办理中", "In hand"),
            ("已答复待评价", "Answered, to be rated"), ("并案", "Merged"), ("办结", "Closed"),
        ),
    ]  # fmt: skip
    unsorted_ = Words("还没分类", "Not sorted yet")
    lines = [
        [
            _listed(asked, _named(row), category=str(row["id"])) if row["id"] else unsorted_,
            *(row[key] for key in columns),
        ]
        for row in rows
    ]
    note = Words(
        "并案的工单也算在其他各栏里，办好一起答复。", "Merged cases also stand in the other columns."
    )
    return [_close(Words("分类与状态", "By category and state"), headings, lines, columns, rows, note)]


def make_checked(asked: Asked, acting: Acting, now: datetime) -> list[Sheet]:
    """对账: by unit, each dispatch once."""
    rows = cases.ledger_by_unit(asked.scope, acting, now)
    for row in rows:
        row["difference"] = row["dispatched"] - sum(row[key] for key in ENDS)
    columns = ("dispatched", "assisting", "signed", *ENDS, "overdue", "difference")
    headings = [
        text_heading("单位", "Unit"),
        *number_headings(
            ("派出", "Dispatched"), ("其中协办", "Assisting"), ("签收", "Signed"), ("在办", "Open"),
            ("已答复", "Answered"), ("办结", "Done"), ("退单", "Returned"), ("不满意再办", "Not solved"),
            ("改派", "Moved"), ("超时", "Overdue"), ("差额", "Difference"),
        ),
    ]  # fmt: skip
    lines = [
        [_listed(asked, _named(row), unit=str(row["id"])), *(row[key] for key in columns)] for row in rows
    ]
    note = Words(
        "派出 = 在办 + 已答复 + 办结 + 退单 + 不满意再办 + 改派。再办和改派都另算一次派出。",
        "Dispatched = open + answered + done + returned + not solved + moved. "
        "Redoing and moving count as dispatches again.",
    )
    return [_close(Words("各单位派出与结果", "Dispatches by unit"), headings, lines, columns, rows, note)]


ENDS = ("open", "answered", "done", "returned", "unsolved", "moved")
"""What becomes of a dispatch: each is in exactly one of these."""


def make_handed(asked: Asked, acting: Acting, now: datetime) -> list[Sheet]:
    """交账: what was handed to whom, when it was signed for, limits kept or late."""
    rows = cases.ledger_by_officer(asked.scope, acting, now)
    columns = ("handed", "signed", "sign_late", "answered", "kept", "late", "running", "overdue")
    headings = [
        text_heading("单位", "Unit"),
        text_heading("经办人", "Officer"),
        *number_headings(
            ("交办", "Handed"), ("签收", "Signed"), ("签收超时", "Signed late"), ("已答复", "Answered"),
            ("按时", "Kept"), ("超时办完", "Late"), ("在计时", "Running"), ("现已超时", "Overdue"),
        ),
        text_heading("平均签收", "Average to sign"),
        text_heading("按时率", "Kept rate"),
    ]  # fmt: skip
    lines = [
        [
            _named(row, "unit"),
            row["officer"] or Words("未签收", "Not signed for"),
            *(row[key] for key in columns),
            say_short(timedelta(seconds=row["sign_seconds"])) if row["sign_seconds"] is not None else "–",
            Rate(row["kept"], row["kept"] + row["late"]),
        ]
        for row in rows
    ]
    sums = cases.add_up(rows)
    total = (
        [ALL, "", *(sums[key] for key in columns), "", Rate(sums["kept"], sums["kept"] + sums["late"])]
        if rows
        else []
    )
    note = Words(
        "主办的时限从派单起算，不从签收起算。按时率 = 按时 ÷（按时 + 超时办完）。",
        "A unit's clock runs from dispatch, not from signing. Kept rate = kept ÷ (kept + late).",
    )
    return [Sheet(Words("交办与签收", "Handed over and signed for"), headings, lines, total, note)]


def make_counted(asked: Asked, acting: Acting, now: datetime) -> list[Sheet]:
    """算账: results by lead unit, rounds, and the fifth and sixth step: supervision and evaluation."""
    rows = cases.ledger_results(asked.scope, acting, now)
    headings = [
        text_heading("主办单位", "Lead unit"),
        *number_headings(("收到", "Taken"), ("办结", "Closed"), ("销号", "Cleared")),
        text_heading("清零率", "Cleared rate"),
        text_heading("解决率", "Solved rate"),
        text_heading("满意率", "Satisfied rate"),
        *number_headings(("再办", "Redone"), ("最多轮次", "Most rounds")),
    ]
    lines = [_result_line(_unit_or_nobody(asked, row), row) for row in rows]
    total = _result_line(ALL, cases.add_up(rows)) if rows else []
    note = Words(
        "销号：评价之后办结。清零率 = 销号 ÷ 收到。解决率 = 解决 ÷ 有效回访。满意率 = 满意 ÷ 有效回访。"
        "每一轮的回访都算，没解决再办的也算；未联系上不算。",
        "Cleared: closed after the evaluation. Cleared rate = cleared ÷ taken. "
        "Solved and satisfied rates are of valid callbacks in every round.",
    )
    results = Sheet(Words("办理结果", "Results"), headings, lines, total, note)
    return [results, _make_fifth_and_sixth(rows), _make_rounds(asked, acting, now)]


def make_rates(asked: Asked, acting: Acting, now: datetime) -> list[tuple[Words, Rate]]:
    """The main rates of 算账, each with what it was counted from."""
    sums = cases.add_up(cases.ledger_results(asked.scope, acting, now))
    clocks = cases.add_up(cases.ledger_by_officer(asked.scope, acting, now))

    def rate(part: str, *whole: str, of: Row = sums) -> Rate:
        return Rate(of.get(part, 0), sum(of.get(key, 0) for key in whole))

    return [
        (Words("办结率", "Closed"), rate("closed", "taken")),
        (Words("清零率", "Cleared"), rate("cleared", "taken")),
        (Words("按时率", "In time"), rate("kept", "kept", "late", of=clocks)),
        (Words("再办率", "Redone"), rate("again", "taken")),
        (Words("解决率", "Solved"), rate("solved", "asked_solved")),
        (Words("满意率", "Satisfied"), rate("satisfied", "asked_satisfied")),
    ]


def _unit_or_nobody(asked: Asked, row: Row) -> Words | Linked:
    return _listed(asked, _named(row), unit=str(row["id"])) if row["id"] else NOBODY


def _result_line(title: Words | Linked, row: Row) -> list[Any]:
    return [
        title,
        row["taken"],
        row["closed"],
        row["cleared"],
        Rate(row["cleared"], row["taken"]),
        Rate(row["solved"], row["asked_solved"]),
        Rate(row["satisfied"], row["asked_satisfied"]),
        row["again"],
        row["rounds"],
    ]


def _make_fifth_and_sixth(rows: list[Row]) -> Sheet:
    columns = (
        "supervisions", "hurries", "returns", "extensions", "answered", "rated", "rated_online",
        "solved", "satisfied", "understood", "again",
    )  # fmt: skip
    headings = [
        text_heading("主办单位", "Lead unit"),
        *number_headings(
            ("五督：督办", "Supervised"), ("催办", "Hurried"), ("退单", "Returned"), ("延期", "Extended"),
            ("六评：已答复", "Answered"), ("已评价", "Rated"), ("网上评价", "Rated online"),
            ("解决", "Solved"),
            ("满意", "Satisfied"), ("理解", "Understood"), ("再办", "Redone"),
        ),
    ]  # fmt: skip
    lines = [[_named(row) if row["id"] else NOBODY, *(row[key] or 0 for key in columns)] for row in rows]
    return _close(Words("五督六评", "Supervision and evaluation"), headings, lines, columns, rows)


def _make_rounds(asked: Asked, acting: Acting, now: datetime) -> Sheet:
    rows = cases.ledger_rounds(asked.scope, acting, now)
    headings = [text_heading("轮次", "Round"), *number_headings(("件数", "Cases"), ("办结", "Closed"))]
    lines = [
        [Words("第 {n} 轮", "Round {n}").fill(n=row["round"]), row["taken"], row["closed"]] for row in rows
    ]
    return _close(Words("轮次", "Rounds"), headings, lines, ("taken", "closed"), rows)


def _close(
    title: Words,
    headings: list[Any],
    lines: list[list[Any]],
    columns: tuple[str, ...],
    rows: list[Row],
    note: Words = NO_NOTE,
) -> Sheet:
    """The table with its last row: the sums."""
    sums = cases.add_up(rows)
    return Sheet(title, headings, lines, [ALL, *(sums.get(key, 0) for key in columns)] if rows else [], note)


Maker = Callable[[Asked, Acting, datetime], list[Sheet]]
VIEWS: dict[str, tuple[Words, Words, Maker]] = {
    "take": (
        Words("建账", "Taken in"),
        Words("收了什么，从哪里来", "What came in, and from where"),
        make_taken,
    ),
    "sort": (Words("理账", "Sorted"), Words("按类别和状态理清", "Sorted by category and state"), make_sorted),
    "check": (
        Words("对账", "Checked"),
        Words("两边数得一样，差额是零", "Both sides counted; the difference is nought"),
        make_checked,
    ),
    "hand": (
        Words("交账", "Handed over"),
        Words("交给谁，何时签收，按时没有", "To whom, when signed for, kept or late"),
        make_handed,
    ),
    "count": (
        Words("算账", "Results"),
        Words("解决没有，满意没有，销号没有", "Solved, satisfied, cleared"),
        make_counted,
    ),
}
"""The five views by the key in their address: title, what it answers, tables."""

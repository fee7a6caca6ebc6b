"""答复抽查: the list of sampled replies, what was counted by unit, and the list as a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from huiyin.console.exporting import export_xlsx
from huiyin.console.frame import show
from huiyin.console.menu import READS_REPLIES
from huiyin.console.replies.asking import TITLES, UNITS_TITLE, Asked, read_asked
from huiyin.console.replies.panel import TONES
from huiyin.kernel.words import Words
from huiyin.language.api import FINDINGS
from huiyin.pages.api import Column, Value, number_pages, read_page, url
from huiyin.people.api import get_account_of, list_units, open_to
from huiyin.replies import api as replies

JUDGES = frozenset({"centre", "supervisor"})
SETS = frozenset({"centre", "admin"})
CURRENT = "console:replies"
SIZE = 50
DONE = {
    "judged": Words("评判已记下。", "Your judgement is kept."),
    "sent-back": Words("已判不合格，并退回重办。", "Judged unfit and sent back."),
    "noticed": Words("已判不合格，并提醒了承办单位。", "Judged unfit; the unit was told."),
}


@require_safe
@open_to(*READS_REPLIES)
def show_replies(request: HttpRequest) -> HttpResponse:
    """Samples to judge, those judged, all checks, or the counts of each unit."""
    asked = read_asked(request.GET.dict())
    context: dict[str, Any] = {
        "asked": asked,
        "tabs": asked.list_tabs(replies.count_samples(replies.Sought())),
        "units": [(str(unit.pk), unit.called) for unit in list_units()],
        "bands": [(key, words) for key, words in replies.BANDS.items()],
        "agreement": replies.measure_agreement(asked.sought),
        "tones": TONES,
        "sets": bool(get_account_of(request).roles & SETS),
        **(_count(asked) if asked.by_unit else _list(request, asked)),
    }
    return show(request, "console/replies/replies.html", context, CURRENT, done=DONE)


def _list(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    total = replies.count_samples(asked.sought)
    paging = number_pages({**asked.query, "page": request.GET.get("page", "1")}, total, SIZE)
    page = read_page(request.GET.dict(), max(1, -(-total // SIZE)))
    rows = replies.list_samples(asked.sought, SIZE, (page - 1) * SIZE)
    return {
        "rows": [(row, say_findings(row.findings)) for row in rows],
        "paging": paging,
        "words": {"bands": replies.BANDS, "verdicts": replies.VERDICTS, "sampled": replies.SAMPLED},
    }


def _count(asked: Asked) -> dict[str, Any]:
    counts = replies.count_units(asked.sought)
    return {"counts": counts, "whole": add_up(counts)}


def add_up(counts: list[replies.UnitCount]) -> dict[str, int]:
    """The counts of all units together."""
    keys = ("checked", "weak", "poor", "sampled", "judged", "unfit")
    return {key: sum(getattr(one, key) for one in counts) for key in keys}


def say_findings(findings: list[dict[str, Any]]) -> list[Words]:
    """The findings of a kept check in words; one that the present rules no longer know by its code."""
    return [
        FINDINGS[one["code"]].fill(quote=one.get("quote", ""))
        if one["code"] in FINDINGS
        else Words(one["code"])
        for one in findings
    ]


_COLUMNS = [
    Column(Words("时间", "Time"), 18),
    Column(Words("工单", "Case"), 18),
    Column(Words("标题", "Title"), 40),
    Column(Words("单位", "Unit"), 16),
    Column(Words("得分", "Score"), 8),
    Column(Words("等次", "Band"), 12),
    Column(Words("缺什么", "What it lacks"), 60),
    Column(Words("仍要提交的理由", "Reason given"), 30),
    Column(Words("为什么抽到", "Why it was drawn"), 20),
    Column(Words("评判", "Judgement"), 10),
    Column(Words("评判理由", "Why"), 30),
    Column(Words("评判人", "Judged by"), 20),
    Column(Words("后续", "What followed"), 12),
]


@require_safe
@open_to(*READS_REPLIES)
def export_replies(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered, or the counts of units, as a spreadsheet."""
    asked = read_asked(request.GET.dict())
    if asked.by_unit:
        rows: Iterator[list[Value]] = _tell_counts(replies.count_units(asked.sought))
        return export_xlsx(request, "reply-units", f"答复检查-{UNITS_TITLE.zh}", _UNIT_COLUMNS, rows)
    name = f"答复抽查-{TITLES[asked.sought.view].zh}"
    return export_xlsx(request, "replies", name, _COLUMNS, map(_tell, replies.iterate_samples(asked.sought)))


def _tell(row: replies.Check) -> list[Value]:
    lacks = say_findings(row.findings)
    return [
        row.made_at,
        row.case.number,
        row.case.title,
        row.unit.called if row.unit else "",
        row.score,
        replies.BANDS.get(row.band, Words(row.band)),
        Words("；".join(one.zh for one in lacks), "; ".join(one.en for one in lacks)),
        row.reason,
        replies.SAMPLED.get(row.sampled, ""),
        replies.VERDICTS.get(row.verdict, ""),
        row.judged_why,
        row.judged_by,
        replies.FOLLOWED.get(row.followed, ""),
    ]


_UNIT_COLUMNS = [
    Column(Words("单位", "Unit"), 20),
    Column(Words("检查", "Checked"), 10),
    Column(Words("偏弱", "Weak"), 10),
    Column(Words("不合要求", "Poor"), 10),
    Column(Words("抽查", "Drawn"), 10),
    Column(Words("已评判", "Judged"), 10),
    Column(Words("判不合格", "Unfit"), 10),
]


def _tell_counts(counts: list[replies.UnitCount]) -> Iterator[list[Value]]:
    for one in counts:
        name = Words(one.name, one.name_en) if one.name else Words("没有单位", "No unit")
        yield [name, one.checked, one.weak, one.poor, one.sampled, one.judged, one.unfit]


def list_address(**query: str) -> str:
    """The address of the list."""
    return url(CURRENT) + ("?" + "&".join(f"{key}={value}" for key, value in query.items()) if query else "")

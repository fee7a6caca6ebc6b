"""Over all organisations that an account sees: who has posted which month, and which questions wait."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from huiyin.console.api import export_xlsx
from huiyin.economy.organisations.api import Organisation, list_seen
from huiyin.economy.postings.api import (
    ASKED,
    DUE,
    LATE,
    POSTED,
    MonthState,
    Question,
    list_asked,
    list_months,
)
from huiyin.kernel.words import Words
from huiyin.pages.api import Column, Value, number_pages, read_page
from huiyin.people.api import Unit, get_account_of, open_to
from huiyin.villages.frame import show_many
from huiyin.villages.postings.saying import STATES, say_left
from huiyin.villages.values import READERS

MONTHS, PAGE = 3, 50
VIEWS = {
    "": Words("待答复", "To answer"),
    "late": Words("已超期", "Late"),
    "all": Words("全部", "All"),
}


@dataclass(frozen=True, slots=True)
class Township:
    """The months of the organisations that one township oversees."""

    unit: Unit
    rows: Sequence[tuple[Organisation, Sequence[MonthState]]]

    def count(self, state: str) -> int:
        """How many of its organisations are in that state for the last period that they owe."""
        return sum(bool(states) and states[0].state == state for _, states in self.rows)

    @property
    def behind(self) -> Sequence[tuple[Organisation, Sequence[MonthState]]]:
        """Those that have a late month among the last ones."""
        return [row for row in self.rows if any(one.state == LATE for one in row[1])]


@require_safe
@open_to(*READERS)
def postings(request: HttpRequest) -> HttpResponse:
    """By township: how many have posted the last month, and who is late, by name."""
    townships = _read_townships(request)
    context = {
        "townships": townships,
        "states": STATES,
        "posted": sum(one.count(POSTED) for one in townships),
        "due": sum(one.count(DUE) for one in townships),
        "late": sum(one.count(LATE) for one in townships),
        "waiting": list_asked(_list_ids(request), waiting=True).count(),
        "overdue": list_asked(_list_ids(request), waiting=True, late_at=timezone.now()).count(),
    }
    return show_many(request, "villages/postings/postings.html", context, "postings")


@require_safe
@open_to(*READERS)
def export_postings(request: HttpRequest) -> HttpResponse:
    """The same as a spreadsheet, a row for each organisation and month."""
    columns = [
        Column(Words("乡镇", "Township")),
        Column(Words("编码", "Code")),
        Column(Words("名称", "Name"), 28),
        Column(Words("期间", "Period"), 20),
        Column(Words("截止", "Due")),
        Column(Words("状态", "State")),
        Column(Words("公示日期", "Put up on")),
        Column(Words("张数", "Sheets")),
    ]
    return export_xlsx(request, "postings", "收支公示情况", columns, _tell_months(_read_townships(request)))


def _tell_months(townships: Sequence[Township]) -> Iterator[list[Value]]:
    for township in townships:
        for one, states in township.rows:
            for state in states:
                put_up = state.posting.from_on if state.posting else None
                told: list[Value] = [township.unit.short, one.code, one.name, state.period.title.zh]
                yield [*told, state.due_on, STATES[state.state][1].zh, put_up, state.turns]


def _read_townships(request: HttpRequest) -> list[Township]:
    organisations = list(list_seen(get_account_of(request)))
    months = list_months(organisations, timezone.localdate(), MONTHS)
    units = {one.township_id: one.township for one in organisations}
    return [
        Township(unit, [(one, months[one.pk]) for one in organisations if one.township_id == unit.pk])
        for unit in sorted(units.values(), key=lambda unit: (unit.sort, unit.pk))
    ]


def _list_ids(request: HttpRequest) -> list[int]:
    return list(list_seen(get_account_of(request)).values_list("pk", flat=True))


@require_safe
@open_to(*READERS)
def questions(request: HttpRequest) -> HttpResponse:
    """What villagers asked: waiting, late, or all of it; the first to be answered first."""
    view = request.GET.get("view", "")
    view = view if view in VIEWS else ""
    found = _choose(request, view)
    count, now = found.count(), timezone.now()
    page = read_page(request.GET.dict(), max(1, -(-count // PAGE)))
    context = {
        "rows": [(one, say_left(one, now)) for one in found[(page - 1) * PAGE : page * PAGE]],
        "count": count,
        "view": view,
        "views": VIEWS,
        "asked": ASKED,
        "paging": number_pages(request.GET.dict(), count, PAGE),
    }
    return show_many(request, "villages/postings/questions.html", context, "questions")


def _choose(request: HttpRequest, view: str) -> QuerySet[Question]:
    late_at = timezone.now() if view == "late" else None
    return list_asked(_list_ids(request), waiting=view != "all", late_at=late_at)


@require_safe
@open_to(*READERS)
def export_questions(request: HttpRequest) -> HttpResponse:
    """The same as a spreadsheet."""
    view = request.GET.get("view", "")
    columns = [
        Column(Words("编号", "Number")),
        Column(Words("组织", "Organisation"), 28),
        Column(Words("公示", "Posting"), 28),
        Column(Words("种类", "Kind")),
        Column(Words("内容", "Words"), 40),
        Column(Words("提出", "Asked")),
        Column(Words("应答复", "Due")),
        Column(Words("答复", "Answer"), 40),
        Column(Words("答复时间", "Answered")),
    ]
    found = _choose(request, view if view in VIEWS else "")
    return export_xlsx(
        request, "questions", "公示质疑异议", columns, map(_tell_question, found.iterator(500))
    )


def _tell_question(one: Question) -> list[Value]:
    words = f"（已隐去：{one.hidden_for}）" if one.hidden_for else one.words
    return [
        one.case.number,
        one.posting.organisation.name,
        one.posting.title,
        ASKED[one.kind].zh,
        words,
        one.asked_at,
        one.case.due_at,
        one.answer,
        one.answered_at,
    ]

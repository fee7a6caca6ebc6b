"""What units returned: counted over a period, with the returns behind every count."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huiyin.console.court.roles import HAS_TO_DO_WITH_CASES, find_own_units, make_tabs
from huiyin.console.exporting import export_xlsx
from huiyin.console.frame import show
from huiyin.console.ledger.asking import Asked, read_asked
from huiyin.console.ledger.sheets import Heading, Linked, Rate, Sheet, as_plain, number_headings, text_heading
from huiyin.kernel.masks import mask_numbers
from huiyin.kernel.words import Words
from huiyin.pages.api import Column, address, number_pages, read_page
from huiyin.people.api import AccountInHand, get_account_of, list_units, open_to
from huiyin.rulings.api import Dispute, Outcome, Period, UnitRecord, count_returns, list_disputes

SIZE, MOST = 30, 10_000
OUTCOMES = {
    Outcome.OPEN: Words("待审", "Open"),
    Outcome.ACCEPTED: Words("同意", "Accepted"),
    Outcome.REFUSED: Words("不同意", "Refused"),
    Outcome.WITHDRAWN: Words("单位撤回", "Taken back"),
    Outcome.LAPSED: Words("随工单终止", "Lapsed"),
    Outcome.FOR: Words("裁定由别的单位办", "Ruled for the unit"),
    Outcome.AGAINST: Words("裁定仍由本单位办", "Ruled against it"),
}
NOTE = Words(
    "退单率＝本期派单中提出过退单的 ÷ 本期主办派单。其余各数按退单提出的时间计；"
    "提出＝待审＋同意＋不同意＋撤回终止＋两种裁定。",
    "Rate: dispatches of the period that were returned ÷ dispatches of the period. Other counts are of "
    "returns asked in the period; asked = open + accepted + refused + taken back + both kinds of rulings.",
)
_COUNTS: tuple[tuple[str, str, str, str], ...] = (
    ("asked", "提出退单", "Returns", ""),
    ("open", "待审", "Open", "open"),
    ("accepted", "同意", "Accepted", "accepted"),
    ("refused", "不同意", "Refused", "refused"),
    ("withdrawn", "撤回终止", "Taken back", "withdrawn"),
    ("ruled_for", "裁定改办", "Ruled for", "ruled-for"),
    ("ruled_against", "裁定维持", "Ruled against", "ruled-against"),
    ("in_time", "按时提出", "In time", ""),
    ("again", "再次争议", "Disputed again", "again"),
)
"""Counted column, titles, and what the list behind it is narrowed to."""


@require_safe
@open_to(*sorted(HAS_TO_DO_WITH_CASES))
def show_returns(request: HttpRequest) -> HttpResponse:
    """Every unit that the account may see, over the period; `?export=sheet` answers a spreadsheet."""
    account, asked = get_account_of(request), _read(request)
    records = count_returns(_period(asked), _units(account, asked))
    sheet = _make_sheet(records, asked)
    if request.GET.get("export"):
        columns = [Column(heading.title, 12 if heading.number else 22) for heading in sheet.headings]
        rows = [
            [_plain(cell) for cell in line] for line in [*sheet.rows, *([sheet.total] if records else [])]
        ]
        return export_xlsx(request, "returns", _name_file(_("退单记录"), asked), columns, rows)
    context = {
        "tabs": make_tabs(account, "console:returns"),
        "asked": asked,
        "sheet": sheet,
        "units": _list_choices(account),
    }
    return show(request, "console/court/returns.html", context, "console:returns")


@require_safe
@open_to(*sorted(HAS_TO_DO_WITH_CASES))
def show_disputes(request: HttpRequest) -> HttpResponse:
    """The returns themselves, newest first, of one unit and outcome; `?export=list` a spreadsheet."""
    account, asked = get_account_of(request), _read(request)
    outcome = request.GET.get("outcome", "")
    narrowed = outcome if outcome in {*OUTCOMES, "again"} else ""
    given: dict[str, Any] = {
        "unit_ids": _units(account, asked),
        "outcome": "" if narrowed == "again" else narrowed,
        "again": narrowed == "again",
    }
    if request.GET.get("export"):
        found, _total = list_disputes(_period(asked), **given, limit=MOST)
        return export_xlsx(
            request, "return-cases", _name_file(_("退单明细"), asked), _COLUMNS, _as_lines(found)
        )
    page = read_page(request.GET.dict())
    found, total = list_disputes(_period(asked), **given, limit=SIZE, offset=(page - 1) * SIZE)
    parts = {**asked.query, **({"outcome": narrowed} if narrowed else {})}
    context = {
        "tabs": make_tabs(account, "console:returns"),
        "asked": asked,
        "outcome": narrowed,
        "outcomes": [*OUTCOMES.items(), ("again", Words("再次争议", "Disputed again"))],
        "disputes": [(one, mask_numbers(one.case.title), OUTCOMES[Outcome(one.outcome)]) for one in found],
        "total": total,
        "units": _list_choices(account),
        "paging": number_pages({**parts, "page": str(page)}, total, SIZE),
        "back": reverse("console:returns") + asked.address(unit=""),
        "export": address({**parts, "export": "list"}),
    }
    return show(request, "console/court/disputes.html", context, "console:returns")


def _read(request: HttpRequest) -> Asked:
    return read_asked(request.GET.dict(), timezone.localdate())


def _period(asked: Asked) -> Period:
    scope = asked.scope
    return Period(scope.opened_from, scope.opened_to)


def _units(account: AccountInHand, asked: Asked) -> Collection[int] | None:
    """Those that are asked for, as far as the account may see them."""
    own = find_own_units(account)
    if asked.unit_id is None:
        return own
    return [asked.unit_id] if own is None or asked.unit_id in own else []


def _list_choices(account: AccountInHand) -> list[tuple[str, Words]]:
    own = find_own_units(account)
    units = [unit for unit in list_units() if own is None or unit.pk in own]
    return [(str(unit.pk), Words(unit.short, unit.name_en)) for unit in units]


def _make_sheet(records: Sequence[UnitRecord], asked: Asked) -> Sheet:
    headings: list[Heading] = [
        text_heading("单位", "Unit"),
        *number_headings(("主办派单", "Dispatched"), ("退单率", "Rate")),
        *number_headings(*((zh, en) for _name, zh, en, _narrowed in _COUNTS)),
    ]
    rows = [_make_row(one, asked) for one in records]
    whole = sum(one.dispatched for one in records)
    total = [
        Words("合计", "Total"),
        whole,
        Rate(sum(one.returned_of for one in records), whole),
        *(sum(getattr(one, name) for one in records) for name, *_rest in _COUNTS),
    ]
    return Sheet(Words("各单位退单", "Returns by unit"), headings, rows, total, NOTE)


def _make_row(one: UnitRecord, asked: Asked) -> list[Any]:
    def link(count: int, narrowed: str) -> Linked | int:
        query = asked.address(unit=str(one.unit_id), outcome=narrowed)
        return Linked(str(count), reverse("console:return-cases") + query) if count else 0

    counts = (link(getattr(one, name), narrowed) for name, _zh, _en, narrowed in _COUNTS)
    return [one.unit, one.dispatched, Rate(one.returned_of, one.dispatched), *counts]


def _plain(cell: Any) -> Any:
    """Numbers that lead somewhere are numbers in a spreadsheet."""
    plain = as_plain(cell)
    return int(plain) if isinstance(cell, Linked) and isinstance(plain, str) else plain


_COLUMNS = [
    Column(Words(zh, en), width)
    for zh, en, width in (
        ("工单", "Case", 18), ("事项", "Matter", 40), ("单位", "Unit", 16), ("提出时间", "Asked", 18),
        ("提出人", "Asked by", 18), ("依据条款", "Clause", 30), ("清单条款", "Clause of the register", 30),
        ("理由", "Reason", 40), ("再次争议", "Again", 10), ("按时提出", "In time", 10),
        ("结果", "Outcome", 18),
        ("决定时间", "Decided", 18), ("决定人", "Decided by", 18), ("决定理由", "Decision", 40),
        ("裁定", "Ruling", 16),
    )
]  # fmt: skip


def _as_lines(found: Sequence[Dispute]) -> Iterator[list[Any]]:
    yes, no = Words("是", "Yes"), Words("否", "No")
    for one in found:
        yield [
            one.case.number, mask_numbers(one.case.title), Words(one.unit.short, one.unit.name_en),
            one.asked_at,
            one.asked_by, one.clause, one.duty.clause if one.duty else None, mask_numbers(one.reason),
            yes if one.again else no, yes if one.in_time else no, OUTCOMES[Outcome(one.outcome)],
            one.decided_at, one.decided_by, mask_numbers(one.decision),
            one.ruling.number if one.ruling else None,
        ]  # fmt: skip


def _name_file(title: str, asked: Asked) -> str:
    return f"{title} {asked.since}—{asked.until}"

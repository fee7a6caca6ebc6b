"""The page of the income watch, and its sheet."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from huiyin.console.api import export_xlsx
from huiyin.economy.income.api import BANDS, name_bands
from huiyin.economy.organisations.api import OrganisationKind, list_seen
from huiyin.kernel.money import to_yuan
from huiyin.kernel.words import Words
from huiyin.pages.api import Column, Value
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.frame import show_many
from huiyin.villages.income.board import LOOKS, Board, Row, draw_bands, make_board
from huiyin.villages.values import READERS

EARLIEST = 2000


@require_safe
@open_to(*READERS)
def income(request: HttpRequest) -> HttpResponse:
    """Operating income of every collective that the account sees: bands, map, trend."""
    board = _read_board(request)
    names = name_bands(*board.bounds)
    band = request.GET.get("band", "")
    chosen = band if band in BANDS else ""
    rows = [row for row in board.rows if chosen in {"", row.band}]
    context = {
        "board": board,
        "rows": sorted(rows, key=lambda row: (row.income.operating_fen, row.organisation.code)),
        "names": names,
        "chosen": chosen,
        "sheet": draw_bands(board.rows, names),
        "legend": [(LOOKS[key], words) for key, words in names.items()],
        "this_year": timezone.localdate().year,
    }
    return show_many(request, "villages/income/income.html", context, "income")


@require_safe
@open_to(*READERS)
def income_sheet(request: HttpRequest) -> HttpResponse:
    """The same as a spreadsheet."""
    board = _read_board(request)
    names = name_bands(*board.bounds)
    columns = [
        Column(Words("编码", "Code")),
        Column(Words("名称", "Name")),
        Column(Words("乡镇", "Township")),
        Column(Words("经营性收入", "Operating income")),
        Column(Words("补助收入", "Subsidies")),
        Column(Words("其他收入", "Other income")),
        Column(Words("支出", "Expense")),
        Column(Words("上年经营性收入", "Operating income a year before")),
        Column(Words("档次", "Band")),
    ]
    rows = [_tell(row, names) for row in board.rows]
    return export_xlsx(request, "income", f"集体收入-{board.year}", columns, rows)


def _tell(row: Row, names: dict[str, Words]) -> list[Value]:
    one = row.income
    sums = (one.operating_fen, one.subsidy_fen, one.other_fen, one.expense_fen, row.years[-2].operating_fen)
    return [
        row.organisation.code,
        row.organisation.name,
        row.organisation.township.short,
        *map(to_yuan, sums),
        names[row.band].zh,
    ]


def _read_board(request: HttpRequest) -> Board:
    this_year = timezone.localdate().year
    text = request.GET.get("year", "")
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else this_year
    collectives = list_seen(get_account_of(request)).exclude(kind=OrganisationKind.COOPERATIVE)
    return make_board(collectives, min(max(year, EARLIEST), this_year))

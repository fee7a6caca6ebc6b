"""Puts together what the income watch shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from huiyin.console.api import Piece, Sheet, draw_map
from huiyin.economy.income.api import YearIncome, choose_band, count_bands, read_incomes
from huiyin.economy.organisations.api import Organisation, get_limits
from huiyin.grid.api import Polygons, load_shapes
from huiyin.kernel.money import tell_yuan
from huiyin.kernel.words import Words
from huiyin.pages.api import url
from huiyin.people.api import list_areas

YEARS = 3
LOOKS = {"nothing": "vacant", "low": "shade-0", "middle": "shade-1", "high": "shade-3"}
"""How a piece of the map looks by band; a hatch where there is nothing."""


@dataclass(frozen=True, slots=True)
class Row:
    """One organisation: its year, the years before it from the oldest, its bands now and a year ago."""

    organisation: Organisation
    income: YearIncome
    years: Sequence[YearIncome]
    band: str
    band_before: str

    @property
    def change_fen(self) -> int:
        """Operating income against that of the year before."""
        return self.income.operating_fen - self.years[-2].operating_fen

    @property
    def bars(self) -> list[int]:
        """Operating income of each year as per mille of the largest of them."""
        most = max((one.operating_fen for one in self.years), default=0)
        return [max(0, one.operating_fen) * 1000 // most if most > 0 else 0 for one in self.years]


@dataclass(frozen=True, slots=True)
class Board:
    """Rows, how many stand in each band now and a year ago, sums of the year and the one before."""

    year: int
    bounds: tuple[int, int]
    rows: Sequence[Row]
    counts: Mapping[str, int]
    counts_before: Mapping[str, int]
    operating_fen: int
    operating_before_fen: int
    total_fen: int


def make_board(organisations: Iterable[Organisation], year: int) -> Board:
    """The watch of these organisations for a year, from their books alone."""
    held = list(organisations)
    limits = get_limits(["income-one", "income-two"])
    bounds = (limits["income-one"], limits["income-two"])
    incomes = read_incomes([one.pk for one in held], year - YEARS + 1, year)
    rows = [_make_row(one, list(incomes[one.pk].values()), bounds) for one in held]
    return Board(
        year,
        bounds,
        rows,
        count_bands(row.band for row in rows),
        count_bands(row.band_before for row in rows),
        sum(row.income.operating_fen for row in rows),
        sum(row.years[-2].operating_fen for row in rows),
        sum(row.income.total_fen for row in rows),
    )


def _make_row(organisation: Organisation, years: list[YearIncome], bounds: tuple[int, int]) -> Row:
    now, before = (choose_band(one.operating_fen, *bounds) for one in (years[-1], years[-2]))
    return Row(organisation, years[-1], years, now, before)


def draw_bands(rows: Sequence[Row], names: Mapping[str, Words]) -> Sheet | None:
    """The villages on the map, each in the colour of its first organisation's band; None without shapes."""
    shapes = load_shapes()
    cells: dict[int, list[Polygons]] = {}
    for cell in list_areas("cell"):
        if cell.pk in shapes and cell.parent_id is not None:
            cells.setdefault(cell.parent_id, []).append(shapes[cell.pk])
    pieces, seen = [], set[int]()
    for row in rows:
        area = row.organisation.area_id
        if area in cells and area not in seen:
            seen.add(area)
            told = Words("{name}：{sum} 元（{band}）", "{name}: {sum} yuan ({band})").fill(
                name=row.organisation.called, sum=tell_yuan(row.income.operating_fen), band=names[row.band]
            )
            address = url("villages:organisation", row.organisation.code)
            pieces.append(Piece(cells[area], told, LOOKS[row.band], address, row.organisation.township_id))
    return draw_map(pieces)

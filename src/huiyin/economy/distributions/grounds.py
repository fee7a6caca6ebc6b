"""Reads from the books, what is set aside, the charter and the shares on what a distribution rests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from huiyin.economy.books.api import EVER, Sums, sum_accounts
from huiyin.economy.distributions import store
from huiyin.economy.distributions.models import Plan, SetAside
from huiyin.economy.distributions.rules import spread, spread_after
from huiyin.economy.distributions.values import COMPENSATION, LAW, SPREAD, Ground
from huiyin.economy.organisations.api import Charter, Organisation
from huiyin.economy.shares.api import ShareBook
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words

WORDS_OF_COMPENSATION = "征地补偿|土地补偿|安置补助|征收补偿"
"""Income with these words is compensation for land, wherever it was booked (an expression of PostgreSQL)."""


def read_ground(organisation: Organisation, year: int, on: date) -> Ground:
    """The ground of one organisation's distribution of that year, as the books stand on the day `on`."""
    return read_grounds([organisation.pk], year, on)[organisation.pk]


def read_grounds(organisation_ids: Sequence[int], year: int, on: date) -> dict[int, Ground]:
    """The same for many, in few statements.

    What earlier years left is what lies in income and its distribution today less the income of this year and
    of later ones: so whatever was distributed or reserved meanwhile is out of it.
    """
    ids = list(organisation_ids)
    first, last = date(year, 1, 1), date(year, 12, 31)
    in_year = sum_accounts(ids, first, last, carried=False)
    later = sum_accounts(ids, date(year + 1, 1, 1), max(on, last), carried=False)
    ever = sum_accounts(ids, EVER, max(on, last))
    asides = _read_asides(ids, year, last)
    charters, books, reserved = read_charters(ids), _read_books(ids), _read_left(ids, year)
    grounds = {}
    for own in ids:
        kept, deferred, released, held_back = asides.get(own, (0, 0, 0, 0))
        income = _income(in_year.get(own, {}))
        pot = _income(ever.get(own, {})) + _credit(ever.get(own, {}), {"321", "322"})
        book = books.get(own)
        grounds[own] = Ground(
            income_fen=income,
            earlier_fen=pot - income - _income(later.get(own, {})) - held_back,
            reserved_fen=reserved.get(own, 0),
            kept_out_fen=kept,
            deferred_fen=deferred,
            released_fen=released,
            reserve_per_mille=charters[own].reserve_per_mille if own in charters else 0,
            collective_units=book.collective_units if book else 0,
            held_units=book.held_units if book else 0,
        )
    return grounds


def _income(sums: dict[str, Sums]) -> int:
    """Income less expense: whatever stands under the fives."""
    return -sum(one.net_fen for account, one in sums.items() if account.startswith("5"))


def _credit(sums: dict[str, Sums], heads: set[str]) -> int:
    return -sum(one.net_fen for account, one in sums.items() if account.partition("-")[0] in heads)


def _read_asides(ids: list[int], year: int, until: date) -> dict[int, tuple[int, int, int, int]]:
    """Of each: kept out, deferred, released this year, and what of earlier years is not theirs to divide."""
    found: dict[int, tuple[int, int, int, int]] = {}

    def add(own: int, kept: int = 0, deferred: int = 0, released: int = 0, back: int = 0) -> None:
        held = found.get(own, (0, 0, 0, 0))
        found[own] = (held[0] + kept, held[1] + deferred, held[2] + released, held[3] + back)

    given = {"ids": ids, "until": until, "words": WORDS_OF_COMPENSATION}
    rows = [(own, at, fen) for own, at, fen in store.fetch("read_compensation", given)]
    set_asides = list(SetAside.objects.filter(organisation__in=ids, year__lte=year))
    rows += [(one.organisation_id, one.year, one.fen) for one in set_asides if one.kind == COMPENSATION]
    for own, at, fen in rows:
        add(own, kept=fen if at == year else 0, back=fen if at < year else 0)
    for one in set_asides:
        if one.kind == SPREAD:
            at = year - one.year
            ahead = spread_after(one.fen, one.years, at)
            if at == 0:
                add(one.organisation_id, deferred=ahead)
            else:
                before = spread_after(one.fen, one.years, at - 1)
                add(one.organisation_id, released=spread(one.fen, one.years, at), back=before)
    return found


def read_charters(ids: Sequence[int]) -> dict[int, Charter]:
    """The newest charter of each organisation that has one."""
    return {
        one.organisation_id: one for one in Charter.objects.filter(organisation__in=ids).order_by("version")
    }


def _read_books(ids: list[int]) -> dict[int, ShareBook]:
    return {one.organisation_id: one for one in ShareBook.objects.filter(organisation__in=ids)}


def _read_left(ids: list[int], year: int) -> dict[int, int]:
    """What the last approved plan before that year left: the reserve has had its part of it."""
    found = Plan.objects.filter(
        organisation__in=ids, year__lt=year, approved_at__isnull=False, withdrawn=False
    )
    return {one.organisation_id: one.left_fen for one in found.order_by("year")}


def demand_charter(organisation: Organisation) -> Charter:
    """The charter in force; refuses `no-charter`, and shares of the collective beyond what it allows."""
    charter = read_charters([organisation.pk]).get(organisation.pk)
    if charter is None:
        words = Words("还没有登记章程，不能分配。请先登记章程。", "No charter is on record; enter it first.")
        raise Refusal("no-charter", words, rule=f"{LAW} 第42条")
    book = _read_books([organisation.pk]).get(organisation.pk)
    if book and book.collective_units * 1000 > book.total_units * charter.collective_per_mille:
        words = Words(
            "集体股超过章程规定的 {most}‰。请先按章程调整股权设置。",
            "The collective's shares exceed the charter's {most}‰. Bring them into line first.",
        )
        raise Refusal(
            "collective-above-charter", words.fill(most=charter.collective_per_mille), f"{LAW} 第42条；章程"
        )
    return charter

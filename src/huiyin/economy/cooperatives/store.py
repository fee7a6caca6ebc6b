"""Sums over members, contributions, trades and benefit contracts, each in one statement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from huiyin.journal.api import load_queries, open_cursor

QUERIES = load_queries(__package__)


@dataclass(frozen=True, slots=True)
class Bases:
    """What one member has: volume of the year, contribution, share of the reserve."""

    account_id: int
    number: int
    volume: int
    contribution: int
    reserve: int


def sum_bases(organisation_id: int, on: date, year: int) -> list[Bases]:
    """Whoever is a member on that day, by number, with what they traded in the year."""
    given = {"organisation": organisation_id, "day": on, "year": year}
    with open_cursor() as cursor:
        cursor.execute(QUERIES["sum_bases"], given)
        return [Bases(*row) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class CooperativeSums:
    """One co-operative in figures; `waiting` contributions are to be confirmed, the surplus was paid."""

    organisation_id: int
    members: int = 0
    farmers: int = 0
    households: int = 0
    capital: int = 0
    of_collective: int = 0
    waiting: int = 0
    year: int | None = None
    surplus: int | None = None


def sum_cooperatives(ids: Iterable[int], on: date) -> dict[int, CooperativeSums]:
    """Figures by organisation."""
    with open_cursor() as cursor:
        cursor.execute(QUERIES["sum_cooperatives"], {"ids": list(ids), "day": on})
        return {row[0]: CooperativeSums(*row) for row in cursor.fetchall()}


@dataclass(frozen=True, slots=True)
class BenefitSums:
    """Benefit contracts in figures, whole fen: due up to the day, paid, overdue on it; `late` contracts."""

    contracts: int = 0
    unfiled: int = 0
    households: int = 0
    due: int = 0
    paid: int = 0
    overdue: int = 0
    late: int = 0


def sum_benefits(ids: Iterable[int], on: date) -> dict[int, BenefitSums]:
    """Figures by organisation; one without contracts is left out."""
    with open_cursor() as cursor:
        cursor.execute(QUERIES["sum_benefits"], {"ids": list(ids), "day": on})
        return {row[0]: BenefitSums(*row[1:]) for row in cursor.fetchall()}


def sum_contracts(organisation_id: int, on: date) -> dict[int, tuple[int, int, int]]:
    """Due, paid and overdue by contract of an organisation."""
    with open_cursor() as cursor:
        cursor.execute(QUERIES["sum_contracts"], {"organisation": organisation_id, "day": on})
        return {row[0]: (row[1], row[2], row[3]) for row in cursor.fetchall()}

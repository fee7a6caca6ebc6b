"""The books' own SQL."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from huiyin.economy.books.values import Turnover
from huiyin.journal.api import load_queries, open_cursor

QUERIES = load_queries(__package__)
LedgerRow = tuple[int, date, int, str, str, int, bool]
"""Voucher id, day, number, what for, account, fen, whether it is a reversal."""


def hold_organisations(ids: Iterable[int]) -> None:
    """Until the transaction ends no month of these is closed; others may post beside it."""
    with open_cursor() as cursor:
        cursor.execute(QUERIES["hold_organisations"], {"ids": sorted(ids)})


def find_last_closed(ids: Iterable[int]) -> dict[int, date]:
    """Organisation id → the last month that is closed; nothing goes into it or before it."""
    return _map(QUERIES["find_closed"], {"ids": list(ids)})


def find_first_open(ids: Iterable[int]) -> dict[int, date]:
    """Organisation id → the first month with vouchers that is not closed."""
    return _map(QUERIES["find_open"], {"ids": list(ids)})


def count_waiting(ids: Iterable[int], until: date) -> dict[int, int]:
    """Organisation id → drafts of that day and before that somebody still has to work on."""
    return _map(QUERIES["count_waiting"], {"ids": list(ids), "until": until})


def _list(query: str, given: Mapping[str, Any]) -> list[Any]:
    with open_cursor() as cursor:
        cursor.execute(query, given)
        return list(cursor.fetchall())


def _map(query: str, given: dict[str, Any]) -> dict[int, Any]:
    return dict(_list(query, given))


def insert_vouchers(rows: Sequence[Mapping[str, Any]]) -> dict[tuple[int, int], int]:
    """Put these on the books; month id and number → id."""
    told = json.dumps(rows, ensure_ascii=False, default=str)
    return {(month, number): pk for month, number, pk in _list(QUERIES["insert_vouchers"], {"rows": told})}


def count_up(counts: Mapping[int, int]) -> None:
    """Keep the last number given in each month."""
    _do(QUERIES["count_up"], {"ids": list(counts), "counts": list(counts.values())})


def shut_months(digests: Mapping[int, str], by_id: int | None, now: datetime, until: date) -> None:
    """Close these months (all the same one, until that day) and keep what each account holds."""
    given = {"ids": list(digests), "digests": list(digests.values()), "by": by_id, "now": now}
    _do(QUERIES["close_months"], given)
    _do(QUERIES["keep_balances"], {"ids": list(digests), "until": until})


def _do(query: str, given: Mapping[str, Any]) -> None:
    with open_cursor() as cursor:
        cursor.execute(query, given)


def sum_turnover(
    ids: Iterable[int], since: date, until: date, *, carried: bool = True
) -> dict[int, dict[str, Turnover]]:
    """Organisation id → account or sub-account → what it held before, debits and credits of these days.

    Opening balances count as held before, whatever their day. Without `carried`, the year-end vouchers of
    these days are passed over.
    """
    given = {"ids": list(ids), "since": since, "until": until, "carried": carried}
    found: dict[int, dict[str, Turnover]] = {}
    with open_cursor() as cursor:
        cursor.execute(QUERIES["sum_turnover"], given)
        for own, account, opening, debit, credit in cursor.fetchall():
            found.setdefault(own, {})[account] = Turnover(opening, debit, credit)
    return found


def sum_months(own: int, since: date, until: date) -> list[tuple[str, date, int, int]]:
    """Account of the chart, month, debits, credits."""
    return _list(QUERIES["sum_months"], {"own": own, "since": since, "until": until})


def list_lines(own: int, account: str, since: date, until: date) -> list[LedgerRow]:
    """The lines of an account and what is below it, in the order of the books."""
    given = {"own": own, "account": account, "since": since, "until": until}
    return _list(QUERIES["list_lines"], given)


def list_given(own: int, account: str, since: date, until: date) -> list[tuple[list[str], list[int], bool]]:
    """Accounts, fen, whether it takes another back: vouchers that touch the account but year's ends."""
    given = {"own": own, "account": account, "since": since, "until": until}
    return _list(QUERIES["list_given"], given)


def list_overview(ids: Iterable[int]) -> list[tuple[int, date | None, int, int]]:
    """Organisation id, last closed month, vouchers of open months, drafts that wait."""
    return _list(QUERIES["list_overview"], {"ids": list(ids)})


def list_unlike() -> list[tuple[int, date]]:
    """Organisation and month whose kept balances are not those of its vouchers."""
    return _list(QUERIES["differ_balances"], {})

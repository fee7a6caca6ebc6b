"""Reads the whole village economy again and says what no longer holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from django.db import connection, transaction

from huiyin.economy.books.api import Voucher, digest_voucher
from huiyin.economy.distributions.api import Part, PayFile, Plan, divide, write_files
from huiyin.economy.postings.api import Posting, verify_postings
from huiyin.economy.shares.api import list_breaks
from huiyin.economy.watch.values import Look
from huiyin.journal.api import load_queries, open_cursor
from huiyin.kernel.refusals import Refusal

QUERIES = load_queries(__package__)
PAGE = 2000
FILES = 32


def verify_all(*, files: bool = True) -> Look:
    """Vouchers, shares, distributions and postings, in one snapshot; with `files` the banks' lists too."""
    look = Look()
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            _hold_still()
        _verify_vouchers(look)
        _verify_shares(look)
        _verify_plans(look)
        _verify_accounts(look)
        if files:
            _verify_files(look)
        _verify_postings(look)
    return look


def _hold_still() -> None:
    """All that is read is of one moment, whatever is written meanwhile."""
    with open_cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def _fetch(name: str, given: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
    with open_cursor() as cursor:
        cursor.execute(QUERIES[name], given)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _verify_vouchers(look: Look) -> None:
    """Each balances, and says what the journal kept of it; none is missing, none was slipped in."""
    told = dict(_fetch("read_told", {"verb": "post-voucher", "key": "voucher"}))
    look.read["vouchers"] = 0
    for voucher in Voucher.objects.order_by("pk").iterator(chunk_size=PAGE):
        look.read["vouchers"] += 1
        subject = f"voucher:{voucher.pk}"
        if sum(voucher.fen) or len(voucher.fen) != len(voucher.accounts):
            look.add(subject, "凭证借贷不平", "the voucher does not balance")
        kept = told.pop(voucher.pk, None)
        if kept is None:
            look.add(subject, "记录链里没有这张凭证", "the journal has no such voucher")
        elif kept != digest_voucher(voucher):
            look.add(subject, "凭证与记账时不一致", "the voucher is not what was posted")
    for pk in sorted(told):
        look.add(f"voucher:{pk}", "记过的凭证不见了", "a voucher that was posted is gone")


def _verify_shares(look: Look) -> None:
    look.read["share_books"] = _count("shares_sharebook")
    look.read["shares"] = _count("shares_share")
    for pk, _, held, summed, total, collective in _fetch("find_books_apart"):
        look.add(
            f"share-book:{pk}",
            f"总份额 {total}，集体 {collective}，成员 {held}，明细合计 {summed}，不相等",
            f"total {total}, collective {collective}, held {held}, holders add up to {summed}",
        )
    for broken in list_breaks():
        if broken.what in _LEDGER:
            zh, en = _LEDGER[broken.what]
            look.add(f"shares:{broken.code}", f"{zh}（{broken.found}）", f"{en} ({broken.found})")


_LEDGER = {
    "entries": ("股权台账的条数与登记的不一致", "entries of the ledger are missing or were slipped in"),
    "collective": ("集体股与台账不一致", "the collective's units are not those of the ledger"),
    "holdings": ("有成员的持股与台账不一致", "holdings are not those of the ledger"),
}


def _count(table: str) -> int:
    with open_cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608  a name of ours  # nosec B608
        return int(cursor.fetchone()[0])


def _verify_plans(look: Look) -> None:
    """The lines of each add up to its sum, and each is what the rule gives a holder of that many shares."""
    rows = sorted(_fetch("sum_lines"))
    sizes = {pk: list(group) for pk, group in groupby(rows, key=lambda row: row[0])}
    look.read["lines"] = sum(row[2] for row in rows)
    look.read["plans"] = 0
    for plan in Plan.objects.exclude(record_on=None).order_by("pk"):
        look.read["plans"] += 1
        lines = sizes.pop(plan.pk, [])
        for words in _compare(plan, lines):
            look.add(f"plan:{plan.pk}", *words)
    for pk in sizes:
        look.add(f"plan:{pk}", "有明细，没有方案", "there are lines without a plan")


def _compare(plan: Plan, lines: list[tuple[Any, ...]]) -> Iterator[tuple[str, str]]:
    holders = Counter({int(units): int(count) for _, units, count, *_ in lines})
    fen = sum(int(row[5]) for row in lines)
    if fen != plan.members_fen:
        yield f"明细合计 {fen} 分，方案 {plan.members_fen} 分", f"lines {fen} fen, plan {plan.members_fen}"
    units = sum(size * count for size, count in holders.items())
    if units != plan.held_units or holders.total() != plan.lines:
        yield f"明细 {units} 份，方案 {plan.held_units} 份", f"lines {units} shares, plan {plan.held_units}"
        return
    parts = divide(plan.members_fen, holders)
    for _, size, count, least, most, summed in lines:
        if not _fits(parts[int(size)], int(count), int(least), int(most), int(summed)):
            yield f"持 {size} 份的明细与规则不符", f"lines of {size} shares are not what the rule gives"


def _fits(part: Part, count: int, least: int, most: int, summed: int) -> bool:
    return least == part.fen and most == part.fen + (part.more > 0) and summed == part.fen * count + part.more


def _verify_accounts(look: Look) -> None:
    look.read["entries"] = _count("distributions_entry")
    for pk, count in _fetch("find_entries_apart"):
        look.add(
            f"plan:{pk}",
            f"{count} 名成员的账户与明细不符",
            f"the accounts of {count} members differ from their lines",
        )
    for pk, _, lines, fen, paid_lines, paid, entered in _fetch("sum_files"):
        if (lines, fen) != (paid_lines, paid) or fen != entered:
            look.add(
                f"pay-file:{pk}",
                f"代发文件 {fen} 分，付款 {paid} 分，成员账户 {entered} 分",
                f"file {fen} fen, payments {paid}, accounts {entered}",
            )


def _verify_files(look: Look) -> None:
    """Drawn again from the sealed payments, each file is to the byte what the bank was given."""
    files = list(PayFile.objects.select_related("plan__organisation").order_by("pk"))
    look.read["files"] = len(files)
    for at in range(0, len(files), FILES):
        for file in _list_broken(files[at : at + FILES]):
            look.add(
                f"pay-file:{file.pk}", "代发文件与交给银行的不一致", "the file is not what the bank was given"
            )


def _list_broken(files: list[PayFile]) -> list[PayFile]:
    try:
        write_files(files)
    except Refusal:
        return files if len(files) == 1 else [one for file in files for one in _list_broken([file])]
    return []


def _verify_postings(look: Look) -> None:
    """Each sheet hangs as it was put up, line by line, corrections too; none is gone."""
    held = set(Posting.objects.values_list("pk", flat=True))
    look.read["postings"] = len(held)
    for fault in verify_postings():
        where = f"posting:{fault.posting_id}" + (f":{fault.line}" if fault.line else "")
        look.add(where, fault.words.zh, fault.words.en)
    for pk, _ in _fetch("read_told", {"verb": "put-up", "key": "posting"}):
        if pk not in held:
            look.add(f"posting:{pk}", "张过榜的公示不见了", "a sheet that was put up is gone")

"""Vouchers from a sheet: every row checked and its faults shown, then all sent for review, or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from huiyin.economy.books.accounts import list_choices
from huiyin.economy.books.chart import get_chart
from huiyin.economy.books.models import DraftState, VoucherDraft, VoucherSheet
from huiyin.economy.books.posting import refuse_closed
from huiyin.economy.books.rules import check_voucher, first_of
from huiyin.economy.books.store import QUERIES, find_last_closed, hold_organisations
from huiyin.economy.books.values import Line, NewVoucher
from huiyin.economy.organisations.api import Organisation, demand, note
from huiyin.kernel.money import read_yuan
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand, take_in_hand

COLUMNS: dict[str, tuple[str, ...]] = {
    "number": ("凭证号", "Number"),
    "made_on": ("日期", "Date"),
    "summary": ("摘要", "Summary"),
    "account": ("科目", "Account"),
    "debit": ("借方", "Debit"),
    "credit": ("贷方", "Credit"),
    "payee": ("对方", "Payee"),
}
"""What a sheet has; the download of vouchers has the same headings, and others that are passed over."""

QUICK = 2_000
"""So many rows are written while somebody waits; more of them by a job."""

BATCH = 500
NEEDED = ("number", "made_on", "summary", "account", "debit", "credit")
Row = tuple[int, dict[str, str]]
"""Line of the sheet, texts by column."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong on a line of the sheet."""

    line: int
    words: Words


@transaction.atomic
def keep_sheet(
    organisation: Organisation,
    file_name: str,
    cells: Iterable[Sequence[str]],
    by: AccountInHand,
    now: datetime,
) -> VoucherSheet:
    """Read a sheet (its heading first) and keep what it would do; nothing is written to the books.

    Refuses `bad-sheet` when a heading is missing or nothing stands below.
    """
    demand(by, organisation, "bookkeeper")
    rows = read_rows(cells)
    vouchers, faults = _check(organisation, rows, now)
    VoucherSheet.objects.filter(organisation=organisation, account_id=by.id, state="checked").delete()
    return VoucherSheet.objects.create(
        organisation=organisation,
        account_id=by.id,
        file_name=file_name[:200],
        vouchers=vouchers,
        faults=[[one.line, one.words.zh, one.words.en] for one in faults],
        lines=len(rows),
        made_at=now,
    )


def read_rows(cells: Iterable[Sequence[str]]) -> list[Row]:
    """Rows by column name, empty ones left out; refuses `bad-sheet`."""
    given = iter(cells)
    heading = [clean(one) for one in next(given, [])]
    at = {
        key: heading.index(title) for key, titles in COLUMNS.items() for title in titles if title in heading
    }
    missing = [COLUMNS[key][0] for key in NEEDED if key not in at]
    if missing:
        words = Words("第一行缺少这些列：{names}。", "The first row lacks these columns: {names}.")
        raise Refusal("bad-sheet", words.fill(names="、".join(missing)), field="file")
    rows = [
        (line, {key: clean(row[place]) if place < len(row) else "" for key, place in at.items()})
        for line, row in enumerate(given, 2)
    ]
    found = [(line, row) for line, row in rows if any(row.values())]
    if not found:
        raise Refusal("bad-sheet", Words("表里没有凭证。", "The sheet has no vouchers."), field="file")
    return found


def _check(organisation: Organisation, rows: Sequence[Row], now: datetime) -> tuple[list[Any], list[Fault]]:
    known = {code for code, _ in list_choices(organisation)}
    today, closed = timezone.localdate(now), find_last_closed([organisation.pk])
    shut = closed.get(organisation.pk, date.min)
    made: list[Any] = []
    faults: list[Fault] = []
    for group in _group(rows):
        own = [fault for row in group for fault in _check_row(row, known, today, shut)]
        if not own:
            voucher = _make(organisation, group)
            try:
                check_voucher(voucher, get_chart(organisation.standard))
                made.append(_pack(voucher, group))
            except Refusal as refusal:
                own = [Fault(group[0][0], refusal.words)]
        faults += own
    return made, faults


def _group(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Rows that follow each other with the same number and day are one voucher."""
    group: list[Row] = []
    for row in rows:
        if group and (row[1]["number"], row[1]["made_on"]) != (group[0][1]["number"], group[0][1]["made_on"]):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _check_row(row: Row, known: set[str], today: date, shut: date) -> Iterator[Fault]:
    line, texts = row
    day = _read_day(texts["made_on"])
    if day is None:
        yield Fault(line, Words("日期写成 2026-03-05。", "Write the day as 2026-03-05."))
    elif day > today:
        yield Fault(line, Words("日期在今天之后。", "The day is ahead."))
    elif first_of(day) <= shut:
        yield Fault(line, refuse_closed(first_of(day)).words)
    if not texts["summary"]:
        yield Fault(line, Words("没有摘要。", "There is no summary."))
    if texts["account"].partition(" ")[0] not in known:
        words = Words("科目表里没有“{code}”。", "There is no account {code}.")
        yield Fault(line, words.fill(code=texts["account"]))
    try:
        if not _read_fen(texts):
            yield Fault(line, Words("借方、贷方填一个。", "Fill in either debit or credit."))
    except Refusal as refusal:
        yield Fault(line, refusal.words)


def _read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _read_fen(texts: dict[str, str]) -> int:
    """Of one side alone; both, or neither, is nothing."""
    if bool(texts["debit"]) == bool(texts["credit"]):
        return 0
    return read_yuan(texts["debit"]) if texts["debit"] else -read_yuan(texts["credit"])


def _make(organisation: Organisation, group: Sequence[Row]) -> NewVoucher:
    first = group[0][1]
    return NewVoucher(
        organisation.pk,
        date.fromisoformat(first["made_on"]),
        first["summary"][:300],
        [_make_line(texts, first["summary"]) for _, texts in group],
        payee=first.get("payee", "")[:120],
    )


def _make_line(texts: dict[str, str], summary: str) -> Line:
    note = "" if texts["summary"] == summary else texts["summary"][:120]
    return Line(texts["account"].partition(" ")[0], _read_fen(texts), note)


def _pack(voucher: NewVoucher, group: Sequence[Row]) -> dict[str, Any]:
    return {
        "line": group[0][0],
        "on": voucher.made_on.isoformat(),
        "summary": voucher.summary,
        "payee": voucher.payee,
        "lines": [[one.account, one.fen, one.note] for one in voucher.lines],
    }


@transaction.atomic
def write_sheet(sheet_id: int, organisation: Organisation, by: AccountInHand, now: datetime) -> VoucherSheet:
    """Send every voucher of the sheet for review, or none; a long one is left to a job. Journalled once.

    Refuses `sheet-not-found` (another's), `sheet-faulty` (or used), `month-closed`.
    """
    demand(by, organisation, "bookkeeper")
    sheet = get_sheet(sheet_id, organisation, by, lock=True)
    if sheet.state != "checked" or sheet.faults:
        words = Words("表里还有错误，或已经导入过。", "The sheet has faults, or was imported already.")
        raise Refusal("sheet-faulty", words)
    if sheet.lines > QUICK:
        sheet.state = "applying"
        sheet.save(update_fields=["state"])
        app.configure_task("import-vouchers", queue="books", lock=f"books-{organisation.pk}").defer(
            sheet_id=sheet.pk
        )
        return sheet
    _write(sheet, by, now, lambda _percent: None)
    return sheet


def run_sheet(sheet_id: int, now: datetime) -> None:
    """What the job does: write the sheet as a whole; refused, it says why and nothing is written."""
    sheet = VoucherSheet.objects.filter(pk=sheet_id, state="applying").first()
    if sheet is None:
        return
    own = connection.copy()  # a transaction shows nothing until its end: how far it is goes beside it

    def tell(percent: int) -> None:
        with own.cursor() as cursor:
            cursor.execute(QUERIES["tell_percent"], {"percent": percent, "id": sheet_id})

    try:
        with transaction.atomic():
            _write(sheet, _take_bookkeeper(sheet, now), now, tell)
    except Refusal as refusal:
        VoucherSheet.objects.filter(pk=sheet_id).update(
            state="checked", faults=[[0, refusal.words.zh, refusal.words.en]]
        )
    finally:
        own.close()


def _take_bookkeeper(sheet: VoucherSheet, now: datetime) -> AccountInHand:
    """Whoever uploaded it, as long as they still keep these books."""
    by = take_in_hand(sheet.account_id, timezone.localdate(now))
    if by is None:
        words = Words("上传的人已不在岗。", "Whoever uploaded it holds no post any more.")
        raise Refusal("not-your-duty", words)
    demand(by, sheet.organisation, "bookkeeper")
    return by


def _write(sheet: VoucherSheet, by: AccountInHand, now: datetime, tell: Callable[[int], None]) -> None:
    organisation = sheet.organisation
    hold_organisations({organisation.pk})
    shut = find_last_closed([organisation.pk]).get(organisation.pk, date.min)
    drafts = [_make_draft(organisation, one, by, now) for one in sheet.vouchers]
    for one in drafts:
        if first_of(one.made_on) <= shut:
            raise refuse_closed(first_of(one.made_on))
    for at in range(0, len(drafts), BATCH):
        VoucherDraft.objects.bulk_create(drafts[at : at + BATCH])
        tell(100 * min(at + BATCH, len(drafts)) // len(drafts))
    note(organisation, "import-vouchers", by, now, sheet=sheet.pk, file=sheet.file_name, vouchers=len(drafts))
    VoucherSheet.objects.filter(pk=sheet.pk).update(state="applied", vouchers=[])


def _make_draft(
    organisation: Organisation, packed: dict[str, Any], by: AccountInHand, now: datetime
) -> VoucherDraft:
    accounts, fen, notes = zip(*packed["lines"], strict=True)
    return VoucherDraft(
        organisation=organisation,
        state=DraftState.REVIEW,
        made_on=date.fromisoformat(packed["on"]),
        summary=packed["summary"],
        payee=packed["payee"],
        accounts=list(accounts),
        fen=list(fen),
        notes=list(notes),
        made_by_id=by.id,
        changed_at=now,
    )


def get_sheet(
    sheet_id: int, organisation: Organisation, by: AccountInHand, *, lock: bool = False
) -> VoucherSheet:
    """A sheet that the account has uploaded; refuses `sheet-not-found`."""
    rows = VoucherSheet.objects.select_for_update() if lock else VoucherSheet.objects.all()
    found = rows.filter(pk=sheet_id, organisation=organisation, account_id=by.id).first()
    if found is None:
        words = Words("没有这次上传，请重新上传。", "There is no such upload: upload it anew.")
        raise Refusal("sheet-not-found", words)
    return found

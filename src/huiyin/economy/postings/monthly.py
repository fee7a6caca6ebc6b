"""The monthly posting (月公示): income and expense item by item, straight from the books."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from huiyin.economy.books.api import (
    CASH,
    EVER,
    DraftState,
    NewVoucher,
    Sums,
    Voucher,
    VoucherDraft,
    get_chart,
    sum_accounts,
)
from huiyin.economy.organisations.api import Organisation, demand, get_limits
from huiyin.economy.postings.models import Posting, PostingLine
from huiyin.economy.postings.putting_up import correct_line, put_up_all
from huiyin.economy.postings.rules import MONTHLY, Period, find_period
from huiyin.economy.postings.telling import COLUMNS, Row, add_column, make_rows
from huiyin.economy.postings.values import NewPosting
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand

BOOKS = "books"
NO_DEALING = Q(source__startswith="carry") | Q(source__startswith="opening")
"""Vouchers that carry a year forward or begin the books: nobody paid or received anything by them."""

WAITING = (DraftState.DRAFT, DraftState.REVIEW, DraftState.CASH)
"""States of a draft that is still to come on the books."""

REVERSED = "该笔已冲销，冲销凭证在冲销当月公示"


@dataclass(frozen=True, slots=True)
class Preview:
    """What would hang: the lines, of which `turn` of the period, and what stands against it."""

    period: Period
    turn: int
    rows: Sequence[Row]
    pending: int

    @property
    def income_fen(self) -> int:
        """Money that came in."""
        return add_column(self.rows, "income")

    @property
    def expense_fen(self) -> int:
        """Money that went out."""
        return add_column(self.rows, "expense")

    @property
    def fresh(self) -> int:
        """How many vouchers it tells of that no sheet has told of yet."""
        return sum(key.startswith("voucher:") for key, _ in self.rows)


def preview_month(organisation: Organisation, day: date) -> Preview:
    """The sheet of the period that holds `day`, as it would be put up now.

    When the period hangs already, a supplement (补充公示) with what has come on the books since.
    """
    return preview_months([organisation], day)[organisation.pk]


def preview_months(organisations: Sequence[Organisation], day: date) -> dict[int, Preview]:
    """The same for many, in few statements: organisation id → its sheet."""
    every = {
        township: get_limits(["posting-months"], township)["posting-months"]
        for township in {one.township_id for one in organisations}
    }
    found: dict[int, Preview] = {}
    for months in sorted(set(every.values())):
        own = [one for one in organisations if every[one.township_id] == months]
        found |= _preview(own, find_period(day, months))
    return found


def _preview(organisations: Sequence[Organisation], period: Period) -> dict[int, Preview]:
    ids = [one.pk for one in organisations]
    told = _list_told(ids, period)
    vouchers = _list_vouchers(ids, period)
    sums = sum_accounts(ids, EVER, period.last)
    pending = count_pending(ids, period)
    found = {}
    for one in organisations:
        turns, keys = told.get(one.pk, (0, frozenset()))
        fresh = [own for own in vouchers.get(one.pk, []) if f"voucher:{own.pk}" not in keys]
        chart = get_chart(one.standard)
        results = frozenset(code for code, account in chart.items() if account.closes)
        rows = make_rows(fresh, _find_opening(sums.get(one.pk, {}), fresh), CASH, results)
        found[one.pk] = Preview(period, turns + 1, rows, pending.get(one.pk, 0))
    return found


def _list_told(ids: Sequence[int], period: Period) -> dict[int, tuple[int, frozenset[str]]]:
    """Organisation id → how many sheets of the period hang, and the keys of their lines."""
    held = Posting.objects.filter(organisation_id__in=ids, subject=period.subject)
    lines = PostingLine.objects.filter(posting__in=held).values_list("posting__organisation_id", "key")
    turns = Counter(held.values_list("organisation_id", flat=True))
    keys: dict[int, set[str]] = defaultdict(set)
    for own, key in lines if turns else ():
        keys[own].add(key)
    return {own: (count, frozenset(keys[own])) for own, count in turns.items()}


def _list_vouchers(ids: Sequence[int], period: Period) -> dict[int, list[Voucher]]:
    found = Voucher.objects.filter(organisation_id__in=ids, made_on__range=(period.first, period.last))
    vouchers: dict[int, list[Voucher]] = defaultdict(list)
    for one in found.exclude(NO_DEALING).order_by("made_on", "number", "id"):
        vouchers[one.organisation_id].append(one)
    return vouchers


def _find_opening(sums: Mapping[str, Sums], fresh: Sequence[Voucher]) -> int:
    """Cash and deposits at the end of the period, less what the sheet itself tells of."""
    closing = sum(one.net_fen for code, one in sums.items() if code.partition("-")[0] in CASH)
    moved = sum(
        fen
        for one in fresh
        for code, fen in zip(one.accounts, one.fen, strict=True)
        if code.partition("-")[0] in CASH
    )
    return closing - moved


def count_pending(ids: Sequence[int], period: Period) -> Counter[int]:
    """Drafts of the period that are not on the books yet, and vouchers that nobody reviewed."""
    known = {"organisation_id__in": ids, "made_on__range": (period.first, period.last)}
    drafts = VoucherDraft.objects.filter(**known, state__in=WAITING)
    unseen = Voucher.objects.filter(**known, made_by__isnull=False, reviewed_by__isnull=True)
    return Counter(
        own for found in (drafts, unseen) for own in found.values_list("organisation_id", flat=True)
    )


def put_up_month(organisation: Organisation, day: date, by: AccountInHand | None, now: datetime) -> Posting:
    """Put the sheet of the period that holds `day` on the public page, by the director.

    Refuses `not-your-duty`, `period-runs` (it has not ended), `month-not-reviewed`, `posted-already` (and
    nothing has come on the books since), and what `put_up` refuses.
    """
    return put_up_months([(organisation, by)], day, now)[0]


@transaction.atomic
def put_up_months(
    own: Sequence[tuple[Organisation, AccountInHand | None]], day: date, now: datetime
) -> list[Posting]:
    """The same for many organisations, each by its director: all or none."""
    for one, by in own:
        if by is not None:
            demand(by, one, "director")
    list(Organisation.objects.select_for_update().filter(pk__in=[one.pk for one, _ in own]).order_by("pk"))
    previews, today = preview_months([one for one, _ in own], day), timezone.localdate(now)
    days = {
        township: get_limits(["posting-days"], township)["posting-days"]
        for township in {one.township_id for one, _ in own}
    }
    for preview in previews.values():
        _check(preview, today)
    new = [(_make_sheet(one, previews[one.pk], today, days[one.township_id]), by) for one, by in own]
    return put_up_all(new, now)


def _make_sheet(organisation: Organisation, preview: Preview, today: date, days: int) -> NewPosting:
    more = f"（第 {preview.turn - 1} 次补充）" if preview.turn > 1 else ""
    return NewPosting(
        organisation_id=organisation.pk,
        kind=BOOKS,
        title=f"{preview.period.title.zh}收支{more}",
        subject=preview.period.subject,
        columns=COLUMNS,
        rows=preview.rows,
        from_on=today,
        days=days,
        turn=preview.turn,
    )


def _check(preview: Preview, today: date) -> None:
    period = preview.period
    if today <= period.last:
        words = Words(
            "{title}还没有过完，{day} 起才能公示。", "{title} has not ended; it can be posted from {day}."
        )
        after = (period.last + timedelta(days=1)).isoformat()
        raise Refusal("period-runs", words.fill(title=period.title, day=after), MONTHLY)
    if preview.pending:
        words = Words(
            "{title}还有 {count} 张凭证没有审核。请先审核完再公示。",
            "{count} vouchers of {title} are not reviewed yet. Have them reviewed first.",
        )
        raise Refusal("month-not-reviewed", words.fill(title=period.title, count=preview.pending), MONTHLY)
    if preview.turn > 1 and not preview.fresh:
        words = Words("{title}已经公示，没有新的凭证。", "{title} is posted already, and nothing is new.")
        raise Refusal("posted-already", words.fill(title=period.title), MONTHLY)


def mark_reversed(vouchers: Sequence[NewVoucher]) -> None:
    """Before a reversal goes on the books: the line that tells of the reversed one says so, in the open.

    What the line tells stays: the reversal has a line of its own on the sheet of its own month.
    """
    for one in vouchers:
        if one.reverses_id is not None:
            _mark(one)


def _mark(reversal: NewVoucher) -> None:
    found = PostingLine.objects.filter(
        posting__organisation_id=reversal.organisation_id,
        posting__kind=BOOKS,
        key=f"voucher:{reversal.reverses_id}",
        corrected_by__isnull=True,
    )
    for line in found:
        told = f"{line.cells.get('what', '')}（已于 {reversal.made_on.isoformat()} 冲销）"
        correct_line(line.pk, {**line.cells, "what": told}, REVERSED, None, timezone.now())

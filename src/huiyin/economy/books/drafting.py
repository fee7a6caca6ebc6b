"""A voucher is written by a bookkeeper and sent for review; until then it may stand unbalanced."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from huiyin.cases.api import Kept
from huiyin.economy.books.accounts import check_accounts
from huiyin.economy.books.chart import get_chart
from huiyin.economy.books.files import attach_files
from huiyin.economy.books.models import DraftKind, DraftState, Voucher, VoucherDraft
from huiyin.economy.books.opening import check_opening
from huiyin.economy.books.posting import refuse_closed
from huiyin.economy.books.rules import MOST_LINES, RULE, check_voucher, first_of
from huiyin.economy.books.store import find_last_closed, hold_organisations
from huiyin.economy.books.values import DraftCard, Line, NewVoucher
from huiyin.economy.organisations.api import Organisation, demand, note
from huiyin.kernel.money import MOST_FEN
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand

MAKER = "bookkeeper"


@transaction.atomic
def begin_draft(
    organisation: Organisation,
    card: DraftCard,
    by: AccountInHand,
    now: datetime,
    files: Sequence[Kept] = (),
    client_key: str | None = None,
) -> VoucherDraft:
    """Keep a new draft; the same `client_key` again answers the first. Journalled.

    Refuses what `_check_card` refuses, `month-closed`, and a second draft of opening balances.
    """
    demand(by, organisation, MAKER)
    known = VoucherDraft.objects.filter(client_key=client_key).first() if client_key else None
    if known is not None:
        return known
    _check_card(organisation, card, now)
    draft = VoucherDraft(organisation=organisation, made_by_id=by.id, kind=card.kind, client_key=client_key)
    _fill(draft, card, now)
    save_once(draft)
    attach_files(draft, files, by.id, now)
    note(organisation, "draft-voucher", by, now, draft=draft.pk, kind=draft.kind, summary=draft.summary)
    return draft


def save_once(draft: VoucherDraft) -> None:
    """Insert a draft; a second opening, or a second reversal of the same voucher, is refused."""
    try:
        with transaction.atomic():
            draft.save()
    except IntegrityError as error:
        if "draft_opening_once" in str(error):
            words = Words("期初余额已经录过一次。", "Opening balances are there already.")
            raise Refusal("opening-twice", words, RULE) from error
        if "draft_reversal_once" in str(error):
            words = Words("这张凭证已有冲销凭证。", "This voucher has a reversal already.")
            raise Refusal("reversed-already", words, RULE) from error
        raise


@transaction.atomic
def change_draft(
    draft_id: int,
    organisation: Organisation,
    card: DraftCard,
    version: int,
    by: AccountInHand,
    now: datetime,
    files: Sequence[Kept] = (),
) -> VoucherDraft:
    """Write over a draft as it stood at `version`. Refuses `changed-meanwhile`, `wrong-state`."""
    demand(by, organisation, MAKER)
    draft = lock_draft(organisation, draft_id, DraftState.DRAFT)
    if draft.version != version:
        words = Words(
            "别人刚改过这张草稿。请打开最新的再改。", "Somebody has changed this draft: open it anew."
        )
        raise Refusal("changed-meanwhile", words)
    _check_card(organisation, card, now)
    draft.made_by_id = by.id
    _fill(draft, card, now)
    save_draft(draft, now)
    attach_files(draft, files, by.id, now)
    note(organisation, "change-draft", by, now, draft=draft.pk, summary=draft.summary)
    return draft


@transaction.atomic
def send_draft(draft_id: int, organisation: Organisation, by: AccountInHand, now: datetime) -> VoucherDraft:
    """Send it for review: now it must be what may stand on the books.

    Refuses what `check_voucher` refuses, `month-closed`, `no-such-subaccount`, `opening-…`.
    """
    demand(by, organisation, MAKER)
    draft = lock_draft(organisation, draft_id, DraftState.DRAFT)
    draft.made_by_id = by.id
    check_ready(organisation, draft, now)
    draft.state, draft.reason = DraftState.REVIEW, ""
    save_draft(draft, now)
    note(organisation, "send-draft", by, now, draft=draft.pk)
    return draft


@transaction.atomic
def take_back_draft(
    draft_id: int, organisation: Organisation, by: AccountInHand, now: datetime
) -> VoucherDraft:
    """The bookkeeper takes back what nobody has reviewed yet."""
    demand(by, organisation, MAKER)
    draft = lock_draft(organisation, draft_id, DraftState.REVIEW)
    _demand_open_lines(draft)
    draft.state = DraftState.DRAFT
    save_draft(draft, now)
    note(organisation, "take-back-draft", by, now, draft=draft.pk)
    return draft


@transaction.atomic
def drop_draft(draft_id: int, organisation: Organisation, by: AccountInHand, now: datetime) -> VoucherDraft:
    """The bookkeeper gives a draft up; it stays on record as dropped."""
    demand(by, organisation, MAKER)
    draft = lock_draft(organisation, draft_id, DraftState.DRAFT, DraftState.REVIEW)
    draft.state = DraftState.DROPPED
    save_draft(draft, now)
    note(organisation, "drop-draft", by, now, draft=draft.pk)
    return draft


def lock_drafts(organisation: Organisation, draft_ids: Sequence[int], *states: str) -> list[VoucherDraft]:
    """Those drafts, locked, in order of their number. Refuses `draft-not-found`, `wrong-state`."""
    rows = VoucherDraft.objects.select_for_update().filter(organisation=organisation, pk__in=draft_ids)
    found = list(rows.order_by("pk"))
    if not found or len(found) < len(set(draft_ids)):
        raise Refusal("draft-not-found", Words("没有这张草稿。", "There is no such draft."))
    for one in found:
        if one.state not in states:
            words = Words(
                "这张凭证现在是“{state}”，不能这样办。请看最新情况。", "It is now “{state}”: look at it anew."
            )
            raise Refusal("wrong-state", words.fill(state=tell_state(one)))
    return found


def lock_draft(organisation: Organisation, draft_id: int, *states: str) -> VoucherDraft:
    """One of them."""
    return lock_drafts(organisation, [draft_id], *states)[0]


STATES: dict[str, Words] = {
    DraftState.DRAFT: Words("草稿", "Draft"),
    DraftState.REVIEW: Words("待审核", "To be reviewed"),
    DraftState.CASH: Words("待出纳确认", "To be paid"),
    DraftState.POSTED: Words("已记账", "On the books"),
    DraftState.DROPPED: Words("已作废", "Dropped"),
}
"""What a state is called."""


def tell_state(draft: VoucherDraft) -> Words:
    """Where it stands."""
    return STATES[draft.state]


def save_draft(draft: VoucherDraft, now: datetime) -> None:
    """Write it with the next version."""
    draft.version += 1
    draft.changed_at = now
    draft.save()


SOURCES: dict[str, str] = {DraftKind.OPENING: "opening", DraftKind.REVERSAL: "reversal"}
"""What a voucher rests on, by the kind of its draft; others rest on their papers."""


def make_voucher(draft: VoucherDraft) -> NewVoucher:
    """What the draft would put on the books."""
    return NewVoucher(
        draft.organisation_id,
        draft.made_on,
        draft.summary,
        [Line(*line) for line in zip(draft.accounts, draft.fen, draft.notes, strict=True)],
        source=SOURCES.get(draft.kind, ""),
        key=f"opening:{draft.organisation_id}" if draft.kind == DraftKind.OPENING else f"draft:{draft.pk}",
        payee=draft.payee,
        reverses_id=draft.reverses_id,
        made_by_id=draft.made_by_id,
        reviewed_by_id=draft.reviewed_by_id,
        paid_by_id=draft.paid_by_id,
    )


def check_ready(organisation: Organisation, draft: VoucherDraft, now: datetime) -> None:
    """Refuse what may not be sent."""
    voucher = make_voucher(draft)
    check_voucher(voucher, get_chart(organisation.standard))
    check_accounts(organisation, draft.accounts)
    _check_day(organisation, draft.made_on, now)
    if draft.kind == DraftKind.OPENING:
        check_opening(organisation, draft.accounts)


def _demand_open_lines(draft: VoucherDraft) -> None:
    if draft.kind == DraftKind.REVERSAL:
        words = Words("冲销凭证不能修改，只能作废。", "A reversal is not changed; drop it.")
        raise Refusal("reversal-fixed", words, RULE)


def _check_card(organisation: Organisation, card: DraftCard, now: datetime) -> None:
    if not clean(card.summary):
        raise Refusal("summary-missing", Words("请填写摘要。", "Fill in the summary."), RULE, "summary")
    if not card.lines:
        words = Words("请至少填一行：科目和金额。", "Fill in at least one line: account and amount.")
        raise Refusal("lines-missing", words, RULE, "lines")
    if len(card.lines) > MOST_LINES:
        words = Words("一张凭证最多 {most} 行。", "A voucher has at most {most} lines.")
        raise Refusal("too-many-lines", words.fill(most=MOST_LINES), RULE, "lines")
    for at, line in enumerate(card.lines, 1):
        if not 0 < abs(line.fen) <= MOST_FEN:
            words = Words("第 {at} 行没有金额，或金额过大。", "Line {at} has no amount, or too large a one.")
            raise Refusal("line-empty", words.fill(at=at), RULE, "lines")
    check_accounts(organisation, [line.account for line in card.lines])
    _check_day(organisation, card.made_on, now)
    if card.kind == DraftKind.OPENING:
        check_opening(organisation, [line.account for line in card.lines])


def _check_day(organisation: Organisation, day: date, now: datetime) -> None:
    """Within a month that can still be written; held open until the transaction ends."""
    if day > timezone.localdate(now):
        words = Words("日期在今天之后。请填业务发生的日期。", "The day is ahead. Give the day it happened.")
        raise Refusal("day-ahead", words, RULE, "made_on")
    hold_organisations({organisation.pk})
    if first_of(day) <= find_last_closed({organisation.pk}).get(organisation.pk, date.min):
        raise refuse_closed(first_of(day))


def _fill(draft: VoucherDraft, card: DraftCard, now: datetime) -> None:
    draft.made_on = card.made_on
    draft.summary = clean(card.summary)
    draft.payee = clean(card.payee)
    draft.accounts = [line.account for line in card.lines]
    draft.fen = [line.fen for line in card.lines]
    draft.notes = [clean(line.note) for line in card.lines]
    draft.changed_at = now


def is_reversed(voucher: Voucher) -> bool:
    """Whether another voucher on the books takes it back."""
    return Voucher.objects.filter(reverses=voucher).exists()

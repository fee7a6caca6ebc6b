"""Single things of the books, as pages ask for them."""

from __future__ import annotations

from huiyin.economy.books.models import BookMonth, Voucher, VoucherDraft
from huiyin.economy.organisations.api import Organisation
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words


def list_months(organisation: Organisation) -> list[BookMonth]:
    """Its months, the last first."""
    return list(BookMonth.objects.filter(organisation=organisation).order_by("-month"))


def get_voucher(organisation: Organisation, pk: int) -> Voucher:
    """A voucher of its books; refuses `voucher-not-found`."""
    rows = Voucher.objects.select_related("reverses", "reversed_by", "draft")
    found = rows.filter(organisation=organisation, pk=pk).first()
    if found is None:
        raise Refusal("voucher-not-found", Words("没有这张凭证。", "There is no such voucher."))
    return found


def get_draft(organisation: Organisation, pk: int) -> VoucherDraft:
    """A draft of its books; refuses `draft-not-found`."""
    rows = VoucherDraft.objects.select_related("voucher", "reverses")
    found = rows.filter(organisation=organisation, pk=pk).first()
    if found is None:
        raise Refusal("draft-not-found", Words("没有这张草稿。", "There is no such draft."))
    return found

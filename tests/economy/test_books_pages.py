"""The books on the pages: written without script, reviewed, printed, exported, imported, closed."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from huiyin.economy.books import importing
from huiyin.economy.books.api import (
    BookMonth,
    Line,
    NewVoucher,
    Voucher,
    VoucherDraft,
    VoucherFile,
    VoucherSheet,
    post_vouchers,
)
from huiyin.pages.api import Column, read_book, write_xlsx

NOW = timezone.now()
FORM = {
    "made_on": "2026-03-05",
    "summary": "收鱼塘租金",
    "payee": "王某",
    "account": ["102 银行存款", "501", ""],
    "note": ["", "", ""],
    "debit": ["1,000.00", "", ""],
    "credit": ["", "1000", ""],
    "do": "send",
}


@pytest.fixture
def books(village):
    """The address of the village's books."""
    return f"/console/villages/{village.code}/books"


@pytest.fixture
def rent(village, officer):
    """A voucher on the books."""
    lines = (Line("102", 100_000), Line("501", -100_000))
    hands = {"made_by_id": officer("bookkeeper").id, "reviewed_by_id": officer("reviewer").id}
    return post_vouchers([NewVoucher(village.pk, date(2026, 3, 5), "收租", lines, **hands)], None, NOW)[0]


def test_a_voucher_goes_from_the_form_to_the_books_through_three_hands(browse, books):
    photo = SimpleUploadedFile("收据.pdf", b"%PDF-1.4 receipt", "application/pdf")
    answer = browse("bookkeeper").post(f"{books}/new", {**FORM, "files": photo})
    assert answer.status_code == 303, answer.content.decode()
    draft = VoucherDraft.objects.get()
    assert (draft.state, draft.fen, draft.payee) == ("review", [100_000, -100_000], "王某")
    here = f"{books}/drafts/{draft.pk}"
    assert "收据.pdf" in browse("reviewer").get(here).content.decode()
    file = VoucherFile.objects.get()
    assert (
        b"".join(browse("reviewer").get(f"{books}/files/{file.pk}").streaming_content) == b"%PDF-1.4 receipt"
    )
    assert browse("reviewer").post(f"{books}/drafts", {"do": "pass", "pick": [draft.pk]}).status_code == 303
    assert browse("cashier").post(here, {"do": "confirm"}).status_code == 303
    voucher = Voucher.objects.get()
    for page in (
        books + "?month=2026-03",
        f"{books}/vouchers/{voucher.pk}",
        f"{books}/vouchers/{voucher.pk}/print",
    ):
        told = browse("overseer").get(page).content.decode()
        assert "收鱼塘租金" in told
        assert "1,000.00" in told


def test_what_was_typed_is_kept_with_what_is_wrong(browse, books):
    client = browse("bookkeeper")
    more = client.post(f"{books}/new", {**FORM, "do": "more"}).content.decode()
    assert more.count('name="debit"') == 8
    wrong = client.post(f"{books}/new", {**FORM, "debit": ["一千", "", ""]})
    told = wrong.content.decode()
    assert wrong.status_code == 422
    assert "一千" in told
    assert "第 1 行" in told
    uneven = client.post(f"{books}/new", {**FORM, "credit": ["", "900", ""]})
    assert uneven.status_code == 422
    assert "相差 100.00" in uneven.content.decode()
    assert VoucherDraft.objects.get().state == "draft"


def test_a_draft_is_changed_taken_back_returned_and_dropped(browse, books):
    client = browse("bookkeeper")
    client.post(f"{books}/new", {**FORM, "do": "save"})
    draft = VoucherDraft.objects.get()
    edit, here = f"{books}/drafts/{draft.pk}/edit", f"{books}/drafts/{draft.pk}"
    assert "102 银行存款" in client.get(edit).content.decode()
    assert client.post(edit, {**FORM, "version": "1", "summary": "改过"}).status_code == 303
    assert client.post(here, {"do": "take-back"}).status_code == 303
    assert client.post(edit, {**FORM, "version": "1"}).status_code == 422
    client.post(here, {"do": "send"})
    assert browse("reviewer").post(here, {"do": "return", "reason": ""}).status_code == 422
    assert browse("reviewer").post(here, {"do": "return", "reason": "缺合同"}).status_code == 303
    assert "缺合同" in client.get(here).content.decode()
    assert client.post(here, {"do": "drop"}).status_code == 303


def test_opening_balances_have_a_row_for_each_account_that_may_open(browse, books):
    told = browse("bookkeeper").get(f"{books}/opening").content.decode()
    assert told.count('name="debit"') == 32
    sent = {**FORM, "account": ["102", "301", "311"], "do": "send", "made_on": "2026-01-01"}
    assert browse("bookkeeper").post(f"{books}/opening", sent).status_code == 303
    assert VoucherDraft.objects.get().kind == "opening"


def test_a_voucher_is_reversed_from_its_page(browse, books, rent):
    act = f"{books}/vouchers/{rent.pk}/reverse"
    assert browse("bookkeeper").post(act, {"made_on": "", "reason": "记错"}).status_code == 422
    assert browse("bookkeeper").post(act, {"made_on": "2026-04-01", "reason": "记错"}).status_code == 303
    assert VoucherDraft.objects.get().reverses_id == rent.pk
    assert "已有冲销凭证" in browse("rural").get(f"{books}/vouchers/{rent.pk}").content.decode()


@pytest.mark.parametrize(
    "page",
    ["", "/general", "/ledger?account=102", "/ledger?account=501", "/trial", "/balance-sheet", "/income"],
)
def test_each_book_is_read_printed_and_taken_to_excel(browse, books, rent, page):
    client, sign = browse("rural"), "&" if "?" in page else "?"
    assert "1,000.00" in client.get(books + page).content.decode()
    sheet = client.get(f"{books}{page}{sign}as=xlsx")
    assert len(list(read_book(BytesIO(sheet.content)))) > 1
    if page:
        assert "打印" in client.get(f"{books}{page}{sign}as=print").content.decode()


def test_months_are_closed_from_their_page_and_seen_over_all(browse, books, rent):
    client = browse("reviewer")
    assert client.post(f"{books}/months", {"month": "2026-04"}).status_code == 422
    assert client.post(f"{books}/months", {"month": "2026-03"}).status_code == 303
    assert BookMonth.objects.get().closed_at
    assert browse("overseer").post(f"{books}/months", {"month": "2026-04"}).status_code == 403
    told = browse("rural").get("/console/villages/all/closing?month=2026-03").content.decode()
    assert "2026-03" in told
    assert browse("rural").get("/console/villages/all/closing?as=xlsx").status_code == 200


def test_sub_accounts_are_added_and_closed(browse, books):
    client = browse("bookkeeper")
    here = f"{books}/accounts"
    assert client.post(here, {"code": "112-01", "name": "王某"}).status_code == 303
    assert client.post(here, {"code": "12", "name": "王某"}).status_code == 422
    assert client.post(here, {"code": "112-01", "name": "王某", "do": "close"}).status_code == 303
    assert "停用" in client.get(here).content.decode()


HEADS = ["凭证号", "日期", "摘要", "科目", "借方", "贷方", "对方"]


def upload(client, books, rows):
    """Sends a sheet; answers the page that shows it."""
    file = SimpleUploadedFile("凭证.xlsx", write_xlsx("凭证", [Column(one) for one in HEADS], rows))
    answer = client.post(f"{books}/import", {"file": file})
    return client.get(answer.url) if answer.status_code == 303 else answer


def test_a_sheet_is_shown_with_the_faults_of_each_row_and_writes_nothing(browse, books):
    rows = [
        ["1", "2026-03-05", "收租", "102", "100", "", ""],
        ["1", "2026-03-05", "收租", "999", "", "100", ""],
        ["2", "2026-3", "", "513", "1", "2", ""],
        ["3", "2026-03-06", "不平", "513", "5", "", ""],
        ["3", "2026-03-06", "不平", "102", "", "4", ""],
    ]
    told = upload(browse("bookkeeper"), books, rows).content.decode()
    for words in ("没有“999”", "没有摘要", "日期写成", "借方、贷方填一个", "借贷不平"):
        assert words in told
    assert not VoucherDraft.objects.exists()
    bare = SimpleUploadedFile("x.xlsx", write_xlsx("x", [Column("甲")], [["1"]]))
    assert "缺少这些列" in browse("bookkeeper").post(f"{books}/import", {"file": bare}).content.decode()


def test_a_sheet_without_fault_is_sent_for_review_as_a_whole_and_once(browse, books):
    rows = []
    for at in range(1, 4):
        rows += [
            [at, date(2026, 3, at), f"收租 {at}", "102 银行存款", 100, "", "王某"],
            [at, date(2026, 3, at), f"收租 {at}", "501", "", "100", ""],
        ]
    client = browse("bookkeeper")
    page = upload(client, books, rows)
    assert "无误 3 张" in page.content.decode()
    here = page.request["PATH_INFO"]
    assert client.post(here).status_code == 303
    assert client.post(here).status_code == 422
    assert [one.state for one in VoucherDraft.objects.all()] == ["review"] * 3


def test_a_long_sheet_is_written_by_a_job_that_tells_how_far_it_is(browse, books, village, monkeypatch):
    monkeypatch.setattr(importing, "QUICK", 3)
    rows = []
    for at in range(1, 4):
        rows += [
            [at, "2026-03-05", "计提", "513", 100, "", ""],
            [at, "2026-03-05", "计提", "212", "", 100, ""],
        ]
    client = browse("bookkeeper")
    here = upload(client, books, rows).request["PATH_INFO"]
    assert client.post(here).url == here
    assert "正在写入" in client.get(here).content.decode()
    assert not VoucherDraft.objects.exists()
    importing.run_sheet(VoucherSheet.objects.get().pk, NOW)
    assert VoucherDraft.objects.filter(state="review").count() == 3
    importing.run_sheet(VoucherSheet.objects.get().pk, NOW)
    assert VoucherDraft.objects.count() == 3
    assert "已全部导入" in client.get(here).content.decode()


def test_a_long_sheet_whose_month_closed_meanwhile_says_so_and_writes_nothing(
    browse, books, village, monkeypatch
):
    monkeypatch.setattr(importing, "QUICK", 1)
    rows = [["1", "2026-03-05", "计提", "513", 100, "", ""], ["1", "2026-03-05", "计提", "212", "", 100, ""]]
    client = browse("bookkeeper")
    here = upload(client, books, rows).request["PATH_INFO"]
    client.post(here)
    BookMonth.objects.create(organisation=village, month=date(2026, 3, 1), closed_at=NOW)
    importing.run_sheet(VoucherSheet.objects.get().pk, NOW)
    assert "已经结账" in client.get(here).content.decode()
    assert not VoucherDraft.objects.exists()

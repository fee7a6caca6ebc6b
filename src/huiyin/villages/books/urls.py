"""The addresses of the books."""

from __future__ import annotations

from django.urls import path

from huiyin.villages.books import (
    views_accounts,
    views_closing,
    views_drafts,
    views_ledgers,
    views_sheets,
    views_statements,
    views_together,
    views_vouchers,
    views_writing,
)

urlpatterns = [
    path("all/closing", views_closing.closing, name="closing"),
    path("all/statements", views_together.statements, name="statements"),
    path("<str:code>/books", views_vouchers.vouchers, name="books"),
    path("<str:code>/books/vouchers/<int:pk>", views_vouchers.voucher, name="book-voucher"),
    path("<str:code>/books/vouchers/<int:pk>/print", views_vouchers.print_voucher, name="book-print"),
    path("<str:code>/books/vouchers/<int:pk>/reverse", views_vouchers.reverse, name="book-reverse"),
    path("<str:code>/books/files/<int:pk>", views_drafts.show_file, name="book-file"),
    path("<str:code>/books/new", views_writing.new, name="book-new"),
    path("<str:code>/books/opening", views_writing.opening, name="book-opening"),
    path("<str:code>/books/drafts", views_drafts.drafts, name="book-drafts"),
    path("<str:code>/books/drafts/<int:pk>", views_drafts.draft, name="book-draft"),
    path("<str:code>/books/drafts/<int:pk>/edit", views_writing.edit, name="book-edit"),
    path("<str:code>/books/import", views_sheets.upload, name="book-import"),
    path("<str:code>/books/import/<int:pk>", views_sheets.preview, name="book-sheet"),
    path("<str:code>/books/general", views_ledgers.general, name="book-general"),
    path("<str:code>/books/ledger", views_ledgers.ledger, name="book-ledger"),
    path("<str:code>/books/trial", views_ledgers.trial, name="book-trial"),
    path("<str:code>/books/balance-sheet", views_statements.balance_sheet, name="book-balance"),
    path("<str:code>/books/income", views_statements.income, name="book-income"),
    path("<str:code>/books/months", views_closing.months, name="book-months"),
    path("<str:code>/books/accounts", views_accounts.accounts, name="book-accounts"),
]

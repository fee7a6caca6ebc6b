"""The door of the books."""

from huiyin.economy.books.chart import CASH, Account, find_account, get_chart
from huiyin.economy.books.gates import register_voucher_gate
from huiyin.economy.books.models import BookMonth, Subaccount, Voucher
from huiyin.economy.books.posting import digest_voucher, lock_months, post_vouchers, refuse_closed
from huiyin.economy.books.rules import check_voucher, first_of
from huiyin.economy.books.summing import EVER, Sums, fold_chart, sum_accounts
from huiyin.economy.books.values import Line, NewVoucher

__all__ = [
    "CASH",
    "EVER",
    "Account",
    "BookMonth",
    "Line",
    "NewVoucher",
    "Subaccount",
    "Sums",
    "Voucher",
    "check_voucher",
    "digest_voucher",
    "find_account",
    "first_of",
    "fold_chart",
    "get_chart",
    "lock_months",
    "post_vouchers",
    "refuse_closed",
    "register_voucher_gate",
    "sum_accounts",
]

"""The door of the books."""

from huiyin.economy.books.accounts import list_choices, list_subaccounts, map_titles, save_subaccount
from huiyin.economy.books.carrying import make_carry
from huiyin.economy.books.chart import CASH, EQUITY_OF, GIVEN, Account, Equity, find_account, get_chart
from huiyin.economy.books.closing import (
    CLOSERS,
    Closed,
    close_all,
    close_batches,
    close_month,
    list_altered,
)
from huiyin.economy.books.drafting import (
    STATES,
    begin_draft,
    change_draft,
    drop_draft,
    is_reversed,
    send_draft,
    take_back_draft,
)
from huiyin.economy.books.files import find_file, remove_file
from huiyin.economy.books.gates import register_voucher_gate
from huiyin.economy.books.importing import get_sheet, keep_sheet, write_sheet
from huiyin.economy.books.layouts import LAYOUTS
from huiyin.economy.books.ledgers import (
    GeneralAccount,
    LedgerLine,
    Trial,
    fold_turnover,
    read_general,
    read_journal,
    read_ledger,
    read_trial,
    read_turnover,
)
from huiyin.economy.books.models import (
    BookMonth,
    DraftKind,
    DraftState,
    KeptBalance,
    Subaccount,
    Voucher,
    VoucherDraft,
    VoucherFile,
    VoucherSheet,
)
from huiyin.economy.books.posting import digest_voucher, lock_months, post_vouchers, refuse_closed
from huiyin.economy.books.reading import get_draft, get_voucher, list_months
from huiyin.economy.books.reversing import may_reverse, reverse_voucher
from huiyin.economy.books.reviewing import confirm_drafts, pass_drafts, return_draft
from huiyin.economy.books.rules import check_voucher, first_of, last_of, month_before, moves_cash
from huiyin.economy.books.statements import (
    BalanceSheet,
    Check,
    Figure,
    IncomeStatement,
    read_balance_sheet,
    read_income,
)
from huiyin.economy.books.store import find_first_open, find_last_closed, list_overview, list_unlike
from huiyin.economy.books.summing import EVER, Sums, fold_chart, sum_accounts
from huiyin.economy.books.values import DraftCard, Line, NewVoucher, Turnover

__all__ = [
    "CASH",
    "CLOSERS",
    "EQUITY_OF",
    "EVER",
    "GIVEN",
    "LAYOUTS",
    "STATES",
    "Account",
    "BalanceSheet",
    "BookMonth",
    "Check",
    "Closed",
    "DraftCard",
    "DraftKind",
    "DraftState",
    "Equity",
    "Figure",
    "GeneralAccount",
    "IncomeStatement",
    "KeptBalance",
    "LedgerLine",
    "Line",
    "NewVoucher",
    "Subaccount",
    "Sums",
    "Trial",
    "Turnover",
    "Voucher",
    "VoucherDraft",
    "VoucherFile",
    "VoucherSheet",
    "begin_draft",
    "change_draft",
    "check_voucher",
    "close_all",
    "close_batches",
    "close_month",
    "confirm_drafts",
    "digest_voucher",
    "drop_draft",
    "find_account",
    "find_file",
    "find_first_open",
    "find_last_closed",
    "first_of",
    "fold_chart",
    "fold_turnover",
    "get_chart",
    "get_draft",
    "get_sheet",
    "get_voucher",
    "is_reversed",
    "keep_sheet",
    "last_of",
    "list_altered",
    "list_choices",
    "list_months",
    "list_overview",
    "list_subaccounts",
    "list_unlike",
    "lock_months",
    "make_carry",
    "map_titles",
    "may_reverse",
    "month_before",
    "moves_cash",
    "pass_drafts",
    "post_vouchers",
    "read_balance_sheet",
    "read_general",
    "read_income",
    "read_journal",
    "read_ledger",
    "read_trial",
    "read_turnover",
    "refuse_closed",
    "register_voucher_gate",
    "remove_file",
    "return_draft",
    "reverse_voucher",
    "save_subaccount",
    "send_draft",
    "sum_accounts",
    "take_back_draft",
    "write_sheet",
]

"""What an entry must say, what the checks find, and which voucher a difference becomes."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from huiyin.economy.assets.rules import (
    check_asset,
    check_treatment,
    find_faults,
    list_treatments,
    make_lines,
    read_mu,
    tell_mu,
)
from huiyin.economy.assets.values import OF_ACCOUNT, REGISTERS, Counted, Found, NewAsset
from huiyin.economy.books.api import NewVoucher, check_voucher, get_chart
from huiyin.kernel.refusals import Refusal

CHART = get_chart("collective")
QUIET = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
FEN = some.integers(0, 10**9)


@some.composite
def _lines(draw):
    registers = draw(some.lists(some.sampled_from(sorted(REGISTERS)), max_size=12))
    made = []
    for at, key in enumerate(registers):
        accounts = REGISTERS[key].accounts
        fen = (draw(FEN), draw(FEN)) if accounts else (0, 0)
        made.append(Counted(at, key, draw(some.sampled_from(accounts)) if accounts else "", *fen))
    return made


_LEDGER = some.dictionaries(some.sampled_from(sorted(CHART)), some.integers(-(10**9), 10**9))


@QUIET
@given(_lines(), _LEDGER)
def test_all_differences_add_up_to_what_was_counted_less_the_balance_sheet(lines, ledger):
    found = find_faults(lines, ledger, CHART)
    owed = {key for key, one in REGISTERS.items() if one.sign < 0}
    for debts in (False, True):
        gaps = sum(one.gap_fen for one in found if (one.register in owed) == debts)
        counted = sum(line.counted_fen for line in lines if (line.register in owed) == debts)
        kinds = {"liability"} if debts else {"asset", "cost"}
        sheet = sum(fen for code, fen in ledger.items() if CHART[code].kind in kinds)
        assert gaps == counted - (-sheet if debts else sheet)


@QUIET
@given(some.sampled_from(sorted(OF_ACCOUNT)), FEN, FEN)
def test_every_way_to_treat_a_difference_balances_and_leaves_nothing_on_181(account, book, counted):
    found = Found("books-things", "more", OF_ACCOUNT[account], 1, account, book, counted)
    for way in list_treatments(found):
        lines = make_lines(found, way)
        if not lines:
            assert way not in {"income", "expense", "recover"}
            continue
        check_voucher(NewVoucher(1, None, "清产核资", lines), CHART)
        assert sum(line.fen for line in lines if line.account == "181") == 0
        moved = sum(line.fen for line in lines if line.account == account)
        assert moved == found.gap_fen * REGISTERS[found.register].sign


@QUIET
@given(some.integers(1, 10**7))
def test_an_area_in_square_metres_is_told_in_mu_exactly(metres):
    area = read_mu(f"{metres}㎡")
    assert area * 2000 == metres * 3
    assert read_mu(tell_mu(area)) == area


@pytest.mark.parametrize("text", ["", "一亩", "1.23456", "-3", "3.5㎡", "1e3", "NaN"])
def test_what_is_no_area_is_refused(text):
    with pytest.raises(Refusal) as refused:
        read_mu(text)
    assert refused.value.code == "bad-area"


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (NewAsset("car", "车"), "no-such-register"),
        (NewAsset("fixed", " ", "151"), "name-missing"),
        (NewAsset("fixed", "水泵", "102"), "no-such-account"),
        (NewAsset("fixed", "水泵", "151", value_fen=-1), "bad-amount"),
        (NewAsset("fixed", "水泵", "151", use="lost"), "no-such-use"),
        (NewAsset("land", "东坡地", land_class="moon", area_mu=Decimal(3)), "no-such-class"),
        (NewAsset("land", "东坡地", land_class="arable"), "area-missing"),
    ],
)
def test_a_register_refuses_what_it_cannot_hold_and_cites_the_law(new, code):
    with pytest.raises(Refusal) as refused:
        check_asset(new)
    assert refused.value.code == code
    assert "第43条" in refused.value.rule


def test_a_loss_is_no_income_and_a_reason_is_needed():
    loss = Found("books-things", "less", "fixed", 1, "151", 100, 40)
    with pytest.raises(Refusal) as refused:
        check_treatment(loss, "income", "被水冲走")
    assert refused.value.code == "treatment-mismatch"
    assert "181" in refused.value.rule
    with pytest.raises(Refusal) as refused:
        check_treatment(loss, "expense", " ")
    assert refused.value.code == "explanation-missing"
    check_treatment(loss, "recover", "保管人赔偿")


def test_each_of_the_eight_checks_finds_its_fault():
    lines = [
        Counted(1, "bank", "102", 500, 480, keeper="出纳"),
        Counted(2, "receivable", "112", 300, 300, paper="HT-1"),
        Counted(3, "fixed", "151", 900, 700, keeper="张三", deed="证", paper="2024-01/2"),
        Counted(4, "stock", "121", 10, 10, place="仓库", paper="2024-01/3"),
        Counted(5, "land", "", 0, 0, Decimal(10), Decimal("9.5"), place="东坡"),
        Counted(6, "intangible", "161", 5, 5, deed="证"),
    ]
    ledger = {"102": 500, "112": 300, "151": 1000, "152": -100, "121": 10, "161": 4, "171": 60}
    found = {(one.check, one.fault) for one in find_faults(lines, ledger, CHART)}
    assert found == {
        ("account-clear", "no-party"),
        ("thing-clear", "no-place"),
        ("thing-clear", "no-keeper"),
        ("title-clear", "no-deed"),
        ("books-books", "ledger"),
        ("books-things", "less"),
        ("books-things", "area"),
        ("books-papers", "no-paper"),
        ("books-money", "less"),
        ("books-sheet", "no-register"),
    }

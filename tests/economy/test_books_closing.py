"""Many books closed by one command; a co-operative's books by its own standard; papers stay on the disk."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO

from click.testing import CliRunner
from django.utils import timezone

from huiyin.app.economy import economy
from huiyin.cases.api import Upload, keep_files, list_strays
from huiyin.economy.books.api import (
    DraftCard,
    Line,
    NewVoucher,
    begin_draft,
    close_all,
    find_account,
    get_chart,
    post_vouchers,
    read_balance_sheet,
    read_income,
)

NOW = timezone.now()
MARCH = date(2026, 3, 1)


def test_the_chart_of_a_collective_has_the_42_accounts():
    chart = get_chart("collective")
    assert len(chart) == 42
    assert find_account("collective", "112-03").title.zh == "应收款"
    assert [code for code in get_chart("cooperative") if code in {"114", "221", "222", "332"}] == [
        "114",
        "221",
        "222",
        "332",
    ]


def test_one_command_closes_a_month_of_every_organisation_that_is_ready(villages):
    lines = (Line("513", 500), Line("212", -500))
    post_vouchers([NewVoucher(one.pk, date(2026, 3, 9), "计提", lines) for one in villages], None, NOW)
    post_vouchers([NewVoucher(villages[0].pk, date(2026, 2, 9), "计提", lines)], None, NOW)
    told = json.loads(CliRunner().invoke(economy, ["close", "--month", "2026-03", "--json"]).stdout)
    assert (told["closed"], told["refused"], told["vouchers"]) == (len(villages) - 1, 1, len(villages) - 1)
    assert told["why"] == [{"code": villages[0].code, "why": "earlier-month-open"}]
    one = CliRunner().invoke(economy, ["close", "--month", "2026-02", "--organisation", villages[0].code])
    assert "已结账 1" in one.stdout
    assert "已经结账" in CliRunner().invoke(economy, ["close", "--month", "2026-03"]).stdout
    assert CliRunner().invoke(economy, ["close", "--month", "三月"]).exit_code == 2


def test_a_co_operative_keeps_its_books_by_its_own_standard(village):
    village.standard = "cooperative"
    village.save()

    def post(day, summary, *lines):
        post_vouchers([NewVoucher(village.pk, day, summary, [Line(*line) for line in lines])], None, NOW)

    post(date(2025, 1, 5), "成员出资", ("102", 1_000_000), ("301", -1_000_000))
    post(date(2025, 2, 5), "收购成员产品", ("121", 400_000), ("114-01", -400_000))
    post(date(2025, 5, 5), "卖产品", ("102", 700_000), ("501", -700_000))
    post(date(2025, 5, 6), "结转成本", ("521", 400_000), ("121", -400_000))
    post(date(2025, 6, 6), "管理费用", ("522", 50_000), ("102", -50_000))
    for month in range(1, 13):
        assert close_all([village], date(2025, month, 1), None, NOW)[0].refusal is None
    post(
        date(2026, 2, 1),
        "盈余分配",
        ("332-01", 200_000),
        ("322", -20_000),
        ("221", -120_000),
        ("222", -60_000),
    )
    before = {one.row.key: one.now_fen for one in read_income(village, date(2025, 12, 31)).figures}
    assert (before["net"], before["left"]) == (250_000, 250_000)
    statement = read_income(village, date(2026, 2, 28))
    now = {one.row.key: one.now_fen for one in statement.figures}
    assert (now["before"], now["to-reserve"], now["to-members"], now["left"]) == (
        250_000,
        20_000,
        180_000,
        50_000,
    )
    sheet = read_balance_sheet(village, date(2026, 2, 28))
    claims = {one.row.key: one.now_fen for one in sheet.claims}
    assert (claims["payable"], claims["volume"], claims["remaining"]) == (400_000, 120_000, 60_000)
    assert all(check.holds for check in (*sheet.checks, *statement.checks))


def test_the_sweep_of_stray_files_leaves_the_papers_of_vouchers(village, officer):
    kept = keep_files([Upload("发票.pdf", BytesIO(b"%PDF-1.4 only here"))])
    assert kept[0].sha256 in {path.name for path, _ in list_strays(timezone.now())}
    card = DraftCard(date(2026, 3, 5), "收租", (Line("102", 1),))
    begin_draft(village, card, officer("bookkeeper"), NOW, kept)
    assert kept[0].sha256 not in {path.name for path, _ in list_strays(timezone.now())}

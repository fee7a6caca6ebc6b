"""Registers are kept by the bookkeeper: each entry rests on a paper, has its code, and is never deleted."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from huiyin.economy.assets.api import (
    Asset,
    NewAsset,
    NewValuation,
    add_assets,
    change_asset,
    demand_valuation,
    end_asset,
    file_valuation,
    list_history,
    value_asset,
)
from huiyin.economy.books.api import Line, NewVoucher, post_vouchers
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.villages.assets.drafts import apply_draft, draft_registers
from huiyin.villages.assets.rows import REGISTER_COLUMNS, tell_row

NOW = timezone.now()
PUMP = NewAsset("fixed", "水泵", "151", "泵房", "周满仓", value_fen=250_000, basis="合同 HT-1")
POND = NewAsset(
    "land", "大塘", place="村东", land_class="water", area_mu=Decimal("30.25"), contract="HT-2", use="leased"
)


@pytest.fixture
def keeper(officer):
    """Whoever writes in the registers."""
    return officer("bookkeeper")


def _refuses(code: str, act, *given) -> Refusal:
    with pytest.raises(Refusal) as refused:
        act(*given)
    assert refused.value.code == code
    return refused.value


def test_codes_run_within_a_register_and_stay(village, keeper):
    made = add_assets(village, [PUMP, POND, PUMP], keeper, NOW)
    assert [one.code for one in made] == ["GD0001", "TD0001", "GD0002"]
    end_asset(made[2].pk, date(2026, 5, 1), "报废", "合同 HT-9", keeper, NOW)
    assert add_assets(village, [PUMP], keeper, NOW)[0].code == "GD0003"


def test_only_the_bookkeeper_writes_in_a_register(village, officer):
    for role in ("director", "cashier", "rural"):
        assert _refuses("not-your-duty", add_assets, village, [PUMP], officer(role), NOW).rule


def test_an_entry_rests_on_a_contract_or_on_a_voucher_that_is_on_the_books(village, keeper):
    bare = NewAsset("fixed", "水泵", "151", value_fen=1)
    assert "第43条" in _refuses("basis-missing", add_assets, village, [bare], keeper, NOW).rule
    named = NewAsset("fixed", "水泵", "151", value_fen=1, basis="凭证 2026-03/1")
    _refuses("no-such-voucher", add_assets, village, [named], keeper, NOW)
    lines = (Line("151", 1), Line("102", -1))
    post_vouchers([NewVoucher(village.pk, date(2026, 3, 2), "购水泵", lines)], None, NOW)
    assert add_assets(village, [named], keeper, NOW)[0].code == "GD0001"


def test_every_change_is_told_with_its_reason(village, keeper):
    pump = add_assets(village, [PUMP], keeper, NOW)[0]
    assert (
        "第43条"
        in _refuses("reason-missing", change_asset, pump.pk, {"keeper": "程德顺"}, " ", keeper, NOW).rule
    )
    change_asset(pump.pk, {"keeper": "程德顺", "value_fen": 200_000}, "交接", keeper, NOW)
    end_asset(pump.pk, date(2026, 5, 1), "报废", "合同 HT-9", keeper, NOW)
    told = list_history(pump)
    assert [one.verb for one in told] == ["add-asset", "change-asset", "end-asset"]
    assert told[1].body["changed"] == {"keeper": ["周满仓", "程德顺"], "value_fen": [250_000, 200_000]}
    assert (
        "第43条" in _refuses("asset-ended", change_asset, pump.pk, {"keeper": "何"}, "再改", keeper, NOW).rule
    )
    _refuses("asset-ended", end_asset, pump.pk, date(2026, 5, 1), "报废", "合同 HT-9", keeper, NOW)


@pytest.mark.parametrize(
    "broken",
    [
        {"area_mu": 1},
        {"value_fen": -1},
        {"ended_on": date(2026, 1, 1)},
        {"register": "land"},
        {"code": "GD0002"},
    ],
)
def test_the_database_holds_to_it_by_itself(village, keeper, broken):
    pump = add_assets(village, [PUMP, PUMP], keeper, NOW)[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Asset.objects.filter(pk=pump.pk).update(**broken)


def test_a_valuation_is_assessed_resolved_and_filed_by_the_township(village, officer, keeper):
    pond = add_assets(village, [POND], keeper, NOW)[0]
    today = timezone.localdate(NOW)
    five = "彭一、彭二、彭三、彭四、彭五"

    def value(**other: object) -> object:
        given = {
            "purpose": "lease", "method": "democratic", "valued_fen": 90_000, "valued_on": today,
            "valuers": five, "resolution": "成员大会决议", **other,
        }  # fmt: skip
        return value_asset(village, pond.pk, NewValuation(**given), keeper, NOW)

    for wrong, code in (
        ({"valuers": "彭一、彭二"}, "valuers-missing"),
        ({"method": "valuer", "valuers": "某评估公司"}, "report-missing"),
        ({"resolution": ""}, "resolution-missing"),
        ({"valued_fen": 0}, "amount-missing"),
        ({"method": "guess"}, "no-such-method"),
    ):
        with pytest.raises(Refusal) as refused:
            value(**wrong)
        assert refused.value.code == code
        assert "备案" in refused.value.rule
    made = value()
    assert "备案" in _refuses("valuation-not-filed", demand_valuation, pond, "lease").rule
    assert _refuses("not-your-duty", file_valuation, village, made.pk, keeper, NOW).rule
    file_valuation(village, made.pk, officer("rural"), NOW)
    assert demand_valuation(pond, "lease").valued_fen == 90_000
    _refuses("valuation-not-filed", demand_valuation, pond, "transfer")
    _refuses("filed-already", file_valuation, village, made.pk, officer("rural"), NOW)
    again = value()
    assert file_valuation(village, again.pk, officer("rural"), NOW, "人数不够").returned_reason == "人数不够"


def test_a_sheet_is_previewed_row_by_row_and_written_all_or_not_at_all(village, keeper):
    pump, pond = add_assets(village, [PUMP, POND], keeper, NOW)
    texts = [
        {key: value.zh if isinstance(value, Words) else value for key, value in tell_row(one).items()}
        for one in (pump, Asset.objects.get(pk=pond.pk))
    ]
    assert set(texts[0]) == set(REGISTER_COLUMNS)
    texts[0]["keeper"] = "程德顺"
    fresh = {**texts[1], "code": "", "name": "小塘", "area_mu": "333㎡", "basis": "HT-5"}
    wrong = {**fresh, "area_mu": "半亩"}
    draft = draft_registers(village, "表.xlsx", list(enumerate([*texts, fresh, wrong], 2)), keeper, NOW)
    assert [row["act"] for row in draft.rows] == ["change", "same", "add", "wrong"]
    assert "不是面积" in draft.rows[3]["words"][0]
    _refuses("sheet-has-faults", apply_draft, draft, "年中核对", keeper, NOW)
    draft = draft_registers(village, "表.xlsx", list(enumerate([*texts, fresh], 2)), keeper, NOW)
    assert apply_draft(draft, "年中核对", keeper, NOW) == 2
    assert Asset.objects.get(name="小塘").area_mu == Decimal("0.4995")
    assert Asset.objects.get(pk=pump.pk).keeper == "程德顺"

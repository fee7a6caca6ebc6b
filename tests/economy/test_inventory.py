"""An inventory goes its seven steps in their order; every lock is tried, and cites its rule."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from huiyin.cases.api import make_acting, move_case
from huiyin.economy.assemblies.api import Meeting, Resolution
from huiyin.economy.assets.api import (
    Count,
    CountLine,
    Inventory,
    NewAsset,
    NewValuation,
    Round,
    add_assets,
    add_found,
    agree_elder,
    count_lines,
    explain_differences,
    file_valuation,
    get_inventory,
    list_differences,
    list_progress,
    list_treatments,
    name_elders,
    open_inventories,
    read_found,
    start_round,
    subject_of,
    value_asset,
)
from huiyin.economy.assets.opening import run_round
from huiyin.economy.books.api import EVER, Line, NewVoucher, Voucher, post_vouchers, sum_accounts
from huiyin.economy.postings.api import Question, find_posting
from huiyin.journal.api import list_entries
from huiyin.kernel.refusals import Refusal

NOW = timezone.now()
TODAY = timezone.localdate(NOW)
ELDERS = [("彭守田", "cadre"), ("苏桂兰", "teacher"), ("程德顺", "soldier")]
RESOLVED = ("resolved", "成员大会 2026-1 号决议")


@pytest.fixture
def books(village, officer):
    """Money in the bank, a pump, and a debt, as they came on the books."""
    lines = (Line("102", 900_000), Line("151", 250_000), Line("211", -50_000), Line("301", -1_100_000))
    return post_vouchers([NewVoucher(village.pk, date(2026, 1, 5), "期初", lines)], None, NOW)


@pytest.fixture
def registers(village, officer, books):
    """What the registers hold: they agree with the books."""
    new = [
        NewAsset("bank", "农商行基本户", "102", keeper="出纳", value_fen=1, basis="2026-01/1"),
        NewAsset("fixed", "水泵", "151", "泵房", "周满仓", value_fen=250_000, deed="发票", basis="2026-01/1"),
        NewAsset("debt", "应付工程款", "211", party="某建筑队", value_fen=50_000, basis="HT-2025-3"),
        NewAsset(
            "land",
            "东坡地",
            place="东坡",
            land_class="arable",
            area_mu=Decimal("12.5"),
            deed="证1",
            basis="证1",
        ),
    ]
    return add_assets(village, new, officer("bookkeeper"), NOW)


@pytest.fixture
def inventory(village, officer, registers) -> Inventory:
    """Opened by the county for this village, handed to it."""
    by = officer("rural")
    year = Round.objects.create(
        year=TODAY.year, as_of=TODAY, wanted=1, opened_by_id=by.id, opened_at=NOW, state="done"
    )
    return open_inventories([village], year, by, NOW)[0]


@pytest.fixture
def move(inventory, officer):
    """Make a move as whoever holds the role: `move("clear", "bookkeeper")`."""

    def make(key: str, role: str, now=NOW, **inputs: object) -> str:
        given: Mapping[str, object] = inputs or {"note": "办理"}
        moved = move_case(inventory.case.number, key, given, make_acting(officer(role)), now)
        return moved.stage

    return make


def _refuses(code: str, act, *given, **named) -> Refusal:
    with pytest.raises(Refusal) as refused:
        act(*given, **named)
    assert refused.value.code == code
    return refused.value


def _count_all(inventory, by, **other: int) -> None:
    """Count every line as it stands on the books, some otherwise: `GD0001=…`."""
    counts = []
    for line in CountLine.objects.filter(inventory=inventory).select_related("asset"):
        fen = other.get(line.asset.code, line.book_fen)
        counts.append(Count(line.pk, "present", fen, line.book_mu))
    count_lines(inventory, counts, by, NOW)


def _explain_all(inventory, by) -> None:
    explained = {
        row.pk: ("查明原因", list_treatments(read_found(row))[0]) for row in list_differences(inventory)
    }
    explain_differences(inventory, explained, by, NOW)


def _bring_to(stage: str, inventory, officer, move, **counted: int) -> None:
    """Take it as far as `verifying` or `to-post`."""
    name_elders(inventory, ELDERS, officer("bookkeeper"), NOW)
    move("clear", "bookkeeper")
    _count_all(inventory, officer("bookkeeper"), **counted)
    _explain_all(inventory, officer("bookkeeper"))
    move("register", "bookkeeper")
    if stage == "verifying":
        return
    for elder in inventory.elders.all():
        agree_elder(inventory, elder.pk, officer("overseer"), NOW)
    move("verify", "overseer")


def _resolve(inventory, valid=True) -> None:
    meeting = Meeting.objects.create(
        organisation=inventory.organisation, title="成员大会", noticed_on=TODAY, held_on=TODAY
    )
    Resolution.objects.create(
        meeting=meeting, matter="inventory", subject=f"case:{inventory.case.number}", title="清产核资结果",
        valid=valid, decided_at=NOW,
    )  # fmt: skip


def test_the_journey_from_opening_to_management(village, officer, inventory, move):
    _bring_to("to-post", inventory, officer, move, GD0001=200_000, ZW0001=80_000)
    day = timedelta(days=1)
    assert move("post_first", "director") == "first"
    assert move("post_second", "director", NOW + 7 * day) == "second"
    assert move("post_third", "director", NOW + 14 * day) == "third"
    _resolve(inventory)
    assert move("confirm", "director", NOW + 21 * day) == "confirmed"
    assert move("report", "bookkeeper", NOW + 22 * day) == "reported"
    assert move("accept", "rural", NOW + 23 * day) == "accepted"
    assert move("take_in", "rural", NOW + 24 * day) == "managed"
    inventory.refresh_from_db()
    assert inventory.totals["fixed"]["counted_fen"] == 200_000
    sums = sum_accounts([village.pk], EVER, TODAY + 30 * day)[village.pk]
    assert {code: sums[code].net_fen for code in ("151", "181", "211", "515")} == {
        "151": 200_000, "181": 0, "211": -80_000, "515": 80_000,
    }  # fmt: skip
    held = {one.code: one for one in village.assets.all()}
    assert held["GD0001"].value_fen == 200_000
    assert held["TD0001"].managed_on is not None
    assert "confirm-inventory" in {one.verb for one in list_entries(f"organisation:{village.code}")}


@pytest.mark.parametrize(
    ("move_key", "role"),
    [("register", "bookkeeper"), ("verify", "overseer"), ("post_first", "director"), ("confirm", "director"),
     ("report", "bookkeeper"), ("accept", "rural"), ("take_in", "rural")],
)  # fmt: skip
def test_no_step_can_be_leapt_over(move, move_key, role):
    _refuses("wrong-stage", move, move_key, role)


@pytest.mark.parametrize(
    ("move_key", "role"), [("clear", "director"), ("clear", "cashier"), ("clear", "rural")]
)
def test_each_step_has_its_own_hands(move, move_key, role):
    assert _refuses("not-your-duty", move, move_key, role).rule == "岗位职责分离"


def test_clearing_needs_elders_and_registers(village, officer, inventory, move):
    assert "第43条" in _refuses("elders-missing", move, "clear", "bookkeeper").rule
    name_elders(inventory, ELDERS[:2], officer("overseer"), NOW)
    _refuses("elders-missing", move, "clear", "bookkeeper")
    name_elders(inventory, ELDERS, officer("overseer"), NOW)
    village.assets.update(ended_on=TODAY, ended_reason="试")
    assert "第43条" in _refuses("registers-empty", move, "clear", "bookkeeper").rule


def test_every_entry_is_counted_before_it_is_verified(officer, inventory, move):
    name_elders(inventory, ELDERS, officer("bookkeeper"), NOW)
    move("clear", "bookkeeper")
    assert inventory.lines.count() == 4
    assert inventory.lines.get(asset__code="YH0001").book_fen == 900_000  # as the books say
    assert "第43条" in _refuses("lines-uncounted", move, "register", "bookkeeper").rule


def test_what_differs_is_explained_before_it_is_verified(officer, inventory, move):
    name_elders(inventory, ELDERS, officer("bookkeeper"), NOW)
    move("clear", "bookkeeper")
    _count_all(inventory, officer("bookkeeper"), GD0001=240_000)
    assert [(row.kind, row.gap_fen) for row in list_differences(inventory)] == [("books-things", -10_000)]
    move("register", "bookkeeper")
    assert "第43条" in _refuses("differences-unexplained", move, "verify", "overseer").rule
    _explain_all(inventory, officer("bookkeeper"))
    _refuses("elders-missing", move, "verify", "overseer")


def test_another_count_asks_for_another_explanation(officer, inventory, move):
    name_elders(inventory, ELDERS, officer("bookkeeper"), NOW)
    move("clear", "bookkeeper")
    _count_all(inventory, officer("bookkeeper"), GD0001=240_000)
    _explain_all(inventory, officer("bookkeeper"))
    _count_all(inventory, officer("bookkeeper"), GD0001=230_000)
    assert [(row.gap_fen, row.treatment) for row in list_differences(inventory)] == [(-20_000, "")]
    _count_all(inventory, officer("bookkeeper"))
    assert list_differences(inventory) == []


def test_what_has_no_value_is_valued_and_filed_before_it_is_verified(village, officer, inventory, move):
    name_elders(inventory, ELDERS, officer("bookkeeper"), NOW)
    move("clear", "bookkeeper")
    mill = add_found(
        inventory,
        NewAsset("fixed", "老水碾", "151", "村口", "苏桂兰", deed="照片"),
        officer("bookkeeper"),
        NOW,
    )
    _count_all(inventory, officer("bookkeeper"), **{mill.code: 60_000})
    _explain_all(inventory, officer("bookkeeper"))
    move("register", "bookkeeper")
    for elder in inventory.elders.all():
        agree_elder(inventory, elder.pk, officer("overseer"), NOW)
    refused = _refuses("valuation-not-filed", move, "verify", "overseer")
    assert "备案" in refused.rule
    made = value_asset(
        village, mill.pk,
        NewValuation("inventory", "democratic", 60_000, TODAY, "彭一、彭二、彭三、彭四、彭五", RESOLVED[1]),
        officer("bookkeeper"), NOW,
    )  # fmt: skip
    _refuses("valuation-not-filed", move, "verify", "overseer")  # written down is not filed
    file_valuation(village, made.pk, officer("rural"), NOW)
    assert move("verify", "overseer") == "to-post"


def test_whoever_counted_does_not_verify(officer, inventory, move):
    _bring_to("verifying", inventory, officer, move)
    for elder in inventory.elders.all():
        agree_elder(inventory, elder.pk, officer("overseer"), NOW)
    inventory.lines.update(counted_by_id=officer("overseer").id)
    assert "分离" in _refuses("same-person", move, "verify", "overseer").rule


def test_nothing_is_counted_once_it_is_verified(officer, inventory, move):
    _bring_to("to-post", inventory, officer, move)
    _refuses("wrong-stage", _count_all, inventory, officer("bookkeeper"))
    _refuses("wrong-stage", name_elders, inventory, ELDERS, officer("bookkeeper"), NOW)


def test_three_postings_run_their_time_and_objections_are_answered(village, officer, inventory, move):
    _bring_to("to-post", inventory, officer, move)
    move("post_first", "director")
    posting = find_posting(village.pk, subject_of(inventory), 1)
    assert posting.lines.count() == 4
    assert "第30条" in _refuses("posting-runs", move, "post_second", "director", NOW + timedelta(days=3)).rule
    objection = Question.objects.create(
        posting=posting, case_id=inventory.case_id, kind="objection", words="东坡地不止十二亩半", asked_at=NOW
    )
    later = NOW + timedelta(days=7)
    assert "第30条" in _refuses("questions-open", move, "post_second", "director", later).rule
    objection.answered_at = later
    objection.save()
    assert move("post_second", "director", later) == "second"


def test_an_objection_that_is_right_has_all_counted_and_posted_anew(village, officer, inventory, move):
    _bring_to("to-post", inventory, officer, move)
    move("post_first", "director")
    assert move("recount", "director", reason="异议成立") == "registering"
    inventory.refresh_from_db()
    assert inventory.elders.filter(agreed_at__isnull=False).count() == 0
    assert find_posting(village.pk, subject_of(inventory), 1) is None
    _count_all(inventory, officer("bookkeeper"))
    assert move("register", "bookkeeper") == "verifying"


def test_no_result_is_confirmed_without_the_assembly(officer, inventory, move):
    _bring_to("to-post", inventory, officer, move)
    for at, step in enumerate(("post_first", "post_second", "post_third")):
        move(step, "director", NOW + timedelta(days=7 * at))
    late = NOW + timedelta(days=21)
    _refuses("posting-runs", move, "confirm", "director", NOW + timedelta(days=15))
    assert "第28条" in _refuses("not-resolved", move, "confirm", "director", late).rule
    _resolve(inventory, valid=False)
    _refuses("resolution-invalid", move, "confirm", "director", late)
    assert not Voucher.objects.filter(source=f"inventory:{inventory.pk}").exists()


def test_a_report_that_was_altered_after_it_was_confirmed_is_not_accepted(officer, inventory, move):
    _bring_to("to-post", inventory, officer, move)
    for at, step in enumerate(("post_first", "post_second", "post_third")):
        move(step, "director", NOW + timedelta(days=7 * at))
    _resolve(inventory)
    late = NOW + timedelta(days=21)
    move("confirm", "director", late)
    move("report", "bookkeeper", late)
    inventory.lines.filter(asset__code="GD0001").update(counted_fen=1)
    assert "第43条" in _refuses("report-altered", move, "accept", "rural", late).rule


def test_the_county_opens_all_at_once_and_sees_how_far_each_township_is(villages, officer, inventory):
    from huiyin.people.api import find_account, take_in_hand

    county = take_in_hand(find_account("hexuewen").pk, TODAY)
    collectives = [one for one in villages if one.standard == "collective"]
    _refuses("not-your-duty", start_round, TODAY.year, TODAY, officer("director"), NOW)
    _refuses("as-of-ahead", start_round, TODAY.year, TODAY + timedelta(days=1), county, NOW)
    year = start_round(TODAY.year, TODAY, county, NOW)
    assert year.wanted == len(collectives) - 1  # one has its own already
    run_round(year.pk, NOW)
    run_round(year.pk, NOW)
    year.refresh_from_db()
    assert (year.state, year.done) == ("done", year.wanted)
    assert Inventory.objects.count() == len(collectives)
    told = list_progress(county, TODAY.year, NOW)
    assert sum(one.steps["clear"] for one in told) == len(collectives)
    late = list_progress(county, TODAY.year, NOW + timedelta(days=40))
    assert sum(one.overdue for one in late) == len(collectives)
    own = list_progress(officer("rural"), TODAY.year, NOW)
    assert len(own) == 1
    _refuses("none-to-open", start_round, TODAY.year, TODAY, officer("rural"), NOW)


def test_what_is_not_overseen_is_not_seen(villages, officer, inventory):
    from huiyin.people.api import Post, take_in_hand

    other = next(one for one in villages if one.township_id != inventory.organisation.township_id)
    post = Post.objects.filter(role="bookkeeper", unit_id=other.unit_id).first()
    _refuses(
        "inventory-not-found", get_inventory, inventory.case.number, take_in_hand(post.account_id, TODAY)
    )


def test_a_contract_that_hands_an_asset_over_waits_for_its_valuation(village, officer, registers):
    from huiyin.economy.contracts.api import Contract
    from huiyin.villages.assets.ties import demand_valued

    land = registers[3]
    contract = Contract(organisation=village, kind="lease", title="东坡地发包", subject=f"{land.code} 东坡地")
    assert "备案" in _refuses("valuation-not-filed", demand_valued, contract, NOW).rule
    made = value_asset(
        village, land.pk,
        NewValuation("lease", "valuer", 90_000, TODAY, "某评估公司", RESOLVED[1], "评字 12 号"),
        officer("director"), NOW,
    )  # fmt: skip
    file_valuation(village, made.pk, officer("rural"), NOW)
    demand_valued(contract, NOW)
    demand_valued(Contract(organisation=village, kind="purchase", title="买种子", subject=land.code), NOW)

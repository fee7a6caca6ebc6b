"""An inventory done from first to last on the staff's pages, by whoever each step belongs to."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from huiyin.economy.assemblies.api import Meeting, Resolution
from huiyin.economy.assets.api import Asset, Inventory, Round, Valuation
from huiyin.economy.assets.opening import run_round
from huiyin.economy.books.api import Line, NewVoucher, post_vouchers
from huiyin.economy.postings.api import Posting

NOW = timezone.now()
HOME = "/console/villages"


def _send(client, place: str, /, **given: object):
    answer = client.post(f"{HOME}/{place}", given)
    assert answer.status_code == 303, answer.content.decode()[:3000]
    return answer.headers["Location"]


@pytest.fixture
def started(village, browse):
    """Opening balances, and the first entries of the registers by their page."""
    lines = (Line("102", 900_000), Line("151", 250_000), Line("301", -1_150_000))
    post_vouchers([NewVoucher(village.pk, date(2026, 1, 5), "期初", lines)], None, NOW)
    keeper = browse("bookkeeper")
    place = f"{village.code}/assets/new"
    given = {"basis": "2026-01/1", "use": "own"}
    _send(keeper, place, register="bank", name="农商行基本户", keeper="出纳", value_fen="9,000.00", **given)
    _send(
        keeper, place, register="fixed", name="水泵", place="泵房", keeper="周满仓", deed="发票",
        value_fen="2500", **given,
    )  # fmt: skip
    _send(
        keeper, place, register="land", name="东坡地", place="东坡", land_class="arable", area_mu="12.5",
        deed="证1", **given,
    )  # fmt: skip
    return keeper


def test_the_journey_on_the_pages(village, browse, started):
    keeper, rural, overseer, director = started, browse("rural"), browse("overseer"), browse("director")
    today = timezone.localdate()
    assert "/inventories/rounds/" in _send(
        rural, "inventories/open", year=today.year, as_of=today.isoformat()
    )
    run_round(Round.objects.get().pk, NOW)
    one = Inventory.objects.select_related("case").get(organisation=village)
    at = f"inventories/{one.case.number}"
    _send(keeper, f"{at}/elders", name=["彭守田", "苏桂兰", "程德顺"], kind=["cadre", "teacher", "soldier"])
    assert keeper.post(f"{HOME}/{at}/move", {"move": "register"}).status_code == 422  # not its turn
    _send(keeper, f"{at}/move", move="clear")
    for line in one.lines.select_related("asset"):
        fen = {"bank": "9000", "fixed": "2300", "land": "12.3"}[line.asset.register]
        seen = {f"seen-{line.pk}": "present", f"counted-{line.pk}": fen}
        _send(keeper, f"{at}/count", register=line.asset.register, **seen)
    page = keeper.get(f"{HOME}/{at}?part=differences").content.decode()
    assert ("-200.00" in page, "-0.2" in page) == (True, True)
    assert "-200.00" in rural.get(f"{HOME}/inventories/differences?open=1").content.decode()
    pump, land = one.differences.order_by("-fault")
    _send(keeper, f"{at}/explain", **{
        f"why-{pump.pk}": "泵体锈坏", f"how-{pump.pk}": "expense",
        f"why-{land.pk}": "修路占用", f"how-{land.pk}": "register",
    })  # fmt: skip
    _send(keeper, f"{at}/move", move="register")
    for elder in one.elders.all():
        _send(overseer, f"{at}/agree", elder=elder.pk)
    _send(overseer, f"{at}/move", move="verify", note="逐条看过")
    for step in ("post_first", "post_second", "post_third"):
        _send(director, f"{at}/move", move=step)
        Posting.objects.update(until_on=today - timedelta(days=1), from_on=today - timedelta(days=6))
    refused = director.post(f"{HOME}/{at}/move", {"move": "confirm"})
    assert refused.status_code == 422
    assert "第28条" in refused.content.decode()
    meeting = Meeting.objects.create(organisation=village, title="成员大会", noticed_on=today, held_on=today)
    Resolution.objects.create(
        meeting=meeting, matter="inventory", subject=f"case:{one.case.number}", title="通过", valid=True,
        decided_at=NOW,
    )  # fmt: skip
    _send(director, f"{at}/move", move="confirm")
    _send(keeper, f"{at}/move", move="report")
    _send(rural, f"{at}/move", move="accept")
    _send(rural, f"{at}/move", move="take_in")
    for role in ("bookkeeper", "cashier", "rural", "director"):
        for part in ("lines", "differences", "elders", "postings"):
            assert browse(role).get(f"{HOME}/{at}?part={part}").status_code == 200
    assert "已纳入平台管理" in rural.get(f"{HOME}/{at}").content.decode()
    assert rural.get(f"{HOME}/{village.code}/inventories").status_code == 200
    told = load_workbook(BytesIO(rural.get(f"{HOME}/inventories/export?step=done").content)).active
    assert [cell.value for cell in told[2]][9] == 11_300
    told = load_workbook(BytesIO(rural.get(f"{HOME}/{at}/differences").content)).active
    assert told.max_row == 3
    assert rural.get(f"{HOME}/inventories?year={today.year}").status_code == 200


def test_a_form_that_is_refused_keeps_what_was_typed_and_says_why(village, started):
    place = f"{HOME}/{village.code}/assets/new"
    answer = started.post(
        place, {"register": "land", "name": "西坡", "land_class": "forest", "area_mu": "多"}
    )
    assert answer.status_code == 422
    assert "西坡" in answer.content.decode()
    assert "不是面积" in answer.content.decode()
    pump = Asset.objects.get(register="fixed")
    answer = started.post(
        f"{HOME}/{village.code}/assets/{pump.pk}/end", {"ended_on": "2026-05-01", "reason": "坏"}
    )
    assert answer.status_code == 422
    assert "第43条" in answer.content.decode()


def test_an_entry_is_changed_and_ended_on_its_page_and_its_history_is_told(village, started):
    pump = Asset.objects.get(register="fixed")
    place = f"{village.code}/assets/{pump.pk}"
    page = started.get(f"{HOME}/{place}/change").content.decode()
    assert "2,500.00" in page
    given = {"name": "水泵", "place": "泵房", "keeper": "程德顺", "use": "own", "deed": "发票"}
    _send(started, f"{place}/change", value_fen="2,500.00", reason="交接", **given)
    _send(started, f"{place}/end", ended_on="2026-05-01", reason="报废", basis="HT-9")
    page = started.get(f"{HOME}/{place}").content.decode()
    for words in ("程德顺", "交接", "报废", "HT-9"):
        assert words in page
    assert started.get(f"{HOME}/{village.code}/assets?state=ended").content.decode().count("水泵") == 1


def test_a_valuation_is_written_by_the_village_and_filed_by_the_township(village, browse, started):
    land = Asset.objects.get(register="land")
    given = {
        "purpose": "lease", "method": "democratic", "value": "1200", "valued_on": "2026-05-01",
        "valuers": "彭一、彭二、彭三、彭四、彭五", "resolution": "成员大会 3 号",
    }  # fmt: skip
    place = f"{village.code}/assets/{land.pk}/value"
    assert started.post(f"{HOME}/{place}", {**given, "valuers": "彭一"}).status_code == 422
    _send(started, place, **given)
    rural = browse("rural")
    assert "东坡地" in rural.get(f"{HOME}/valuations").content.decode()
    one = Valuation.objects.get()
    assert rural.post(f"{HOME}/valuations/{one.pk}", {"do": "return", "reason": ""}).status_code == 422
    _send(rural, f"valuations/{one.pk}", do="file")
    assert "已备案" in started.get(f"{HOME}/{village.code}/assets/{land.pk}").content.decode()


def test_the_registers_go_out_as_a_sheet_and_come_back(village, started):
    sheet = load_workbook(BytesIO(started.get(f"{HOME}/{village.code}/assets/export").content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert len(rows) == 4
    place = rows[0].index("保管人")
    rows[2 if rows[2][1].startswith("GD") else 1][place] = "何守田"
    book = Workbook()
    for row in [*rows, ["固定资产", "", "碾米机", "", "粮站"] + [""] * 12]:
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    file.seek(0)
    file.name = "台账.xlsx"
    preview = _send(started, f"{village.code}/assets/import", file=file).partition("?")[0]
    told = started.get(preview).content.decode()
    assert "新增的要写明凭证或合同编号" in told
    assert started.post(preview, {"do": "write"}).status_code == 422
    assert Asset.objects.count() == 3
    book.active.cell(5, rows[0].index("凭证或依据") + 1, "2026-01/1")
    file = BytesIO()
    book.save(file)
    file.seek(0)
    file.name = "台账.xlsx"
    preview = _send(started, f"{village.code}/assets/import", file=file).partition("?")[0]
    answer = started.post(preview, {"do": "write"})
    assert answer.status_code == 422  # a change has a reason
    assert Asset.objects.count() == 3
    assert started.post(preview, {"do": "write", "reason": "年中核对"}).status_code == 303
    assert Asset.objects.count() == 4


def test_nobody_opens_what_is_not_theirs(villages, village, browse, started):
    other = next(one for one in villages if one.township_id != village.township_id)
    for place in ("assets", "assets/new", "assets/export", "inventories"):
        assert started.get(f"{HOME}/{other.code}/{place}").status_code == 404
    assert browse("cashier").get(f"{HOME}/{village.code}/assets").status_code == 200
    assert browse("cashier").get(f"{HOME}/{village.code}/assets/new").status_code == 403


def test_a_photo_is_kept_with_what_was_counted(village, browse, started, settings, tmp_path):
    from PIL import Image

    settings.MEDIA_ROOT = tmp_path
    one = _open_and_clear(village, browse, started)
    file = BytesIO()
    Image.new("RGB", (8, 8), "red").save(file, "PNG")
    file.seek(0)
    file.name = "水泵.png"
    line = one.lines.get(asset__register="fixed")
    place = f"inventories/{one.case.number}/photo"
    assert started.post(f"{HOME}/{place}", {"line": line.pk, "register": "fixed"}).status_code == 422
    _send(started, place, line=line.pk, register="fixed", photo=file)
    line.refresh_from_db()
    photo = started.get(f"/console/files/{line.photo_id}")
    assert b"".join(photo.streaming_content).startswith(b"\x89PNG")
    assert (
        f"/console/files/{line.photo_id}"
        in started.get(f"{HOME}/inventories/{one.case.number}?register=fixed").content.decode()
    )


def test_a_count_goes_out_as_a_sheet_and_comes_back(village, browse, started):
    one = _open_and_clear(village, browse, started)
    at = f"inventories/{one.case.number}"
    sheet = load_workbook(BytesIO(started.get(f"{HOME}/{at}/export").content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = {title: at for at, title in enumerate(rows[0])}
    book = Workbook()
    for row in rows:
        if row is not rows[0]:
            land = row[head["编号"]].startswith("TD")
            row[head["状况"]] = "在"
            row[head["实测面积（亩）" if land else "盘点价值（元）"]] = 12.5 if land else 2300
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    file.seek(0)
    file.name = "盘点.xlsx"
    preview = _send(started, f"{at}/import", file=file).partition("?")[0]
    assert started.post(preview, {"do": "write"}).status_code == 303
    assert one.lines.filter(counted_fen=230_000).count() == 2
    assert one.lines.get(asset__register="land").counted_mu == 12.5


def _open_and_clear(village, browse, keeper) -> Inventory:
    today = timezone.localdate()
    _send(browse("rural"), "inventories/open", year=today.year, as_of=today.isoformat())
    run_round(Round.objects.get().pk, NOW)
    one = Inventory.objects.select_related("case").get(organisation=village)
    at = f"inventories/{one.case.number}"
    _send(keeper, f"{at}/elders", name=["彭守田", "苏桂兰", "程德顺"], kind=["cadre", "teacher", "soldier"])
    _send(keeper, f"{at}/move", move="clear")
    return one


def test_what_was_counted_stands_in_its_row(village, browse, started):
    one = _open_and_clear(village, browse, started)
    line = one.lines.get(asset__register="fixed")
    given = {f"seen-{line.pk}": "worn", f"counted-{line.pk}": "1234.5", f"note-{line.pk}": "锈了"}
    _send(started, f"inventories/{one.case.number}/count", register="fixed", **given)
    page = started.get(f"{HOME}/inventories/{one.case.number}?register=fixed").content.decode()
    for words in ('value="1,234.50"', "锈了", '<option value="worn" selected>'):
        assert words in page

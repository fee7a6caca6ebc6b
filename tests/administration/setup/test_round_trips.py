"""A list to Excel and back: a download changes nothing; what was changed is shown before it is written."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from administration.conftest import make_book, read_book
from huiyin.administration.models import Draft
from huiyin.administration.setup.plans import make_plan
from huiyin.administration.setup.registry import LISTINGS, get_listing
from huiyin.app.demo.county.grid import install_grid
from huiyin.journal.api import list_entries
from huiyin.kernel.words import Words
from huiyin.people import api as people
from huiyin.register import api as register

pytestmark = pytest.mark.django_db


def upload(client, part, file):
    return client.post(f"/console/setup/{part}/upload", {"file": file}, follow=True)


def download(client, part):
    return client.get(f"/console/setup/{part}/download?state=all").content


def reload(content, change=None):
    """The downloaded workbook again, changed by `change(sheet)`."""
    book = load_workbook(BytesIO(content))
    if change:
        change(book.worksheets[0])
    file = BytesIO()
    book.save(file)
    file.seek(0)
    file.name = "表.xlsx"
    return file


@pytest.mark.parametrize("part", [listing.key for listing in LISTINGS])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_download_that_is_uploaded_again_changes_nothing(admin, in_hand, part, language, monkeypatch):
    monkeypatch.setattr("huiyin.administration.setup.views_sheets.QUICK", 5_000)  # no job: all at once
    by, now = in_hand("admin"), timezone.now()
    if part in {"cells", "holders", "landmarks"}:
        install_grid(now)
    register.set_limit(("hotline", "handle", "ordinary"), "5wd", "县政办〔2026〕1号", by=by, now=now)
    day = register.DaySetting(now.date(), works=True, name=Words("补班"), source="县政办〔2026〕2号")
    register.set_day(day, by=by, now=now)
    register.REPLY_KEEPER.add(register.ReplyCard(None, "=1+1", "'=第一行\n第二行"), by=by, now=now)
    admin.cookies["huiyin_language"] = language
    answer = upload(admin, part, reload(download(admin, part)))
    assert answer.status_code == 200
    draft = Draft.objects.get()
    assert draft.rows
    assert draft.steps == []


def test_what_is_added_changed_and_closed_is_shown_first_and_written_when_confirmed(admin):
    def change(sheet):
        column = {cell.value: cell.column for cell in sheet[1]}
        for row in range(2, sheet.max_row + 1):
            if sheet.cell(row, column["代码"]).value == "board":
                sheet.cell(row, column["名称"]).value = "留言板"
            if sheet.cell(row, column["代码"]).value == "onekey":
                sheet.cell(row, column["在用"]).value = "否"
        sheet.append(["village-tv", "村村响", "Village radio", "网上", 20, "是"])

    answer = upload(admin, "channels", reload(download(admin, "channels"), change))
    page = answer.content.decode()
    assert all(words in page for words in ("新增 1", "修改 1", "停用 1", "留言板", "确认写入 3 行"))
    assert not register.Channel.objects.filter(key="village-tv").exists()
    done = admin.post(answer.request["PATH_INFO"], follow=True)
    assert "已全部写入" in done.content.decode()
    assert register.Channel.objects.get(key="village-tv").kind == "online"
    assert register.Channel.objects.get(key="board").name == "留言板"
    assert not register.Channel.objects.get(key="onekey").active
    (entry,) = list_entries("channel:board")
    assert entry.verb == "channel-changed"
    assert entry.body["changes"] == {"name": ["网民留言", "留言板"]}
    assert Draft.objects.count() == 0


def test_wrong_rows_are_named_with_their_number_and_nothing_can_be_confirmed(admin):
    book = make_book(
        ["代码", "名称", "上级类别", "等级"],
        ["99", "新的一级", None, "一般"],
        ["9901", "", "99", "一般"],
        ["9902", "没有上级", "88", "一般"],
        ["99", "重复", None, "一般"],
        ["9903", "等级不对", "99", "特急"],
    )
    answer = upload(admin, "categories", book)
    page = answer.content.decode()
    assert "有 4 行有误" in page
    assert "确认写入" not in page
    for words in ("不能空着", "88", "和第 2 行是同一条", "只能是：紧急"):
        assert words in page
    refused = admin.post(answer.request["PATH_INFO"])
    assert refused.status_code == 409
    assert not register.Category.objects.filter(code="99").exists()


def test_a_category_may_stand_before_the_one_that_it_lies_in(admin):
    book = make_book(
        ["代码", "名称", "上级类别", "等级"],
        ["990101", "第三级", "9901", "一般"],
        ["9901", "第二级", "99", "一般"],
        ["99", "第一级", None, "一般"],
    )
    answer = upload(admin, "categories", book)
    admin.post(answer.request["PATH_INFO"])
    assert [one.code for one in register.list_category_path(register.find_category("990101").pk)] == [
        "99",
        "9901",
        "990101",
    ]


def test_a_list_that_has_changed_since_the_preview_is_not_written_over(admin, in_hand):
    book = make_book(["代码", "名称", "方式"], ["board", "留言板", "网上"])
    answer = upload(admin, "channels", book)
    card = next(one for one in register.CHANNEL_KEEPER.list_cards() if one.key == "board")
    changed = register.ChannelCard(card.key, "别的名字", card.kind, card.name_en, card.sort, card.active)
    register.CHANNEL_KEEPER.change(changed, by=in_hand("admin"), now=timezone.now())
    refused = admin.post(answer.request["PATH_INFO"])
    assert refused.status_code == 409
    assert "有人改过" in refused.content.decode()
    assert register.Channel.objects.get(key="board").name == "别的名字"


def test_a_draft_is_its_uploaders_alone_and_is_used_once(admin, county, as_role, in_hand):
    answer = upload(admin, "posts", make_book(["编号", "账号", "单位", "岗位", "开始"], *_new_posts()))
    place = answer.request["PATH_INFO"]
    assert as_role("security").get(place).status_code == 404
    assert as_role("security").post(place).status_code == 404
    assert admin.post(place).status_code == 303
    assert admin.post(place).status_code == 404


def _new_posts():
    return [[None, "hemin", "water", "经办人", "2026/1/5"]]


def test_a_phone_that_excel_made_a_number_is_read_as_it_was_typed(admin):
    book = make_book(["登录名", "姓名", "办公电话"], ["laozhou", "周老三", 1.39e10])
    answer = upload(admin, "accounts", book)
    done = admin.post(answer.request["PATH_INFO"])
    account = people.find_account("laozhou")
    assert account.phone == "13900000000"
    assert "laozhou" in done.content.decode()
    assert done.headers["Cache-Control"] == "no-store"
    password = done.content.decode().split("<code>")[1].split("</code>")[0]
    assert people.sign_in("laozhou", password, timezone.now())
    assert password not in repr(list_entries(f"account:{account.pk}"))


def test_only_what_is_listed_is_downloaded(admin):
    rows = read_book(admin.get("/console/setup/units/download?q=水务").content)
    assert rows[0][:3] == ["代码", "全称", "简称"]
    assert 1 < len(rows) < 6
    assert all("水务" in "".join(str(cell) for cell in row) for row in rows[1:])


@pytest.mark.parametrize("name", ["key", "Code", "代码"])
def test_headings_may_be_keys_or_titles_of_either_language(admin, name):
    answer = upload(admin, "channels", make_book([name, "name", "kind"], ["board", "留言板", "online"]))
    assert "修改 1" in answer.content.decode()


@pytest.mark.parametrize(
    "headings", [["代码", "名字", "方式"], ["名称", "方式"], ["代码", "名称", "方式", "多出来的"], []]
)
def test_other_headings_are_refused_with_the_ones_that_are_read(admin, headings):
    answer = upload(admin, "channels", make_book(headings, ["board", "留言板", "网上", "x"]))
    assert answer.status_code == 422
    assert "代码、名称、英文名、方式、顺序、在用" in answer.content.decode()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xd0\xcf\x11\xe0" + b"0" * 600, "旧版 .xls"),
        (b"PK\x03\x04 broken", "不是 Excel"),
        ("代码,名称".encode(), "不是 Excel"),
        (b"", "选择文件"),
    ],
)
def test_a_file_that_is_no_workbook_is_refused(admin, content, words):
    file = BytesIO(content)
    file.name = "表.xlsx"
    answer = upload(admin, "channels", file)
    assert answer.status_code == 422
    assert words in answer.content.decode() or "不是 Excel" in answer.content.decode()


def test_duties_are_admitted_and_ended_by_a_sheet(admin):
    first = register.list_all_duties()[0]
    book = make_book(
        ["编号", "单位", "类别", "地方", "主办或协办", "条款", "生效", "失效"],
        [None, "水务公司", "010101 停水", None, "协办", "第9条", "2026年1月1日", None],
        [
            first.pk,
            first.unit.key,
            first.category.code,
            first.area.code if first.area else None,
            first.part,
            first.clause,
            first.valid_from.isoformat(),
            "2026-12-31",
        ],
        [None, "water", "010101", None, "主办", "", "2026-01-01", None],
    )
    answer = upload(admin, "duties", book)
    page = answer.content.decode()
    assert all(words in page for words in ("新增 1", "修改 1", "有 1 行有误", "条款"))
    book = make_book(
        ["单位", "编号", "类别", "主办或协办", "条款", "生效"],
        ["water", None, "010101", "协办", "第9条", "2026-01-01"],
    )
    answer = upload(admin, "duties", book)
    assert admin.post(answer.request["PATH_INFO"]).status_code == 303
    assert any(duty.clause == "第9条" for duty in register.list_all_duties())


def test_a_sheet_changes_no_more_rows_than_its_list_allows(county):
    listing = replace(get_listing("channels"), most=3)
    names = [(at, {"key": f"door-{at}", "name": "门", "kind": "网上"}) for at in range(2, 7)]
    plan = make_plan(listing, names)
    assert len(plan.effective) == 3
    assert [step.line for step in plan.wrong] == [5, 6]

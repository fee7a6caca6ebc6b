"""The pages of the lists: searching, adding, changing, closing, and the history of it."""

from __future__ import annotations

import pytest

from administration.conftest import LOGINS
from huiyin.administration.setup.registry import LISTINGS
from huiyin.app.demo.economy.organisations import install_organisations
from huiyin.journal.api import list_entries
from huiyin.people import api as people
from huiyin.register import api as register

pytestmark = pytest.mark.django_db
PARTS = [listing.key for listing in LISTINGS]


def page_of(client, path, **query):
    answer = client.get(f"/console/setup{path}", query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_first_page_lists_every_part_with_its_count(admin):
    page = page_of(admin, "")
    for listing in LISTINGS:
        assert listing.title.zh in page
        assert f'href="/console/setup/{listing.key}"' in page
    assert f'<span class="count">{len(people.list_units())}</span>' in page
    assert "系统设置" in admin.get("/console/workdays").content.decode()


def test_a_security_officer_finds_accounts_and_posts_alone(security):
    page = page_of(security, "")
    assert "任职" in page
    assert "答复模板" not in page
    assert security.get("/console/setup/units").status_code == 403
    assert security.get("/console/setup/accounts").status_code == 200


@pytest.mark.parametrize("role", sorted(set(LOGINS) - {"admin", "security"}))
def test_nobody_else_opens_the_settings(as_role, role):
    install_organisations()
    client = as_role(role)
    for path in ("", "/units", "/accounts", "/posts", "/limits", "/processes", "/units/download"):
        assert client.get(f"/console/setup{path}").status_code == 403
    assert client.post("/console/setup/units/new", {"key": "x"}).status_code == 403


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_list_has_its_pages_in_both_languages(admin, part, language):
    admin.cookies["huiyin_language"] = language
    listing = next(one for one in LISTINGS if one.key == part)
    assert listing.title.tell(language) in page_of(admin, f"/{part}", state="all")
    page_of(admin, f"/{part}/upload")
    assert not listing.adds or page_of(admin, f"/{part}/new")
    for thing in list(listing.map_rows())[:1]:
        page_of(admin, f"/{part}/entry/{thing}")
        page_of(admin, f"/{part}/entry/{thing}/history")


def test_an_unknown_part_or_entry_is_not_there(admin):
    for path in ("/nothing", "/units/entry/nothing", "/accounts/entry/nobody/history", "/limits/new"):
        assert admin.get(f"/console/setup{path}").status_code == 404


def test_a_list_is_searched_by_code_and_by_title_and_turned_page_by_page(admin):
    assert "water-affairs" in page_of(admin, "/units", q="water")
    assert "水务公司" in page_of(admin, "/units", q="公共服务企业")
    assert "没有符合条件的" in page_of(admin, "/units", q="没有这个单位")
    assert "没有符合条件的" in page_of(admin, "/units", state="closed")
    page = page_of(admin, "/categories")
    assert 'aria-current="page">1<' in page
    assert "page=2" in page
    assert page_of(admin, "/categories", page="999999") != page


def test_an_entry_is_added_by_a_form_and_faults_stand_beside_their_fields(admin):
    wrong = admin.post("/console/setup/units/new", {"key": "公园", "name": "", "short": "园林", "sort": "x"})
    page = wrong.content.decode()
    assert wrong.status_code == 422
    assert all(f'id="id_{field}-error"' in page for field in ("name", "sort"))
    assert 'value="园林"' in page
    good = {"key": "parks", "name": "园林中心", "short": "园林", "kind": "department", "sort": "90"}
    added = admin.post("/console/setup/units/new", good)
    assert added.status_code == 303
    assert added.url == "/console/setup/units?done=added"
    assert "已新增" in admin.get(added.url).content.decode()
    assert people.find_unit("parks").sort == 90
    again = admin.post("/console/setup/units/new", good)
    assert "这个代码已经有了" in again.content.decode()
    assert again.status_code == 422


def test_a_refusal_of_the_owner_stands_beside_its_field(admin):
    answer = admin.post(
        "/console/setup/units/entry/water",
        {"name": "水务", "short": "水务", "kind": "company", "parent": "water", "sort": "1"},
    )
    assert answer.status_code == 409
    assert 'id="id_parent-error"' in answer.content.decode()


def test_what_is_changed_is_told_in_the_history_with_before_and_after(admin):
    row = {"name": "网上留言", "name_en": "Board", "kind": "online", "sort": "5"}
    assert admin.post("/console/setup/channels/entry/board", row).status_code == 303
    same = admin.post("/console/setup/channels/entry/board", row)
    assert same.url.endswith("?done=same")
    page = page_of(admin, "/channels/entry/board/history")
    assert "<del>网民留言</del> → 网上留言" in page
    assert "管旭" in page
    assert len(list_entries("channel:board")) == 1


def test_an_entry_is_closed_and_taken_up_again(admin):
    page = page_of(admin, "/channels/entry/onekey")
    assert "停用后不能再选用" in page
    closed = admin.post("/console/setup/channels/entry/onekey/state", {"active": "no"})
    assert closed.status_code == 303
    assert "已停用" in admin.get(closed.url).content.decode()
    assert "onekey" not in page_of(admin, "/channels")
    assert "onekey" in page_of(admin, "/channels", state="closed")
    admin.post("/console/setup/channels/entry/onekey/state", {"active": "yes"})
    assert register.Channel.objects.get(key="onekey")


def test_a_unit_with_people_is_not_closed(admin):
    answer = admin.post("/console/setup/units/entry/water/state", {"active": "no"})
    assert answer.status_code == 409
    assert "个在任岗位" in answer.content.decode()
    assert people.find_unit("water")


def test_what_has_no_end_cannot_be_closed(admin):
    place = "/console/setup/limits/entry/hotline.handle.ordinary/state"
    assert admin.post(place, {"active": "no"}).status_code == 404


def test_a_limit_of_the_county_is_set_explained_and_cleared(admin):
    place = "/limits/entry/hotline.handle.ordinary"
    assert "流程文件规定" in page_of(admin, place)
    for typed, field in (
        ({"limit": "7wd", "basis": ""}, "basis"),
        ({"limit": "soon", "basis": "县政办"}, "limit"),
        ({"limit": "", "basis": "县政办"}, "basis"),
    ):
        answer = admin.post(f"/console/setup{place}", typed)
        assert f'id="id_{field}-error"' in answer.content.decode()
    admin.post(f"/console/setup{place}", {"limit": "7wd", "basis": "县政办〔2026〕1号"})
    assert register.load_limits() == {("hotline", "handle", "ordinary"): "7wd"}
    assert "本县规定 7个工作日" in page_of(admin, place)
    admin.post(f"/console/setup{place}", {"limit": "", "basis": ""})
    assert register.load_limits() == {}
    page = page_of(admin, f"{place}/history")
    assert "– → 7wd 县政办〔2026〕1号" in page
    assert "7wd → –" in page


def test_a_day_is_ruled_and_taken_back(admin):
    typed = {"on": "2027-02-08", "works": "rest", "name": "春节", "source": "国办发明电〔2026〕1号"}
    assert admin.post("/console/setup/days/new", typed).status_code == 303
    assert "春节" in page_of(admin, "/days")
    admin.post("/console/setup/days/entry/2027-02-08", typed | {"works": "notice"})
    assert register.list_all_days() == []


def test_every_version_of_a_process_can_be_downloaded(admin):
    page = page_of(admin, "/processes")
    assert "/console/setup/processes/hotline/1" in page
    file = admin.get("/console/setup/processes/hotline/1")
    assert 'key = "hotline"' in file.content.decode()
    assert "hotline.1.toml" in file.headers["Content-Disposition"]
    assert admin.get("/console/setup/processes/hotline/99").status_code == 404


def test_a_place_leads_to_its_poster(admin):
    assert 'href="/p/HC0001/poster"' in page_of(admin, "/places/entry/HC0001")


@pytest.mark.parametrize(
    "junk", ["\x00", "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"), "x" * 9000]
)
def test_junk_is_answered_with_a_page(admin, junk):
    typed = {"key": junk, "name": junk, "short": junk, "kind": junk, "parent": junk, "sort": junk}
    assert admin.post("/console/setup/units/new", typed).status_code == 422
    assert admin.get("/console/setup/units", {"q": junk, "page": junk, "state": junk}).status_code == 200

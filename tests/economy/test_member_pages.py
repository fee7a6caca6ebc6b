"""Roster, officers, rounds, meetings and appeals through the pages that staff use."""

from __future__ import annotations

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from huiyin.economy.assemblies.api import NewItem, NewMeeting, Resolution, call_meeting
from huiyin.economy.members.api import Household, Member, MemberIdentity, NewMember, make_member
from huiyin.economy.organisations.api import appoint, list_clashes, list_officers_of
from huiyin.journal.api import list_accesses
from huiyin.kernel.refusals import Refusal
from huiyin.pages.api import Column, write_xlsx

NOW = timezone.now()
TODAY = timezone.localdate(NOW)


@pytest.fixture
def people(village):
    """Four members of age in two households, and a woman who was struck off."""
    homes = Household.objects.bulk_create(Household(organisation=village, number=at) for at in (1, 2))
    rows = [
        make_member(
            village.pk,
            NewMember(
                homes[at % 2].pk, at, MemberIdentity(f"陈桂{at}", f"99900119800101{at:04d}"),
                "female", date(1980, 1, 1), standing="lost" if at == 5 else "confirmed",
            ),
        )
        for at in range(1, 6)
    ]  # fmt: skip
    return Member.objects.bulk_create(rows)


def page(client, address, status=200):
    response = client.get(f"/console/villages/{address}")
    assert response.status_code == status, response.content.decode()[:3000]
    return response.content.decode()


def send(client, address, status=303, **typed):
    response = client.post(f"/console/villages/{address}", typed)
    assert response.status_code == status, re.sub(r"<[^>]+>|\s+", " ", response.content.decode())[:3000]
    return response


def test_the_roster_is_masked_found_by_number_and_identity_and_leaves_as_a_sheet(village, people, browse):
    client, code = browse("bookkeeper"), village.code
    shown = page(client, f"{code}/members?q=陈")
    assert "陈*" in shown
    assert "陈桂" not in shown
    assert "没有找到成员" in page(client, f"{code}/members?q=99")
    found = send(client, f"{code}/members/find", id_number="999001198001010003")
    assert found.url.endswith(f"/{code}/members/{people[2].pk}")
    assert send(client, f"{code}/members/find", id_number="1").url.endswith("missed=1")
    assert "999***********0003" in page(client, f"{code}/members/{people[2].pk}")
    assert client.get(f"/console/villages/{code}/members/export").status_code == 200


def test_an_identity_opens_for_a_reason_that_is_logged_and_not_to_the_cashier(village, people, browse):
    where = f"{village.code}/members/{people[0].pk}/identity"
    assert send(browse("bookkeeper"), where, 422, reason="看").status_code == 422
    shown = send(browse("bookkeeper"), where, 200, reason="核对分红名单").content.decode()
    assert "陈桂1" in shown
    (access,) = list_accesses(subject=f"member:{people[0].pk}")
    assert access.reason == "核对分红名单"
    assert browse("cashier").post(f"/console/villages/{where}", {"reason": "核对名单"}).status_code == 403


def test_a_household_grows_by_a_candidate_who_is_moved_and_corrected(village, people, browse):
    client, code = browse("bookkeeper"), village.code
    home = send(client, f"{code}/households", group="第二小组").url.split("?")[0].rsplit("/", 1)[1]
    new = {"name": "陈小满", "id_number": "999001202601050017", "sex": "female", "relation": "女"}
    assert (
        "身份证号是 18 位"
        in send(client, f"{code}/households/{home}/new", 422, **{**new, "id_number": "1"}).content.decode()
    )
    send(client, f"{code}/households/{home}/new", **new)
    child = Member.objects.get(household_id=home)
    assert (child.standing, child.born_on) == ("candidate", date(2026, 1, 5))
    assert send(client, f"{code}/households/{home}/new", 422, **new).status_code == 422
    send(client, f"{code}/members/{child.pk}/move", household="1", relation="孙女", why="并户")
    page(client, f"{code}/members/{child.pk}/correct")
    send(client, f"{code}/members/{child.pk}/correct", sex="female", name="陈小曼", reason="登记笔误")
    page(client, f"{code}/households/{home}")
    child.refresh_from_db()
    assert (child.household.number, child.masked_id) == (1, "999***********0017")


def sheet(*rows):
    columns = [Column(title) for title in ("户号", "姓名", "身份证号", "性别", "身份")]
    return SimpleUploadedFile("名册.xlsx", BytesIO(write_xlsx("名册", columns, rows)).read())


def test_a_sheet_is_shown_row_by_row_and_written_whole_or_not_at_all(village, browse):
    client, where = browse("bookkeeper"), f"{village.code}/members/import"
    good, other = (
        ("1", "陈大勇", "999001197001010011", "男", ""),
        ("1", "李梅", "99900119710101002X", "女", ""),
    )
    twice, certified = (
        ("2", "赵四", "999001197001010011", "男", ""),
        ("2", "周五", "999001197201010013", "男", "成员"),
    )
    shown = send(client, where, 200, file=sheet(good, twice, certified)).content.decode()
    assert "2 行有错" in shown
    assert "确认导入" not in shown
    shown = send(client, where, 200, file=sheet(good, other)).content.decode()
    packed = re.search(r'name="rows" value="([^"]+)"', shown)[1]
    assert "陈大勇" not in shown
    send(client, where, do="take", rows=packed)
    assert list(Member.objects.order_by("number").values_list("standing", flat=True)) == ["candidate"] * 2
    assert send(client, where, 422, do="take", rows="x").status_code == 422
    shown = send(browse("rural"), where, 200, file=sheet(certified)).content.decode()
    send(browse("rural"), where, do="take", rows=re.search(r'name="rows" value="([^"]+)"', shown)[1])
    assert Member.objects.get(standing="confirmed").article == "农村集体经济组织法 第11条"


def test_an_overseer_is_not_kin_of_whom_they_oversee(village, officer, browse):
    client, where = browse("director"), f"{village.code}/officers"
    new = {"office": "overseer", "name": "郑秀云", "since": TODAY.isoformat(), "reason": "选举"}
    director = village.officers.filter(office="director").first()
    refused = send(client, where, 422, **new, kin=director.name, relation="妻").content.decode()
    assert "农村集体经济组织法 第34条" in refused
    with pytest.raises(Refusal) as refusal:
        appoint(village, "overseer", director.name, (TODAY, None), "选举", officer("director"), NOW)
    assert (refusal.value.code, refusal.value.rule) == ("overseer-holds-office", "农村集体经济组织法 第34条")
    long = send(client, where, 422, **new, until=(TODAY + timedelta(days=1830)).isoformat()).content.decode()
    assert "五年" in long
    send(client, where, **new)
    fresh = village.officers.get(name="郑秀云")
    send(client, f"{where}/{fresh.pk}/kin", kin=director.name, relation="妻")
    assert list_clashes(list_officers_of(village, TODAY)) == {fresh.pk}
    assert "应当回避" in page(client, f"{village.code}/officers")
    send(client, f"{where}/{fresh.pk}/end", until=TODAY.isoformat(), reason="回避")


def test_a_meeting_is_called_attended_voted_and_confirmed_by_another(village, officer, people, browse):
    client, code = browse("bookkeeper"), village.code
    page(client, f"{code}/meetings/new")
    form = {
        "kind": "delegates", "name": "2026年大会", "place": "村部", "begins": "09:00",
        "held_on": (TODAY + timedelta(days=10)).isoformat(), "matter": "charter", "title": "修改章程",
        "subject": "",
    }  # fmt: skip
    refused = send(client, f"{code}/meetings/new", 422, **form).content.decode()
    assert "农村集体经济组织法 第28条" in refused
    assert "2026年大会" in refused
    send(client, f"{code}/meetings/new", **{**form, "kind": "assembly"})
    new = NewMeeting("assembly", "年会", TODAY, "村部", (NewItem("distribution", "分配方案", "plan:9"),))
    held = call_meeting(village, new, None, NOW - timedelta(days=10))
    where = f"{code}/meetings/{held.pk}"
    page(client, f"{where}/attendance")
    sheet = {"member": [one.pk for one in people[:4]], **{f"how-{one.pk}": "present" for one in people[:2]}}
    proxy = {f"how-{people[2].pk}": "proxy", f"proxy-{people[2].pk}": people[1].pk}
    refused = send(client, f"{where}/attendance", 422, **sheet, **proxy, **{f"paper-{people[2].pk}": "1号"})
    assert "同一户内" in refused.content.decode()
    proxy[f"proxy-{people[2].pk}"] = people[0].pk
    send(client, f"{where}/attendance", **sheet, **proxy, **{f"paper-{people[2].pk}": "1号"})
    item = Resolution.objects.get(subject="plan:9")
    page(client, f"{where}/votes")
    assert (
        send(client, f"{where}/votes", 422, **{f"agreed-{item.pk}": "4"}, chair="理事长").status_code == 422
    )
    send(client, f"{where}/votes", **{f"agreed-{item.pk}": "3"}, chair="理事长", minutes="逐项表决")
    assert "录入票数的人不能自己确认" in send(client, f"{where}/close", 422).content.decode()
    send(browse("director"), f"{where}/close")
    item.refresh_from_db()
    assert item.valid
    assert "决议有效" in page(browse("rural"), where)
    assert "签字" in page(client, f"{where}/print")
    assert "有效" in page(client, f"{code}/meetings")
    page(client, f"{code}/delegates")
    send(client, f"{code}/delegates", number="1")
    assert client.get(f"/console/villages/{code}/meetings/export").status_code == 200


def test_a_married_out_woman_is_restored_by_appeal_through_the_pages(village, people, browse):
    code, struck = village.code, people[4]
    client = browse("overseer")
    assert "申请复核" in page(client, f"{code}/members/{struck.pk}")
    page(client, f"{code}/members/{struck.pk}/appeal")
    assert send(client, f"{code}/members/{struck.pk}/appeal", 422, ground="married-out").status_code == 422
    filed = send(
        client,
        f"{code}/members/{struck.pk}/appeal",
        ground="married-out",
        words="出嫁后被除名",
        evidence="证明",
    )
    where = re.sub(r"^/console/villages/|\?.*$", "", filed.url)
    shown = page(client, where)
    assert "应当确认，不得取消" in shown
    assert "第18条第二款" in shown
    send(client, where, ground="married-out", evidence="外村证明：未取得成员身份")
    send(client, where, move="inquire", reason="情况属实")
    send(browse("director"), where, move="deliberate", reason="法定情形")
    refused = send(browse("rural"), where, 422, move="dismiss", reason="村规民约", remedy="仲裁")
    assert "农村集体经济组织法 第8条、第18条第二款" in refused.content.decode()
    send(browse("rural"), where, move="uphold", reason="不得取消")
    send(browse("bookkeeper"), where, move="tell_upheld", reply="已恢复")
    assert "已恢复" in page(client, where)
    assert "成员" in page(client, f"{code}/members/{struck.pk}")
    assert "没有正在办理的复核" in page(browse("rural"), "membership/appeals")
    assert "申请成立" in page(browse("rural"), "membership/appeals?state=all")
    assert browse("rural").get("/console/villages/membership/appeals/export?state=all").status_code == 200
    struck.refresh_from_db()
    assert struck.standing == "confirmed"


def test_a_round_is_opened_sorted_and_handed_on_through_the_pages(village, people, browse):
    client, code = browse("bookkeeper"), village.code
    Member.objects.filter(pk=people[3].pk).update(standing="candidate")
    page(client, f"{code}/rounds")
    opened = send(client, f"{code}/rounds", title="年度认定", as_of=TODAY.isoformat())
    where = re.sub(r"^/console/villages/|\?.*$", "", opened.url)
    entry = re.search(r'name="entry" value="(\d+)"', page(client, where))[1]
    refused = send(
        client, where, 422, entry=entry, **{f"ground-{entry}": "birth", f"klass-{entry}": "refuse"}
    )
    assert "农村集体经济组织法 第12条第二款" in refused.content.decode()
    send(client, where, entry=entry, **{f"ground-{entry}": "birth"})
    page(client, f"{where}/entries/{entry}")
    assert "名册上没有" in send(client, f"{where}/add", 422, numbers="1 99").content.decode()
    send(client, f"{where}/add", numbers="1")
    refused = send(client, where, 422, move="submit", reason="登记完毕").content.decode()
    assert "还有 1 人没有分类登记" in refused
    other = next(pk for pk in re.findall(r'name="entry" value="(\d+)"', page(client, where)) if pk != entry)
    send(client, f"{where}/entries/{other}", do="drop")
    send(client, where, move="submit", reason="登记完毕")
    send(browse("director"), where, move="agree", note="两委会议通过")
    assert "等待表决的事项" in page(client, f"{code}/meetings/new")
    assert client.get(f"/console/villages/{where}/export").status_code == 200
    assert village.name in page(browse("rural"), "membership")
    assert (
        "已启动"
        in browse("rural")
        .post(
            "/console/villages/membership",
            {"pick": code, "title": "补充认定", "as_of": TODAY.isoformat()},
            follow=True,
        )
        .content.decode()
    )
    assert browse("rural").get("/console/villages/membership/export").status_code == 200


ODD = ("\x00", "9" * 30, "２", "-1", "9999-12-31", "0001-01-01", "<b>", "x" * 5000)


@pytest.mark.parametrize("value", ODD)
def test_whatever_is_typed_is_answered_and_never_by_a_fault(village, officer, people, browse, value):
    code, director, rural = village.code, browse("director"), browse("rural")
    item = NewItem("other", "修路")
    held = call_meeting(
        village, NewMeeting("assembly", "会", TODAY, "村部", (item,)), None, NOW - timedelta(days=10)
    )
    own, where = people[0].pk, f"{code}/meetings/{held.pk}"
    forms = {
        f"{code}/officers": dict.fromkeys(("office", "name", "since", "until", "reason", "kin"), value)
        | {"office": "board"},
        f"{code}/meetings/new": dict.fromkeys(
            ("name", "held_on", "place", "matter", "title", "begins"), value
        ),
        f"{where}/attendance": {"member": [value, own], f"how-{own}": "proxy", f"proxy-{own}": value},
        f"{where}/votes": {f"agreed-{held.resolutions.get().pk}": value, "chair": value},
        f"{code}/members/{own}/move": {"household": value, "why": value},
        f"{code}/members/{own}/correct": {"sex": value, "id_number": value, "name": value, "reason": value},
        f"{code}/members/find": {"id_number": value},
        f"{code}/members/import": {"do": "take", "rows": value},
        f"{code}/rounds": {"title": value, "as_of": value},
        f"{code}/delegates": {"number": value},
    }
    for address, typed in forms.items():
        answer = director.post(f"/console/villages/{address}", typed)
        assert answer.status_code in {303, 403, 404, 422}, (address, answer.status_code)
    for query in (f"{code}/members?q={value}&page={value}", f"membership?q={value}"):
        assert rural.get(f"/console/villages/{query}").status_code == 200

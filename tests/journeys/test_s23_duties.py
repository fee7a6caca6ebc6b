"""S23 职责清单: ninety-nine powers handed to townships, admission of a duty, nothing pushed down."""

from __future__ import annotations

from io import BytesIO

from openpyxl import load_workbook

from huiyin.admissions.api import enter_register, is_admitted
from huiyin.cases.api import Case
from huiyin.journal.api import Event, drain_outbox
from huiyin.register.api import Category

STEPS = ["提出", "征求意见", "决定", "入清单"]
POWERS = "《赋权乡镇事项清单（2026年版）》"
PROPOSER, HANDLER, CENTRE, SECOND = "luoting", "jianghaitao", "guoheng", "xiaanning"


def _sheet(walker, path, login=CENTRE):
    answer = walker.browser(login).get(path)
    return list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))


def _admit_now(walker):
    """What the worker does after the decision."""
    found = Case.objects.filter(process="admission", stage="admitted")
    for case in found:
        assert is_admitted({"move": "agree", "to": case.stage})
        enter_register(case.pk, walker.now)


def propose(walker, login=PROPOSER, **typed):
    told = {
        "unit": "柳河镇政府",
        "category": "路灯不亮",
        "area": "柳河镇",
        "clause": "《赋权清单》第100项：镇区路灯的维修",
        "basis": "禾政发〔2026〕12号",
        "since": "2026-03-05",
        "reason": "镇里自己有电工，修得快",
    }
    page = walker.open("/console/admissions/new", login)
    return walker.send(page, login, "/console/admissions/new", **{**told, **typed})


def _number(page):
    return page.first("nav", "crumbs").find("span")[-1].words


def test_ninety_nine_powers_are_on_the_list_and_each_is_led_by_the_township_in_its_own_area(walker):
    walker.open("/console/duties", CENTRE)
    rows = _sheet(walker, f"/console/duties/export?q={POWERS}&part=lead")
    clauses = {row[6].partition("：")[0] for row in rows[1:]}
    assert clauses == {f"{POWERS}第{number}项" for number in range(1, 100)}
    assert all(row[3].endswith(("镇政府", "乡政府", "街道办")) and row[4] != "全县" for row in rows[1:])
    assert all("行政处罚法第二十四条" in row[7] for row in rows[1:])
    helping = _sheet(walker, f"/console/duties/export?q={POWERS}&part=assisting")
    assert len(helping) == 99 + 1
    version = walker.open("/console/duties/versions", CENTRE).first("tbody").first("tr").words
    assert f"禾政发〔2026〕1号 {POWERS}" in version


def test_what_was_handed_over_goes_to_the_township_and_what_was_not_to_the_department_alone(walker):
    number, _ = walker.register(
        "/console/intake", "linxiao", words="门口摊子占了路", phone="13900001234", township="柳河镇",
        finish="登记并受理",
    )  # fmt: skip
    told = walker.refuse(number, "派单", "hemin", lead="柳河镇政府", category="墙体开裂")
    assert "不能下放乡镇" in told
    assert "《禾川县派单目录》第3.2条把它交给住建局主办" in told
    page = walker.press(number, "派单", "hemin", lead="柳河镇政府", category="占道经营")
    assert page.stage == "待签收"


def test_a_dispatch_off_the_list_names_unit_and_clause_and_is_designated_only_with_a_reason(walker):
    number, _ = walker.register(
        "/console/intake", "linxiao", words="路灯不亮", phone="13900001234", finish="登记并受理"
    )
    told = walker.refuse(number, "派单", "hemin", lead="教育局", category="路灯不亮")
    assert "《禾川县派单目录》第2.3条把它交给城管局主办" in told
    assert "国办函〔2025〕66号" in told
    walker.refuse(number, "派单", "hemin", lead="教育局", category="路灯不亮", designate="yes")
    walker.press(
        number, "派单", "hemin", lead="教育局", category="路灯不亮", designate="yes", reason="校门口的灯"
    )
    listed = walker.open("/console/duties/designated", CENTRE)
    assert "校门口的灯" in listed.words
    assert "教育局" in listed.words


def test_a_duty_is_proposed_heard_decided_and_then_dispatched_by(walker):
    page = propose(walker)
    number = _number(page)
    assert page.steps == STEPS
    assert (page.stage, page.step) == ("待单位意见", "征求意见")
    assert page.clock.startswith("单位意见时限 03-11 17:30")
    assert "镇区路灯的维修" in page.first("div", "admission").words
    assert "同意准入" not in walker.case(number, CENTRE).offers
    page = walker.press(number, "同意承接", HANDLER)
    assert "柳河镇政府同意承接" in page.words
    walker.press(number, "同意准入", CENTRE)
    _admit_now(walker)
    page = walker.case(number, CENTRE)
    assert (page.stage, page.step) == ("已入清单", "入清单")
    version = page.first("div", "admission").find("a")[-1]
    changed = walker.open(version.attrs["href"], CENTRE)
    assert number in changed.words
    assert "镇区路灯的维修" in changed.first("table").words
    walker.later(days=1)
    matter, _ = walker.register(
        "/console/intake",
        "linxiao",
        words="路灯不亮",
        phone="13900001234",
        township="柳河镇",
        finish="登记并受理",
    )
    assert walker.press(matter, "派单", "hemin", lead="柳河镇政府", category="路灯不亮").stage == "待签收"
    assert walker.is_whole(number)


def test_who_objects_is_heard_and_over_an_objection_the_centre_gives_a_reason(walker):
    number = _number(propose(walker))
    walker.refuse(number, "不同意承接", HANDLER)
    walker.press(number, "不同意承接", HANDLER, reason="没有登高车")
    page = walker.case(number, CENTRE)
    assert page.stage == "单位有异议，待决定"
    assert "柳河镇政府不同意承接" in page.words
    assert "没有登高车" in page.words
    assert "同意准入" not in page.offers
    walker.refuse(number, "有异议仍准入", CENTRE)
    page = walker.press(number, "不同意准入", CENTRE, reason="条件不具备，仍由城管局办")
    assert page.stage == "不同意准入"
    assert "路灯" in walker.open("/console/admissions?state=all", CENTRE).words


def test_the_centre_changes_what_was_proposed_and_both_stay_on_record(walker):
    number = _number(propose(walker))
    walker.press(number, "同意承接", HANDLER)
    page = walker.open(f"/console/admissions/{number}/change", CENTRE)
    page = walker.send(
        page,
        CENTRE,
        f"/console/admissions/{number}/change",
        clause="《赋权清单》第101项：路灯报修",
        reason="先试",
    )
    _admit_now(walker)
    page = walker.case(number, CENTRE)
    assert page.stage == "已入清单"
    assert "第101项" in page.first("div", "admission").words
    assert "原来提出的：《赋权清单》第100项" in page.first("div", "admission").words


def test_a_proposal_that_cannot_be_is_said_beside_its_field_with_all_that_was_typed(walker):
    page = propose(walker, clause="  ")
    assert page.status == 422
    assert "请写明派单目录或职责清单的条款" in page.words
    assert page.first("textarea", id="id_reason").words == "镇里自己有电工，修得快"
    again = walker.send(page, PROPOSER, "/console/admissions/new", clause="第100项")
    assert again.stage == "待单位意见"


def test_the_event_of_a_decision_goes_to_the_job_and_no_other_move_does(walker):
    heard: list[Event] = []
    number = _number(propose(walker))
    walker.press(number, "同意承接", HANDLER)
    case = Case.objects.get(number=number)
    while drain_outbox(heard.append):
        pass
    assert not [one for one in heard if one.name == "case-moved" and is_admitted(one.body)]
    assert case.category_id == Category.objects.get(code="020301").pk

"""The return court (国办函〔2025〕66号): return, review, consultation, a ruling that binds, a precedent."""

from __future__ import annotations

from urllib.parse import quote

from tests.journeys.reading import read_form, read_table
from tests.journeys.test_hotline import call, dispatch

CLAUSE, WHY = "《禾川县派单目录》第1.1.6条", "水源管护不归供水企业"


def decide(walker, number, kind, login="guoheng", **typed):
    """Fill in that form of the case on the desk of the court, and send it."""
    page = walker.open("/console/court", login)
    form = read_form(page.first("article", id=f"at-{number}").first("form", id=f"{kind}-{number}"))
    answer = walker.post(form.action, form.fill(typed), login)
    return walker.follow(answer, login) if answer.status_code in {302, 303} else answer


def returned(walker, **typed):
    """A call whose first return the centre did not accept."""
    number, link = call(walker, grade="一般", **typed)
    dispatch(walker, number)
    walker.later(hours=2).press(number, "退单", "tanxue", clause=CLAUSE, reason=WHY)
    decide(walker.later(hours=1), number, "refuse", reason="表前管网归水务")
    return number, link


def consulted(walker, **typed):
    """The same, and the unit does not accept that."""
    number, link = returned(walker, **typed)
    page = walker.later(hours=1).press(number, "退单", "tanxue", clause=CLAUSE, reason=WHY)
    assert page.stage == "会商中"
    decide(walker, number, "invite", invited=["水利局", "住建局"])
    return number, link


def ruled(walker, **typed):
    """The same, ruled on once one unit has spoken and the other let its time pass."""
    number, link = consulted(walker, **typed)
    walker.press(number, "提出会商意见", "gezhendong", opinion="农村饮水工程由水务公司管护")
    walker.later(days=5)
    decide(
        walker,
        number,
        "rule",
        lead="水务公司",
        assisting=["水利局"],
        clause=CLAUSE,
        reason="管网与水表由供水企业管护",
    )
    return number, link


def test_the_form_of_a_return_offers_the_units_own_clauses_and_says_how_long_there_is(walker):
    number, _ = call(walker, grade="一般")
    dispatch(walker, number)
    page = walker.later(hours=1).case(number, "tanxue", "ask_return")
    act = page.first("section", id="act")
    assert "退单期限到 03-05 17:30" in act.words
    listed = act.first("select", id="id_clause-listed")
    assert {group.attrs["label"] for group in listed.find("optgroup")} >= {"本单位的职责条款"}
    clause = listed.find("option")[1].attrs["value"]
    page = walker.press(number, "退单", "tanxue", **{"clause-listed": clause, "clause": "", "reason": WHY})
    assert page.stage == "退单待审"
    assert "清单上有这一条" in walker.open("/console/court", "guoheng").first("article").words


def test_a_return_without_a_clause_or_too_late_is_refused_by_the_rule(walker):
    number, _ = call(walker, grade="一般")
    dispatch(walker, number)
    assert "依据条款" in walker.refuse(number, "退单", "tanxue", reason=WHY)
    walker.later(days=2)
    told = walker.refuse(number, "退单", "tanxue", clause=CLAUSE, reason=WHY)
    assert ("退单期限" in told, "派单办法" in told) == (True, True)


def test_the_centre_decides_a_return_on_its_desk_and_the_promise_to_the_person_stands(walker):
    number, _ = call(walker, grade="一般")
    promised = dispatch(walker, number).clock
    walker.later(hours=2).press(number, "退单", "tanxue", clause=CLAUSE, reason=WHY)
    card = walker.open("/console/court", "guoheng").first("article", id=f"at-{number}").words
    for told in ("水务公司", "谭雪", CLAUSE, WHY, "近一年主办 1 件", "剩"):
        assert told in card, told
    assert walker.open("/console/court", "tanxue").status == 403
    page = decide(walker.later(hours=1), number, "accept", note="归水利")
    assert "已提交裁决" in page.words
    page = dispatch(walker.later(days=1), number, lead="水利局")
    assert page.clock[:18] == promised[:18]


def test_the_second_dispute_goes_to_the_units_and_ends_in_a_ruling_that_binds_them(walker):
    number, link = consulted(walker)
    case = walker.case(number)
    assert ("不同意退单" in case.offers, "裁定" in case.offers) == (False, True)
    assert "正在商定" in walker.open(link).first("h1").words
    assert "请提出会商意见" in walker.open("/console/notices", "gezhendong").words
    walker.press(number, "提出会商意见", "gezhendong", opinion="农村饮水工程由水务公司管护")
    answer = decide(walker, number, "rule", lead="水务公司", reason="管网由供水企业管护")
    assert (answer.status_code, "还有 1 个单位" in answer.content.decode()) == (409, True)
    walker.later(days=5)
    card = walker.open("/console/court", "guoheng").first("article", id=f"at-{number}").words
    assert ("农村饮水工程由水务公司管护" in card, "视为无异议" in card) == (True, True)
    decide(
        walker, number, "rule", lead="水务公司", assisting=["水利局"], clause=CLAUSE, reason="管网由企业管护"
    )
    page = walker.case(number)
    assert (page.stage, "裁〔2026〕1号" in page.marks) == ("待签收", True)
    told = walker.refuse(number, "退单", "tanxue", clause=CLAUSE, reason=WHY)
    assert ("裁〔2026〕1号" in told, "国办函〔2025〕66号" in told) == (True, True)
    assert "裁定由水务公司办理" in walker.texts(number)[-1]
    walker.press(number, "签收", "tanxue")
    assert walker.is_whole(number)


def test_a_ruling_is_a_precedent_shown_before_the_next_dispatch(walker):
    ruled(walker)
    number, _ = call(walker, words="二号楼也停水了", grade="一般", category="农村饮水")
    shown = walker.case(number, "hemin").first("section", "precedents").words
    assert ("裁〔2026〕1号" in shown, "水务公司主办" in shown) == (True, True)
    assert walker.case(number, "linxiao").find("section", "precedents") == []


def test_precedents_are_listed_for_all_searched_exported_withdrawn_and_restored(walker):
    ruled(walker)
    listed = walker.open(f"/console/precedents?q={quote('供水企业')}", "shuliping")
    assert "裁〔2026〕1号" in listed.words
    assert ("水利局" in listed.words, "逾期未提出意见" in listed.words) == (True, True)
    assert "没有符合条件的先例" in walker.open(f"/console/precedents?q={quote('广场舞')}", "shuliping").words
    sheet = walker.browser("shuliping").get("/console/precedents?export=list")
    assert sheet["Content-Type"].endswith("spreadsheetml.sheet")
    page = walker.open("/console/precedents", "guoheng")
    action = page.first("article").first("form").attrs["action"].partition("#")[0]
    page = walker.send(page, "guoheng", action, reason="目录已改")
    assert "不再作先例提示" in page.words
    assert "目录已改" in walker.open("/console/precedents?state=withdrawn", "shuliping").words
    page = walker.open("/console/precedents?state=withdrawn", "guoheng")
    walker.send(page, "guoheng", page.first("article").first("form").attrs["action"])
    assert "裁〔2026〕1号" in walker.open("/console/precedents", "shuliping").words
    assert walker.open("/console/precedents", "guanxu").status == 403


def test_what_units_returned_is_counted_with_the_cases_behind_it_each_unit_seeing_its_own(walker):
    ruled(walker)
    (row, _total) = read_table(walker.open("/console/returns", "luzhengping").first("table"))
    assert (row["单位"], row["主办派单"], row["提出退单"], row["再次争议"]) == ("水务公司", "2", "2", "1")
    assert (row["不同意"], row["裁定维持"], row["退单率"]) == ("1", "1", "50.0% 1/2")
    own = walker.open("/console/returns", "tanxue").first("table").words
    assert "水务公司" in own
    assert walker.open("/console/returns", "shuliping").find("table") == []
    link = walker.open("/console/returns", "tanxue").first("td").find("a") or walker.open(
        "/console/returns", "tanxue"
    ).first("tbody").find("a")
    cases = walker.open(link[0].attrs["href"], "tanxue")
    assert len(cases.first("tbody").find("tr")) == 2
    other = link[0].attrs["href"]
    assert "没有这样的退单" in walker.open(other, "shuliping").words
    for path in ("/console/returns?export=sheet", "/console/returns/cases?export=list"):
        assert walker.browser("tanxue").get(path)["Content-Type"].endswith("spreadsheetml.sheet")

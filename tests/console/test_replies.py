"""Replies on the console: checked on the form, sampled to the centre, judged, rules on record."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from huiyin.appeals.api import list_notices
from huiyin.cases.api import Case
from huiyin.journal.api import list_entries
from huiyin.people.api import Unit
from huiyin.replies.api import Check, get_rules

GOOD = (
    "您好！关于您反映的六楼没水，水务公司 3 月 4 日到现场核实，水泵控制器坏了，当天已更换，早晚水压正常；"
    "3 月 9 日再回看一次。按《供水服务办法》第八条，没有解决好的继续办，请拨打 0999-5301234 找客服科。"
)
PASSED_ON = "您好，您反映的问题已转有关部门处理，请耐心等待。"


def _url(case, move="answer"):
    return f"/console/cases/{case.number}/moves/{move}"


def _send(client, case, move="answer", **fields):
    case.refresh_from_db()
    return client.post(_url(case, move), {"version": case.version, **fields})


@pytest.fixture
def handling(make_case, move, unit_of):
    """A case that the water company has signed for."""
    case = make_case("六楼没水，什么时候修好？", title="六楼没水", name="王秀兰", phone="13900002716")
    move(case, "accept", "linxiao")
    move(case, "dispatch", "hemin", lead=unit_of("water").pk, grade="ordinary", designate=True, reason="牵头")
    return move(case, "sign", "tanxue")


@pytest.fixture
def handler(sign_in):
    return sign_in(Client(), "tanxue")


@pytest.fixture
def reviewer(sign_in):
    return sign_in(Client(), "guoheng")


@pytest.fixture
def weak(handling, handler):
    """The check of a reply that went out with a reason."""
    _send(handler, handling, reply=PASSED_ON, **{"reply-reason": "已当面说清"})
    return Check.objects.get(case=handling)


def test_a_good_reply_goes_through_and_its_check_is_kept(handler, handling):
    assert _send(handler, handling, reply=GOOD).status_code == 302
    check = Check.objects.get(case=handling)
    handling.refresh_from_db()
    assert (check.band, check.version, check.move) == ("good", handling.version, "answer")
    assert (check.unit_id, check.account, check.reason) == (handling.lead_id, check.account, "")
    assert check.account.startswith("谭雪")


def test_a_weak_reply_is_shown_back_with_its_lacks_and_nothing_is_lost(handler, handling):
    answer = _send(handler, handling, reply=PASSED_ON, note="内部的话")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert PASSED_ON in page
    assert "内部的话" in page
    assert "只说转给了别的部门" in page
    assert 'name="reply-reason"' in page
    assert not Check.objects.filter(case=handling).exists()
    assert Case.objects.get(pk=handling.pk).stage == "handling"


def test_with_a_reason_it_goes_and_the_reason_stands_in_the_note_and_beside_the_check(weak, handling):
    assert (weak.band, weak.sampled, weak.reason) == ("poor", "weak", "已当面说清")
    entry = list_entries(f"case:{handling.number}")[-1]
    assert "仍要提交：已当面说清" in entry.body["inputs"]["note"]


def test_a_reason_for_a_good_reply_is_not_kept(handler, handling):
    _send(handler, handling, reply=GOOD, **{"reply-reason": "多余的理由"})
    assert Check.objects.get(case=handling).reason == ""


def test_the_same_form_sent_twice_is_checked_once(handler, handling):
    fields = {
        "reply": PASSED_ON,
        "reply-reason": "已当面说清",
        "client_key": "once",
        "version": handling.version,
    }
    for _ in range(2):
        assert handler.post(_url(handling), fields).status_code == 302
    assert Check.objects.filter(case=handling).count() == 1


def test_progress_is_no_answer_and_is_not_checked(handler, handling):
    assert _send(handler, handling, "progress", reply="配件明天到").status_code == 302
    assert not Check.objects.filter(case=handling).exists()


def test_the_panel_follows_the_typing(handler, handling):
    address = _url(handling) + "/reply"
    told = handler.post(address, {"reply": PASSED_ON, "reply-reason": "写了一半"}).content.decode()
    assert "不合要求" in told
    assert 'value="写了一半"' in told
    assert "<html" not in told
    assert "合乎要求" in handler.post(address, {"reply": GOOD}).content.decode()
    assert "写好后会检查" in handler.post(address, {"reply": " "}).content.decode()
    form = handler.get(f"/console/cases/{handling.number}?move=answer").content.decode()
    assert 'aria-live="polite" hx-post=' in form


def test_nobody_checks_against_a_case_that_they_may_not_see(sign_in, handling):
    other = sign_in(Client(), "gezhendong")
    assert other.post(_url(handling) + "/reply", {"reply": GOOD}).status_code == 404


def test_whoever_approves_sees_what_the_answer_lacks(sign_in, weak, handling):
    page = (
        sign_in(Client(), "zhaomingde").get(f"/console/cases/{handling.number}?move=close").content.decode()
    )
    assert "只说转给了别的部门" in page
    assert 'name="reply-reason"' not in page


def test_the_list_holds_what_is_to_be_judged_and_narrows(reviewer, weak):
    page = reviewer.get("/console/replies").content.decode()
    assert "六楼没水" in page
    assert "六楼没水" not in reviewer.get("/console/replies?band=good").content.decode()
    assert (
        "六楼没水" in reviewer.get(f"/console/replies?unit={weak.unit_id}&since=2020-01-01").content.decode()
    )
    assert "六楼没水" not in reviewer.get("/console/replies?until=2020-01-01").content.decode()
    assert "六楼没水" not in reviewer.get("/console/replies?view=judged").content.decode()
    units = reviewer.get("/console/replies?view=units").content.decode()
    assert "1 / 1 · 100.0%" in units
    assert reviewer.get("/console/replies?view=nonsense&unit=x&page=99&since=0001-01-01").status_code == 200


def test_the_list_leaves_as_a_spreadsheet(reviewer, weak):
    for view in ("to-judge", "units"):
        answer = reviewer.get(f"/console/replies/export?view={view}")
        assert answer["Content-Type"].endswith("spreadsheetml.sheet")


def test_an_unfit_reply_is_sent_back_by_the_move_of_the_process(reviewer, weak, handling):
    address = f"/console/replies/{weak.pk}"
    page = reviewer.get(address).content.decode()
    assert PASSED_ON in page
    assert "退回重办" in page
    refused = reviewer.post(address, {"verdict": "unfit", "why": "", "then": "sent-back"})
    assert refused.status_code == 409
    answer = reviewer.post(address, {"verdict": "unfit", "why": "没有写查到什么", "then": "sent-back"})
    assert answer["Location"].endswith("?done=sent-back")
    weak.refresh_from_db()
    assert (weak.verdict, weak.followed, weak.judged_why) == ("unfit", "sent-back", "没有写查到什么")
    assert Case.objects.get(pk=handling.pk).stage == "handling"
    assert list_entries(f"reply:{handling.number}")[-1].verb == "reply-judged"
    again = reviewer.post(address, {"verdict": "fit"})
    assert again.status_code == 409
    assert "已经评判过" in again.content.decode()


def test_past_its_review_the_unit_is_told_instead(sign_in, reviewer, weak, handling, move):
    move(handling, "close", "zhaomingde")
    address = f"/console/replies/{weak.pk}"
    assert "sent-back" not in reviewer.get(address).content.decode()
    reviewer.post(address, {"verdict": "unfit", "why": "没有写查到什么", "then": "sent-back"})
    weak.refresh_from_db()
    assert weak.followed == "noticed"
    assert "reply-unfit" in {notice.kind for notice in list_notices([weak.unit_id])}
    bell = sign_in(Client(), "tanxue").get("/console/notices").content.decode()
    assert "答复抽查不合格" in bell
    assert "没有写查到什么" in bell


def test_agreement_is_told_with_both_numbers(reviewer, weak):
    reviewer.post(f"/console/replies/{weak.pk}", {"verdict": "fit", "why": "", "then": "nothing"})
    page = reviewer.get("/console/replies?view=judged").content.decode()
    assert "0 / 1 条" in page
    assert "人工判合格 1" in page


def test_nobody_judges_their_own_units_reply(account_of, reviewer, weak):
    Check.objects.filter(pk=weak.pk).update(account_id=account_of("guoheng").id)
    page = reviewer.get(f"/console/replies/{weak.pk}").content.decode()
    assert "须由别的单位的人评判" in page
    assert 'name="verdict"' not in page
    assert reviewer.post(f"/console/replies/{weak.pk}", {"verdict": "fit"}).status_code == 409
    weak.refresh_from_db()
    assert weak.verdict == ""


def test_a_handler_does_not_read_the_samples_and_a_missing_one_is_told(handler, reviewer, weak):
    assert handler.get("/console/replies").status_code == 403
    assert handler.get(f"/console/replies/{weak.pk}").status_code == 403
    assert reviewer.get("/console/replies/999999").status_code == 404


RULES = {"good_line": "60", "weak_line": "30", "share": "100"}


def test_the_rules_are_changed_on_record(reviewer, handling, handler):
    water = Unit.objects.get(key="water")
    sent = {**RULES, "poor_refused": "yes", "unit": water.pk, "unit_share": "1000"}
    assert reviewer.post("/console/replies/rules", sent)["Location"].endswith("done=changed")
    rules = get_rules()
    assert (rules.good_line, rules.weak_reason, rules.poor_refused) == (60, False, True)
    assert rules.unit_shares == {water.pk: 1000}
    page = reviewer.get("/console/replies/rules").content.decode()
    assert re.search(r"<del>50</del>\s*→ 60", page)
    assert list_entries("reply-rules")[-1].verb == "reply-rules-changed"
    assert reviewer.post("/console/replies/rules", {**sent, "unit": ""})["Location"].endswith("changed")
    assert get_rules().unit_shares == {}
    refused = _send(handler, handling, reply=PASSED_ON, **{"reply-reason": "已当面说清"})
    assert refused.status_code == 409
    assert "不能提交" in refused.content.decode()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"good_line": "5"}, "45 到 95"),
        ({"share": "x"}, "0 到 1000"),
        ({"unit": "1", "unit_share": "9999"}, ""),
    ],
)
def test_rules_out_of_bounds_are_told_beside_their_field(reviewer, wrong, told):
    if "unit" in wrong:
        wrong = {**wrong, "unit": str(Unit.objects.first().pk)}
    answer = reviewer.post("/console/replies/rules", {**RULES, **wrong})
    assert answer.status_code == 422
    assert told in answer.content.decode()


def test_english_is_complete(reviewer, weak):
    reviewer.cookies["huiyin_language"] = "en"
    for path in ("", "?view=units", "/rules", f"/{weak.pk}"):
        page = reviewer.get(f"/console/replies{path}")
        assert page.status_code == 200
    assert "only says that the matter was passed on" in reviewer.get("/console/replies").content.decode()

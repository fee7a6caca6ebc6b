"""A duty is proposed, the unit is heard, the centre decides, and the register has one version more: once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from huiyin.admissions.api import (
    ADD,
    END,
    MOVE,
    Proposal,
    Row,
    agree_changed,
    enter_register,
    find_admission,
    is_admitted,
    list_admissions,
    propose,
)
from huiyin.journal.api import list_entries
from huiyin.kernel.refusals import Refusal
from huiyin.register.api import Duty, find_lead_duty, list_differences, list_versions

SINCE = date(2026, 4, 1)
STEPS = "040302"


def _row(desk, act=ADD, **more):
    told = {
        "unit_id": desk.units["shimen"],
        "category_id": desk.categories["020301"],
        "area_id": _area(desk, "shimen"),
        "clause": "《赋权清单》第100条",
        "basis": "行政处罚法第二十四条",
        "valid_from": SINCE,
    }
    return Row(act, **{**told, **more})


def _area(desk, key):
    from huiyin.people.models import Unit

    return Unit.objects.get(key=key).area_id


def _propose(desk, *rows, by="luoting", reason="路灯在镇里，镇里修得快"):
    return propose(Proposal(rows or (_row(desk),), reason), desk.acting(by), desk.now)


def _unit_logins(desk, key, role):
    from huiyin.people.models import Post

    return Post.objects.filter(unit__key=key, role=role).values_list("account__login", flat=True)[0]


def _enter(desk, number):
    return enter_register(desk.case(number).pk, desk.now)


def _heard(desk, number, key="shimen"):
    desk.move(number, "consent", _unit_logins(desk, key, "handler"))
    return number


def test_proposed_heard_agreed_it_is_on_the_register_as_a_version_and_dispatchable(desk):
    before = len(list_versions())
    number = _propose(desk)
    assert (desk.stage(number), number[:2]) == ("consulting", "ZR")
    assert desk.clock(number, "opinion").due_at.astimezone(desk.now.tzinfo).date() == date(2026, 3, 11)
    _heard(desk, number)
    desk.move(number, "agree", "guoheng")
    assert desk.stage(number) == "admitted"
    version = _enter(desk, number)
    assert (desk.stage(number), len(list_versions())) == ("in-force", before + 1)
    newest = list_versions()[0]
    assert (newest.number, newest.source, newest.added, newest.by_name) == (version, "admission", 1, "郭恒")
    assert number in newest.reason
    duty = find_lead_duty(desk.categories["020301"], _area(desk, "shimen"), SINCE)
    assert (duty.unit_id, duty.clause) == (desk.units["shimen"], "《赋权清单》第100条")
    assert find_admission(desk.case(number).pk).version_id == version
    assert f"第 {version} 版" in list_entries(f"case:{number}")[-1].body["inputs"]["note"]
    assert desk.verify(number) == []


def test_it_enters_the_register_once_however_often_the_job_runs(desk):
    number = _heard(desk, _propose(desk))
    desk.move(number, "agree", "guoheng")
    assert _enter(desk, number)
    count = Duty.objects.count()
    assert [_enter(desk, number), _enter(desk, number)] == [None, None]
    assert Duty.objects.count() == count


def test_before_the_decision_nothing_enters(desk):
    number = _propose(desk)
    count = Duty.objects.count()
    assert _enter(desk, number) is None
    _heard(desk, number)
    assert _enter(desk, number) is None
    assert Duty.objects.count() == count


def test_an_objection_is_seen_by_whoever_decides_who_must_then_give_a_reason(desk):
    number = _propose(desk)
    handler = _unit_logins(desk, "shimen", "handler")
    assert desk.refuse(number, "object", handler).code == "input-missing"
    desk.move(number, "object", handler, reason="没有人手，也没有登高车")
    assert desk.stage(number) == "disputed"
    assert desk.refuse(number, "agree", "guoheng").code == "wrong-stage"
    assert desk.refuse(number, "agree_over", "guoheng").code == "input-missing"
    desk.move(number, "agree_over", "guoheng", reason="县里配登高车")
    assert _enter(desk, number)


def test_the_centre_may_refuse_with_a_reason_and_the_register_stays(desk):
    number, count = _heard(desk, _propose(desk)), len(list_versions())
    assert desk.refuse(number, "refuse", "guoheng").code == "input-missing"
    desk.move(number, "refuse", "guoheng", reason="属部门职责，不下放")
    assert (desk.stage(number), _enter(desk, number), len(list_versions())) == ("refused", None, count)


def test_only_the_unit_that_is_asked_says_what_it_thinks(desk):
    number = _propose(desk)
    for login in ("tanxue", "luoting", "hemin"):
        assert desk.refuse(number, "consent", login).code == "not-your-duty"


def test_whoever_proposed_does_not_decide_and_alone_withdraws(desk):
    number = _heard(desk, _propose(desk, by="guoheng"))
    assert desk.refuse(number, "agree", "guoheng").code == "same-person"
    assert desk.refuse(number, "withdraw", "xiaanning", reason="不提了").code == "not-your-request"
    desk.move(number, "withdraw", "guoheng", reason="不提了")
    assert desk.stage(number) == "withdrawn"


def test_the_centre_waits_for_the_opinion_until_its_limit_has_passed(desk):
    number = _propose(desk)
    assert desk.refuse(number, "unheard", "xiaanning", reason="没有回复").code == "opinion-awaited"
    desk.later(days=8).move(number, "unheard", "xiaanning", reason="没有回复")
    assert desk.stage(number) == "deciding"
    assert desk.case(number).assignments.get().how == "dropped"


def test_the_centre_admits_with_changes_and_what_was_proposed_is_kept(desk):
    number = _heard(desk, _propose(desk))
    changed = _row(desk, clause="《赋权清单》第101条", valid_until=date(2027, 3, 31))
    agree_changed(number, [changed], "先试一年", desk.acting("guoheng"), desk.now)
    _enter(desk, number)
    admission = find_admission(desk.case(number).pk)
    assert (admission.changed, admission.proposed[0]["clause"]) == (True, "《赋权清单》第100条")
    duty = Duty.objects.order_by("-pk")[0]
    assert (duty.clause, duty.valid_until) == ("《赋权清单》第101条", date(2027, 3, 31))


def test_a_changed_admission_stays_with_the_unit_that_was_heard(desk):
    number = _heard(desk, _propose(desk))
    other = _row(desk, unit_id=desk.units["longquan"], area_id=_area(desk, "longquan"))
    with pytest.raises(Refusal, match="several-units"):
        agree_changed(number, [other], "改给龙泉", desk.acting("guoheng"), desk.now)
    assert desk.stage(number) == "deciding"


def test_a_duty_passes_from_unit_to_unit_in_one_version_without_a_gap(desk):
    old = Duty.objects.get(category__code="020301".removesuffix("01"), unit__key="urban")
    number = _propose(
        desk, _row(desk, MOVE, duty_id=old.pk, area_id=None, unit_id=desk.units["housing"]), by="guoheng"
    )
    _heard(desk, number, "housing")
    desk.move(number, "agree", "xiaanning")
    version = _enter(desk, number)
    old.refresh_from_db()
    new = Duty.objects.order_by("-pk")[0]
    assert old.valid_until + timedelta(days=1) == new.valid_from == SINCE
    assert {line.act for line in list_differences(version)} <= {"changed", "added", "ended"}
    assert (list_versions()[0].added, list_versions()[0].ended) == (1, 1)


def test_a_duty_is_ended_by_an_admission_too(desk):
    old = Duty.objects.get(category__code="0203", unit__key="urban")
    number = _propose(desk, Row(END, duty_id=old.pk, valid_until=date(2026, 12, 31)), by="guoheng")
    _heard(desk, number, "urban")
    desk.move(number, "agree", "xiaanning")
    _enter(desk, number)
    old.refresh_from_db()
    assert old.valid_until == date(2026, 12, 31)


def test_what_can_no_longer_be_written_goes_back_to_the_centre_with_the_reason(desk):
    from huiyin.people.models import Unit

    number = _heard(desk, _propose(desk))
    desk.move(number, "agree", "guoheng")
    Unit.objects.filter(key="shimen").update(active=False)
    versions = len(list_versions())
    assert _enter(desk, number) is None
    assert (desk.stage(number), len(list_versions())) == ("deciding", versions)
    assert "承接单位" in list_entries(f"case:{number}")[-1].body["inputs"]["reason"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"clause": " "}, "clause-needed"),
        ({"valid_from": None}, "day-missing"),
        ({"unit_id": 0}, "entry-not-found"),
        ({"category_id": None}, "entry-not-found"),
        ({"area_id": -1}, "entry-not-found"),
        ({"act": "sell"}, "act-unknown"),
        ({"act": MOVE, "duty_id": 0}, "duty-over"),
        ({"valid_until": date(2025, 1, 1)}, "ends-before-start"),
    ],
)
def test_what_cannot_go_on_the_register_is_not_proposed(desk, change, code):
    with pytest.raises(Refusal, match=code):
        _propose(desk, _row(desk, **change))


def test_what_is_on_the_register_already_and_two_units_at_once_are_not_proposed(desk):
    old = Duty.objects.get(category__code="0203", unit__key="urban")
    same = _row(desk, unit_id=old.unit_id, category_id=old.category_id, area_id=None)
    with pytest.raises(Refusal, match="duty-on-list"):
        _propose(desk, same)
    with pytest.raises(Refusal, match="several-units"):
        _propose(desk, _row(desk), _row(desk, unit_id=desk.units["longquan"]))
    with pytest.raises(Refusal, match="rows-missing"):
        propose(Proposal((), "没有"), desk.acting("hemin"), desk.now)


def test_who_only_registers_calls_proposes_nothing_and_the_phone_desk_opens_no_admission(desk):
    with pytest.raises(Refusal, match="not-your-duty"):
        _propose(desk, by="linxiao")
    with pytest.raises(Refusal, match="wrong-door"):
        desk.open(process="admission", by="hemin")


def test_those_of_the_unit_and_of_the_centre_see_it_in_their_list_others_do_not(desk):
    number = _propose(desk)

    def seen(login):
        listed = list_admissions(desk.acting(login), open_only=True)
        return number in {one.case.number for one in listed}

    handler = _unit_logins(desk, "shimen", "handler")
    assert [seen(login) for login in ("luoting", handler, "guoheng", "tanxue")] == [True, True, True, False]


def test_an_event_of_another_process_writes_nothing(desk):
    number = desk.dispatched()
    assert enter_register(desk.case(number).pk, desk.now) is None
    assert is_admitted({"move": "agree", "to": "admitted"})
    assert not is_admitted({"move": "dispatch", "to": "dispatched"})

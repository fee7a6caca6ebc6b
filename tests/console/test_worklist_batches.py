"""Batches: many cases at once, each for itself, none lost, none moved twice."""

from __future__ import annotations

import re

import pytest

from huiyin.cases.api import Case
from huiyin.people.api import list_areas
from huiyin.register.api import find_category, find_lead_duty

BATCH = "/console/cases/batch"
KEY = "5c1f5d5e-0000-4000-8000-000000000001"


@pytest.fixture
def hemin(client, sign_in):
    return sign_in(client, "hemin")


def _ask(client, move, *cases, **more):
    return client.get(BATCH, {"move": move, "pick": [case.number for case in cases], **more}).content.decode()


def _send(client, move, *cases, key=KEY, **inputs):
    sent = {
        "move": move,
        "pick": [case.number for case in cases],
        "client_key": key,
        "query": "?tab=unassigned",
        **inputs,
    }
    return client.post(BATCH, sent)


def _stage(case):
    return Case.objects.get(pk=case.pk).stage


def test_several_cases_are_dispatched_to_one_unit(make_case, hemin, unit_of):
    cases = [make_case(f"第 {at} 件") for at in range(3)]
    page = _ask(hemin, "dispatch", *cases)
    assert "派单 3 件" in page
    assert all(case.title in page for case in cases)
    water = unit_of("water").pk
    done = _send(hemin, "dispatch", *cases, lead=water, designate="on", reason="当事单位").content.decode()
    assert "3 件已经办好" in done
    assert "没有办成" not in done
    assert {_stage(case) for case in cases} == {"dispatched"}
    assert set(Case.objects.values_list("lead_id", flat=True)) == {water}


def test_each_case_goes_to_the_unit_that_the_duty_list_names_for_it(make_case, hemin, now):
    town = list_areas("township")[0]
    kinds = [find_category(code) for code in ("010101", "020101")]
    cases = [
        make_case(kind.name, category_id=kind.pk, area_id=town.pk, township_id=town.pk) for kind in kinds
    ]
    leads = [find_lead_duty(kind.pk, town.pk, now.date()) for kind in kinds]
    page = _ask(hemin, "dispatch", *cases)
    assert all(duty.unit.zh in page for duty in leads)
    _send(hemin, "dispatch", *cases, lead="register")
    assert [Case.objects.get(pk=case.pk).lead_id for case in cases] == [duty.unit_id for duty in leads]


def test_what_is_refused_is_told_with_its_rule_and_the_rest_is_done(make_case, hemin, unit_of):
    water = find_category("010101")
    good, bad = (
        make_case("停水", category_id=water.pk),
        make_case("婚姻登记", category_id=find_category("020101").pk),
    )
    page = _send(hemin, "dispatch", good, bad, lead=unit_of("water").pk, note="请尽快").content.decode()
    assert "1 件已经办好" in page
    assert "1 件没有办成" in page
    assert "国办函〔2025〕66号" in page
    assert "职责清单没有把这类事项交给" in page
    assert (_stage(good), _stage(bad)) == ("dispatched", "received")
    retry = re.search(r'<form class="row batch-send" method="get".*?</form>', page, re.DOTALL)[0]
    assert bad.number in retry
    assert good.number not in retry
    assert 'value="请尽快"' in retry
    assert "请尽快" in _ask(hemin, "dispatch", bad, note="请尽快")


def test_a_form_sent_twice_moves_each_case_once(make_case, hemin, unit_of):
    case = make_case()
    inputs = {"lead": unit_of("water").pk, "designate": "on", "reason": "当事单位"}
    first = _send(hemin, "dispatch", case, **inputs).content.decode()
    version = Case.objects.get(pk=case.pk).version
    again = _send(hemin, "dispatch", case, **inputs).content.decode()
    assert "1 件已经办好" in first
    assert "1 件已经办好" in again
    assert Case.objects.get(pk=case.pk).version == version


def test_a_supervision_needs_its_note_and_keeps_what_was_typed(make_case, move, client, sign_in, unit_of):
    case = move(make_case(), "dispatch", "hemin", lead=unit_of("water").pk, designate=True, reason="当事单位")
    sign_in(client, "chengmo")
    answer = _send(client, "supervise", case)
    assert answer.status_code == 422
    assert "这一项必须填写" in answer.content.decode()
    assert KEY in answer.content.decode()
    _send(client, "supervise", case, note="三日内办结")
    assert Case.objects.get(pk=case.pk).supervisions == 1


def test_a_unit_signs_for_many_and_only_for_its_own(make_case, move, client, sign_in, unit_of):
    inputs = {"designate": True, "reason": "指定"}
    ours = [move(make_case(), "dispatch", "hemin", lead=unit_of("water").pk, **inputs) for _ in range(2)]
    theirs = move(make_case("别家的事"), "dispatch", "hemin", lead=unit_of("market").pk, **inputs)
    sign_in(client, "tanxue")
    page = _ask(client, "sign", *ours, theirs)
    assert "签收 2 件" in page
    assert "别家的事" not in page
    _send(client, "sign", *ours, theirs)
    assert [_stage(case) for case in (*ours, theirs)] == ["handling", "handling", "dispatched"]


def test_picked_cases_are_merged_into_the_oldest_or_a_typed_number(make_case, hemin):
    first, *others = (make_case("小区停水") for _ in range(3))
    page = _ask(hemin, "merge", *others, first)
    assert re.search(rf'name="into" value="{first.number}" checked', page)
    _send(hemin, "merge", first, *others, into=first.number)
    assert Case.objects.get(pk=first.pk).members == 2
    late = make_case("还是停水")
    _send(hemin, "merge", late, into="other", into_number=f" {first.number.lower()} ", key="k-2")
    assert Case.objects.get(pk=late.pk).group_id == first.pk


def test_one_case_alone_is_not_merged_into_itself(make_case, hemin):
    case = make_case()
    answer = _send(hemin, "merge", case, into=case.number)
    assert answer.status_code == 422
    assert "只选了一件" in answer.content.decode()
    assert _stage(case) == "received"


def test_what_cannot_be_done_with_a_case_leaves_it_out_and_says_so(make_case, move, hemin):
    fresh, gone = make_case("可以派"), move(make_case("已经撤回"), "withdraw", "linxiao", reason="本人撤回")
    page = _ask(hemin, "dispatch", fresh, gone)
    assert "有 1 件现在不能“派单”" in page
    assert "派单 1 件" in page
    page = _ask(hemin, "dispatch", gone)
    assert "现在都不能这样办" in page
    assert "没有可以一起办的操作" in page


def test_only_moves_open_for_every_picked_case_are_offered(make_case, move, hemin, unit_of):
    fresh = make_case()
    sent = move(make_case(), "dispatch", "hemin", lead=unit_of("water").pk, designate=True, reason="指定")
    both = _ask(hemin, "", fresh, sent)
    assert 'value="regrade"' in both
    assert 'value="dispatch"' not in both
    assert 'value="redispatch"' not in both
    assert 'value="dispatch"' in _ask(hemin, "", fresh)


def test_nothing_picked_is_told_and_leads_back(hemin):
    assert "没有选中工单" in _ask(hemin, "dispatch")


@pytest.mark.parametrize("key", ["answer", "callback", "close", "made-up", "remark"])
def test_answers_and_decisions_are_never_made_in_a_batch(make_case, hemin, key):
    case = make_case()
    assert "已经办好" not in _send(hemin, key, case, reply="一句话打发", note="x").content.decode()
    assert _stage(case) == "received"


def test_the_list_offers_what_its_rows_allow(make_case, client, sign_in):
    make_case()
    sign_in(client, "hemin")
    page = client.get("/console/cases?tab=open").content.decode()
    assert 'data-moves="merge dispatch' in page or 'data-move="dispatch"' in page
    sign_in(client, "shenji")
    assert "data-batch" not in client.get("/console/cases?tab=open").content.decode()


def test_who_runs_the_system_makes_no_batch(make_case, client, sign_in):
    case = make_case()
    sign_in(client, "guanxu")
    assert _send(client, "dispatch", case, lead="register").status_code == 403


def test_the_batch_pages_are_whole_in_english(make_case, hemin, unit_of):
    hemin.cookies["huiyin_language"] = "en"
    case = make_case("A lamp", title="A lamp")
    pages = _ask(hemin, "dispatch", case) + _ask(hemin, "merge", case) + _ask(hemin, "", case)
    pages += _send(hemin, "dispatch", case, lead="register").content.decode()
    told = re.sub(
        r"<a [^>]*lang=.zh.*?</a>|<p class=.rule.*?</p>|<span class=.rule.*?</span>|何敏|禾川县回音",
        "",
        pages,
        flags=re.DOTALL,
    )
    assert re.findall(r"[\u4e00-\u9fff]+", told) == []


def test_a_case_without_category_goes_by_its_suggestion(make_case, hemin, unit_of):
    from django.utils import timezone

    from huiyin.triage.api import take_up

    case = make_case("三号楼停水两天了")
    take_up(case.pk, timezone.now())
    assert "建议：停水" in _ask(hemin, "dispatch", case)
    _send(hemin, "dispatch", case, lead="register")
    case.refresh_from_db()
    assert case.lead_id == unit_of("water").pk
    assert case.category.name == "停水"

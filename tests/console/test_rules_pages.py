"""Processes, QR places, the working calendar."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from huiyin.cases.api import list_newest, recount_clocks
from huiyin.people import api as people
from huiyin.process.api import shipped_texts
from huiyin.register import api as register

pytestmark = pytest.mark.django_db


def get(client, route, *args, **query):
    answer = client.get(reverse(f"console:{route}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def next_version():
    text = next(text for text in shipped_texts().values() if 'key = "scan"' in text)
    return text.replace("\nversion = 1\n", "\nversion = 2\n")


def test_every_process_is_listed_by_the_sources_own_step_names(client, sign_in):
    page = get(sign_in(client, "tanxue"), "processes")
    for step in ("受理", "派单", "上报", "研判", "群众点单", "五督"):
        assert step in page or step in "上报研判"


@pytest.mark.parametrize("key", ["hotline", "enterprise", "through-train", "scan", "stuck"])
def test_each_process_shows_its_stages_moves_and_limits(client, sign_in, key):
    page = get(sign_in(client, "tanxue"), "process", key)
    process = next(one for one in list_newest() if one.key == key)
    for stage in process.stages.values():
        assert stage.title.zh in page
    for clock in process.clocks.values():
        assert clock.title.zh in page


def test_an_unknown_process_is_not_there(client, sign_in):
    assert sign_in(client, "tanxue").get(reverse("console:process", args=["nothing"])).status_code in {
        404,
        409,
    }


def test_a_countys_own_process_is_checked_then_taken_in(client, sign_in):
    sign_in(client, "guanxu")
    text = next_version()
    checked = client.post(reverse("console:processes"), {"text": text, "act": "check"})
    assert "检查通过" in checked.content.decode()
    assert "确认加入" in checked.content.decode()
    added = client.post(reverse("console:processes"), {"text": text, "act": "add"})
    assert added.status_code == 303
    assert "流程已加入" in client.get(added.url).content.decode()
    assert next(one.version for one in list_newest() if one.key == "scan") == 2


def test_faults_are_told_one_by_one_and_the_text_stays(client, sign_in):
    text = next_version().replace('to = "dispatched"', 'to = "nowhere"', 1)
    answer = sign_in(client, "guanxu").post(reverse("console:processes"), {"text": text, "act": "add"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "还不能加入" in page
    assert "nowhere" in page
    assert 'value="add"' not in page


def test_a_version_that_is_there_already_is_refused(client, sign_in):
    text = next(iter(shipped_texts().values()))
    answer = sign_in(client, "guanxu").post(reverse("console:processes"), {"text": text, "act": "add"})
    assert answer.status_code == 422
    assert "version" in answer.content.decode()


def test_an_intake_clerk_adds_no_process(client, sign_in):
    answer = sign_in(client, "linxiao").post(
        reverse("console:processes"), {"text": next_version(), "act": "add"}
    )
    assert answer.status_code == 403


def test_places_are_listed_by_township_with_their_code_and_poster(client, sign_in):
    place = people.list_places()[0]
    page = get(sign_in(client, "tanxue"), "places")
    assert f"/p/{place.code}/code.svg" in page
    assert f"/p/{place.code}/poster" in page
    narrowed = get(client, "places", q=place.code.lower())
    assert place.code in narrowed
    assert narrowed.count('class="panel spot"') == 1
    assert "没有这样的点位" in get(client, "places", q="不存在的地方")


def test_places_of_one_township_alone(client, sign_in):
    township = people.list_areas("township")[0]
    page = get(sign_in(client, "tanxue"), "places", township=township.pk)
    assert page.count('class="panel spot"') == len(people.list_places(township.pk))


def test_the_year_names_its_holidays_and_make_up_days(client, sign_in):
    page = get(sign_in(client, "tanxue"), "workdays", year=2025)
    assert "春节" in page
    assert "调休" in page
    assert "已按国务院通知" in page


def test_a_year_without_a_notice_is_marked_provisional(client, sign_in):
    assert "暂定" in get(sign_in(client, "tanxue"), "workdays", year=2031)


def test_a_limit_is_counted_with_every_day_explained(client, sign_in):
    page = get(
        sign_in(client, "tanxue"), "workdays", **{"from": "2025-09-29T10:00", "amount": "5", "unit": "wd"}
    )
    assert "2025-10-13 17:30" in page
    assert "国庆" in page


@pytest.mark.parametrize(
    "typed", [{"from": "x"}, {"from": "2025-02-31T10:00"}, {"from": "2025-09-29T10:00", "amount": "-1"}]
)
def test_what_cannot_be_counted_is_said_in_words(client, sign_in, typed):
    assert 'role="alert"' in get(
        sign_in(client, "tanxue"), "workdays", **{"amount": "5", "unit": "wd", **typed}
    )


def test_the_administrator_sets_a_day_and_open_clocks_are_recounted(client, sign_in, make_case, now):
    case = make_case()
    before = case.due_at
    sign_in(client, "guanxu")
    sent = {
        "act": "set",
        "on": before.date().isoformat(),
        "works": "no",
        "name": "本县节日",
        "source": "禾政办〔2026〕9号",
    }
    answer = client.post(reverse("console:change-day"), sent)
    assert answer.status_code == 303
    assert "重新计算" in client.get(answer.url).content.decode()
    recount_clocks(now)
    case.refresh_from_db()
    assert case.due_at > before
    client.post(reverse("console:change-day"), {"act": "clear", "on": before.date().isoformat()})
    assert not register.list_days(before.year)


def test_a_day_without_a_source_is_refused_and_what_was_typed_stays(client, sign_in):
    answer = sign_in(client, "guanxu").post(
        reverse("console:change-day"),
        {"act": "set", "on": "2026-12-24", "works": "no", "name": "本县节日", "source": " "},
    )
    assert answer.status_code == 409
    assert "本县节日" in answer.content.decode()
    assert not register.list_days(2026)


def test_nobody_else_sets_days(client, sign_in):
    sent = {"act": "set", "on": "2026-12-24", "works": "no", "source": "x"}
    assert sign_in(client, "chengmo").post(reverse("console:change-day"), sent).status_code == 403
    assert "改这一天" not in get(client, "workdays")


def test_a_years_notice_ends_its_being_provisional(client, sign_in):
    answer = sign_in(client, "guanxu").post(
        reverse("console:change-day"), {"act": "announce", "year": "2031", "source": "国办发明电〔2030〕7号"}
    )
    assert answer.status_code == 303
    assert register.load_calendar().is_settled(date(2031, 1, 1).year)

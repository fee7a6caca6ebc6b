"""What the desk finds while somebody types, and its keyboard."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from huiyin.people import api as people
from huiyin.register import api as register

pytestmark = pytest.mark.django_db
WORDS = "禾川大道中段三盏路灯都不亮，晚上走路看不清，已经一个星期了"


@pytest.fixture
def ask(client, sign_in):
    """`ask("alike", words=…)`: the fragment that htmx is answered with."""

    def send(route, login="linxiao", **typed):
        sign_in(client, login)
        return client.post(
            reverse(f"console:{route}"), typed, headers={"HX-Request": "true"}
        ).content.decode()

    return send


def test_the_callers_earlier_matters_are_listed_with_their_state(ask, make_case):
    case = make_case("东门公厕没有水", phone="13900000007", name="李国平", age=timedelta(days=3))
    told = ask("earlier", phone="139 0000 0007")
    assert case.number not in told or case.title in told
    assert reverse("console:case", args=[case.number]) in told
    assert "待受理" in told
    assert "李国平" not in told


def test_a_new_number_has_no_earlier_matters(ask):
    assert "没有反映过" in ask("earlier", phone="13900009999")


def test_half_a_number_is_no_mistake(ask):
    assert "没有反映过" in ask("earlier", phone="139")


def test_a_steward_learns_nothing_about_somebody_elses_caller(ask, make_case):
    make_case("东门公厕没有水", phone="13900000007", name="李国平")
    told = ask("earlier", login="jingyi", phone="13900000007")
    assert "东门公厕" not in told
    assert "李" not in told


def test_likely_duplicates_are_found_while_typing(ask, make_case):
    case = make_case(WORDS)
    told = ask("alike", words=WORDS.replace("一个星期", "十来天"), desk="intake")
    assert case.number in told
    assert re.search(r"相像 \d{2,3}%", told)
    assert f'value="{case.number}"' in told


def test_a_steward_sees_no_duplicates_of_others(ask, make_case):
    make_case(WORDS)
    assert "没有发现" in ask("alike", login="jingyi", words=WORDS, desk="intake")


def test_what_is_typed_suggests_categories_as_chips(ask):
    told = ask("alike", words="我们小区从早上开始停水", desk="intake")
    water = register.find_category("010101")
    assert f'data-fills="category={water.pk}"' in told
    assert 'hx-swap-oob="true"' in told


def test_a_township_brings_its_villages(ask):
    township = people.list_areas("township")[0]
    village = people.list_areas("village", township.pk)[0]
    assert village.name in ask("villages", township=township.pk)
    assert "<option" in ask("villages", township="nonsense")


def test_a_category_brings_its_unit_to_the_front(ask):
    told = ask("ending", login="hemin", channel="hotline", category=register.find_category("010101").pk)
    listed, _others = told.split("清单之外（须指定并写明理由）")
    assert "派单目录" in listed
    assert f'value="{people.find_unit("water").pk}"' in listed


def test_another_channel_offers_another_processs_endings(ask):
    assert 'value="accept"' in ask("ending", channel="hotline")
    assert 'value="merge"' not in ask("ending", channel="stuck-desk")


def test_companies_are_suggested(ask):
    assert "橘香果业" in ask("companies", login="jingyi", company="橘香")


def test_without_script_looking_up_keeps_what_was_typed(client, sign_in, make_case):
    case = make_case(WORDS, phone="13900000007")
    page = sign_in(client, "linxiao").post(
        reverse("console:intake"),
        {"act": "look", "phone": "13900000007", "words": WORDS, "channel": "hotline", "place": "中段"},
    )
    told = page.content.decode()
    assert page.status_code == 200
    assert told.count(case.number) >= 2
    assert "中段" in told


def test_without_script_a_button_takes_the_case_to_merge_into(client, sign_in, make_case):
    case = make_case(WORDS)
    page = sign_in(client, "linxiao").post(
        reverse("console:intake"), {"take_into": case.number, "words": WORDS, "channel": "hotline"}
    )
    told = page.content.decode()
    assert re.search(rf'name="into"[^>]*value="{case.number}"', told)
    assert re.search(r'name="finish" value="merge" checked', told)


def test_the_keyboard_goes_from_the_phone_to_registering_in_the_order_of_a_call(client, sign_in):
    page = sign_in(client, "linxiao").get(reverse("console:intake")).content.decode()
    form = page[page.index('<form class="split desk"') :]
    names = [
        "phone", "name", "identity", "words", "category", "title", "township", "village", "place",
        "channel", "process", "grade", "finish",
    ]  # fmt: skip
    at = [form.index(f'name="{name}"') for name in names] + [form.index("data-send")]
    assert at == sorted(at)
    assert "tabindex" not in form[: form.index("data-send")]
    assert form.index("autofocus") < form.index('name="name"')
    assert 'aria-keyshortcuts="Alt+1"' in form


def test_enter_never_registers_by_accident_without_script(client, sign_in):
    page = sign_in(client, "linxiao").get(reverse("console:intake")).content.decode()
    form = page[page.index('<form class="split desk"') :]
    first = re.search(r"<button[^>]*>", form)
    assert 'value="look"' in first[0]

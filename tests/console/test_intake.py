"""Registering a call on one screen."""

from __future__ import annotations

from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from huiyin.appeals.api import Appeal
from huiyin.cases.api import Attachment, Case, share_answer
from huiyin.people import api as people
from huiyin.register import api as register

pytestmark = pytest.mark.django_db
WORDS = "禾川大道中段三盏路灯都不亮，晚上走路看不清，已经一个星期了"


@pytest.fixture
def desk(client, sign_in):
    """`desk("linxiao", words=…)`: what the desk answers when that clerk registers."""

    def send(login="linxiao", **typed):
        sign_in(client, login)
        sent = {
            "client_key": str(uuid4()), "channel": "hotline", "words": WORDS, "finish": "accept",
            "act": "register", "identity": "named", **typed,
        }  # fmt: skip
        return client.post(reverse("console:intake"), sent)

    return send


def newest():
    return Case.objects.order_by("-pk").first()


def text_of(answer):
    return answer.content.decode()


def test_a_call_is_registered_and_accepted_in_one_go(desk, client):
    answer = desk(phone="13900000001", name="王秀兰")
    case = newest()
    assert answer.status_code == 303
    assert answer.url == reverse("console:registered", args=[case.number])
    assert (case.stage, case.process, case.channel_id, case.opened_by.login) == (
        "to-dispatch", "hotline", "hotline", "linxiao",
    )  # fmt: skip
    receipt = text_of(client.get(answer.url))
    assert case.number in receipt
    assert f"/t/{case.number}/" in receipt
    assert "139****0001" in receipt


def test_a_double_submit_registers_once(desk):
    key = str(uuid4())
    first, second = desk(client_key=key), desk(client_key=key)
    assert Case.objects.count() == 1
    assert first.url == second.url


def test_a_form_changed_after_it_was_sent_is_not_swallowed(desk):
    key = str(uuid4())
    desk(client_key=key)
    answer = desk(client_key=key, words="另一件事：城东菜市场门口占道经营")
    assert answer.status_code == 422
    assert newest().number in text_of(answer)
    assert "城东菜市场门口占道经营" in text_of(answer)
    assert key not in text_of(answer)
    assert Case.objects.count() == 1


def test_two_clerks_with_the_same_key_register_two_matters(desk):
    key = str(uuid4())
    desk("linxiao", client_key=key)
    desk("tianxin", client_key=key, channel="window")
    assert Case.objects.count() == 2


def test_a_question_is_answered_at_once(desk):
    desk(finish="answer_at_once", reply_now="路灯科今晚 8 点前修好，电话 0999-5300023。")
    case = newest()
    assert case.stage == "finished"
    assert case.answered_at is not None


def test_an_answer_at_once_needs_words_and_registers_nothing_without(desk):
    answer = desk(finish="answer_at_once", phone="13900000001", name="王秀兰")
    page = text_of(answer)
    assert answer.status_code == 422
    assert Case.objects.count() == 0
    assert 'id="id_reply_now-error"' in page
    for kept in (WORDS, "13900000001", "王秀兰"):
        assert kept in page


def test_the_lawful_way_brings_its_own_words(desk):
    desk(finish="show_way", way="arbitration", words="老板欠我三个月工资，要求仲裁")
    assert newest().stage == "not-dispatched"
    assert newest().closed_at is not None


def test_a_lawful_way_that_was_not_chosen_is_asked_for(desk):
    answer = desk(finish="show_way")
    assert answer.status_code == 422
    assert Case.objects.count() == 0


def test_a_call_is_merged_into_a_case_and_everybody_is_answered(desk, make_case, move, unit_of, now):
    leader = make_case("禾川大道路灯不亮", category_id=register.find_category("010101").pk)
    desk(finish="merge", into=leader.number)
    member = newest()
    leader.refresh_from_db()
    assert (member.stage, member.group_id, leader.members) == ("merged", leader.pk, 1)
    move(leader, "dispatch", "hemin", lead=unit_of("water").pk)
    move(leader, "sign", "tanxue")
    move(leader, "answer", "tanxue", reply="三盏灯都换好了。")
    move(leader, "close", "zhaomingde")
    share_answer(leader.number, "三盏灯都换好了。", leader.version, now)
    member.refresh_from_db()
    assert (member.stage, member.answered_at is not None) == ("finished", True)


def test_merging_into_an_unknown_case_registers_nothing(desk):
    answer = desk(finish="merge", into="HC0000000000")
    assert answer.status_code == 422
    assert Case.objects.count() == 0
    assert 'id="id_into-error"' in text_of(answer)


def test_a_dispatcher_registers_and_dispatches_to_the_unit_on_the_register(desk, unit_of):
    water = register.find_category("010101")
    desk("hemin", finish="dispatch", category=water.pk, lead=unit_of("water").pk, words="锦绣小区停水一天")
    case = newest()
    assert (case.stage, case.lead.key, case.grade) == ("dispatched", "water", "utility")


def test_a_unit_off_the_list_is_refused_with_the_rule(desk, unit_of):
    water = register.find_category("010101")
    answer = desk("hemin", finish="dispatch", category=water.pk, lead=unit_of("agriculture").pk)
    assert answer.status_code == 422
    assert Case.objects.count() == 0


def test_an_intake_clerk_is_not_offered_to_dispatch(client, sign_in):
    page = text_of(sign_in(client, "linxiao").get(reverse("console:intake")))
    assert 'value="accept"' in page
    assert 'value="dispatch"' not in page


def test_a_forged_dispatch_by_an_intake_clerk_is_refused(desk, unit_of):
    answer = desk(finish="dispatch", lead=unit_of("water").pk)
    assert answer.status_code in {403, 422}
    assert Case.objects.count() == 0


def test_an_anonymous_call_keeps_neither_name_nor_number(desk):
    desk(identity="anonymous", phone="13900000001", name="王秀兰")
    assert newest().identity == "anonymous"
    assert newest().person_id is None


def test_a_number_that_cannot_be_called_is_told_beside_the_field(desk):
    answer = desk(phone="12")
    assert answer.status_code == 422
    assert 'id="id_phone-error"' in text_of(answer)
    assert Case.objects.count() == 0


def test_no_words_no_registration_and_the_rest_stays(desk):
    answer = desk(words="", place="锦绣小区 3 号楼")
    assert answer.status_code == 422
    assert 'id="id_words-error"' in text_of(answer)
    assert "锦绣小区 3 号楼" in text_of(answer)


def test_a_channel_of_companies_runs_the_companies_process(desk):
    company = people.list_companies()[0]
    desk("jingyi", channel="enterprise-line", company=company.name)
    case = newest()
    assert case.process == "enterprise"
    assert Appeal.objects.get(pk=case.pk).company_id == company.pk


def test_a_company_that_is_not_on_the_register_is_asked_for_again(desk):
    answer = desk(channel="enterprise-line", company="没有这家公司")
    assert answer.status_code == 422
    assert Case.objects.count() == 0


def test_a_machines_channel_cannot_be_chosen_by_hand(desk):
    assert desk(channel="open311").status_code == 422
    assert Case.objects.count() == 0


def test_the_photo_goes_with_the_case(desk):
    picture = BytesIO()
    Image.new("RGB", (8, 8), "white").save(picture, "PNG")
    desk(attached=SimpleUploadedFile("灯.png", picture.getvalue(), "image/png"))
    assert Attachment.objects.get().case_id == newest().pk


def test_a_handler_has_no_desk(client, sign_in):
    assert sign_in(client, "tanxue").get(reverse("console:intake")).status_code == 403


@pytest.mark.parametrize(
    ("login", "channel"),
    [("linxiao", "hotline"), ("tianxin", "window"), ("jingyi", "steward"), ("ruanqin", "visit")],
)
def test_the_usual_channel_of_a_role_is_chosen_beforehand(client, sign_in, login, channel):
    page = text_of(sign_in(client, login).get(reverse("console:intake")))
    assert f'<option value="{channel}" selected>' in page


def test_only_whoever_took_a_matter_in_sees_the_persons_link(desk, client, sign_in):
    desk()
    number = newest().number
    other = text_of(sign_in(client, "tianxin").get(reverse("console:registered", args=[number])))
    assert number in other
    assert f"/t/{number}/" not in other


def test_a_steward_does_not_see_the_receipt_of_somebody_elses_matter(desk, client, sign_in):
    desk()
    answer = sign_in(client, "jingyi").get(reverse("console:registered", args=[newest().number]))
    assert answer.status_code == 404

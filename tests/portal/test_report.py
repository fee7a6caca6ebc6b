"""Reporting a matter: one page, nothing lost, nothing doubled."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from huiyin.appeals.api import MAX_WORDS, Appeal
from huiyin.cases.api import MAX_FILES, Attachment, Case
from huiyin.people.api import Person, list_areas
from huiyin.register.api import find_category, list_categories

from .conftest import PHONE, open_matter


def send(client, form, *photos):
    return client.post("/report", {**form, "files": list(photos)} if photos else form)


def tokens_of(response):
    return [
        unescape(token) for token in re.findall(r'name="kept" value="([^"]+)"', response.content.decode())
    ]


def test_the_form_asks_one_question_per_block_and_works_without_script(client):
    page = client.get("/report").content.decode()
    assert page.count('name="kind"') == len(list_categories(level=1)) + 1
    assert '<form method="post" action="/report" enctype="multipart/form-data"' in page
    assert 'name="csrfmiddlewaretoken"' in page
    assert "个人信息保护法" in page
    assert "1个工作日内告诉您是否受理" in page


def test_a_report_becomes_a_case_of_the_hotline_with_a_receipt(client, fill):
    township = list_areas("township")[0]
    response = send(client, fill(words="锦绣小区停水两天了", where="3号楼", township=str(township.pk)))
    case = open_matter(response).case
    assert (case.process, case.channel_id, case.stage) == ("hotline", "portal", "received")
    assert (case.township_id, case.place) == (township.pk, "3号楼")
    receipt = client.get(response.headers["Location"]).content.decode()
    assert case.number in receipt
    assert f"http://testserver/t/{case.number}/" in receipt
    assert '<svg viewBox="0 0' in receipt


def test_sending_the_form_twice_makes_one_case_and_shows_the_same_receipt(client, fill, photo):
    form = fill()
    first, second = send(client, form, photo()), send(client, form, photo())
    assert first.headers["Location"] == second.headers["Location"]
    assert Case.objects.count() == 1
    assert Attachment.objects.count() == 1


def test_going_back_and_writing_something_else_is_another_matter(client, fill):
    form = fill()
    first, second = send(client, form), send(client, {**form, "words": "还有一件：井盖没了"})
    assert first.headers["Location"] != second.headers["Location"]
    assert Case.objects.count() == 2


def test_a_key_that_is_no_uuid_never_opens_somebody_elses_receipt(client, fill):
    first = send(client, fill(client_key="1"))
    second = send(client, fill(client_key="1"))
    assert first.headers["Location"] != second.headers["Location"]


def test_anonymous_keeps_no_person_even_when_a_phone_was_typed(client, fill):
    case = open_matter(send(client, fill(identity="anonymous"))).case
    assert case.person_id is None
    assert not Person.objects.exists()


def test_a_confidential_person_is_sealed_and_the_case_says_so(client, fill):
    case = open_matter(send(client, fill(identity="confidential"))).case
    assert case.identity == "confidential"
    assert PHONE.encode() not in bytes(case.person.sealed)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"words": ""}, "请写一写发生了什么事"),
        ({"words": "\x00\x01  "}, "请写一写发生了什么事"),
        ({"kind": ""}, "请选一类"),
        ({"kind": "99999999"}, "请选一类"),
        ({"phone": ""}, "请留下电话"),
        ({"phone": "123"}, "这个电话号码不对"),
        ({"township": "abc"}, "请从列表里选一个乡镇"),
        ({"identity": "king"}, "请选一种身份方式"),
        ({"words": "水" * 10_000}, f"最多写 {MAX_WORDS} 字，现在有 10000 字"),
    ],
)
def test_what_is_missing_or_wrong_is_told_and_everything_typed_stays(client, fill, changed, told):
    form = fill(**{"where": "锦绣路口", "name": "某乙", **changed})
    response = send(client, form)
    page = unescape(response.content.decode())
    assert response.status_code == 422
    assert told in page
    assert not Case.objects.exists()
    assert 'value="锦绣路口"' in page
    assert 'value="某乙"' in page
    assert form["client_key"] in page


def test_photos_survive_a_mistake_elsewhere_and_can_be_taken_out(client, fill, photo):
    response = send(client, fill(words=""), photo("a.jpg"), photo("b.jpg"))
    kept = tokens_of(response)
    assert len(kept) == 2
    case = open_matter(client.post("/report", fill(kept=kept[:1]))).case
    assert [file.name for file in case.attachments.all()] == ["a.jpg"]
    assert case.attachments.get().public


def test_a_forged_or_foreign_file_token_is_dropped(client, fill):
    case = open_matter(client.post("/report", fill(kept=["../../etc/passwd", "a:b:c"]))).case
    assert not case.attachments.exists()


def test_a_broken_picture_is_told_and_the_good_ones_stay(client, fill, photo):
    broken = SimpleUploadedFile("x.jpg", b"no picture", "image/jpeg")
    response = send(client, fill(), photo("good.jpg"), broken)
    assert response.status_code == 422
    assert "x.jpg" in response.content.decode()
    assert len(tokens_of(response)) == 1


def test_of_too_many_photos_the_first_nine_stay(client, fill, photo):
    response = send(client, fill(), *[photo(f"{at}.jpg") for at in range(MAX_FILES + 1)])
    assert f"最多 {MAX_FILES} 张" in response.content.decode()
    assert len(tokens_of(response)) == MAX_FILES


def test_words_are_never_markup(client, fill, report):
    attack = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    matter = report(words=attack, where=attack)
    for page in (send(client, fill(words=attack, name=attack, phone="")), client.get(matter.path)):
        assert "<script>alert" not in page.content.decode()
        assert "<img src=x" not in page.content.decode()


def test_the_likeliest_category_under_the_chosen_kind_is_proposed(client, fill):
    city = find_category("02")
    assert (
        open_matter(send(client, fill(kind=str(city.pk), words="门口路灯不亮"))).case.category.code
        == "020301"
    )
    assert (
        open_matter(send(client, fill(kind=str(city.pk), words="说不清楚的事"))).case.category_id == city.pk
    )


def test_danger_to_life_is_urgent_from_the_first_minute(client, fill):
    response = send(client, fill(kind="other", words="楼道里有煤气味，像是燃气泄漏"))
    case = open_matter(response).case
    assert (case.grade, case.urgent) == ("urgent", True)
    assert "119" in client.get(response.headers["Location"]).content.decode()


def test_the_language_of_the_page_is_kept_for_messages(client, fill):
    client.cookies["huiyin_language"] = "en"
    case = open_matter(send(client, fill(words="No light in our street"))).case
    assert Appeal.objects.get(pk=case.pk).language == "en"


def test_the_receipt_is_private(client, report):
    matter = report()
    receipt = client.get(f"/received/{matter.number}/{matter.secret}")
    assert receipt.headers["Cache-Control"] == "private, no-store"
    assert "noindex" in receipt.headers["X-Robots-Tag"]
    assert client.get(f"/received/{matter.number}/guess").status_code == 404


def test_odd_queries_do_not_break_the_form(client):
    assert client.get("/report?matter=abc").status_code == 404
    assert client.get("/report?matter=99999999999999999999").status_code == 404
    assert client.get("/report?place=%00").status_code == 404

"""Following a matter by its link, and what its person can do."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from huiyin.cases.api import Attachment, CaseClock
from huiyin.journal.api import list_entries

from .conftest import PHONE


def page_of(client, matter, query=""):
    return unescape(client.get(matter.path + query).content.decode())


def act(client, matter, move, **fields):
    return client.post(f"{matter.path}/moves/{move}", {"client_key": str(uuid4()), **fields})


RATED = {"solved": "yes", "satisfied": "5"}


def test_a_fresh_matter_says_that_it_arrived_and_until_when_somebody_decides(client, report):
    matter = report(words="停水了")
    page = page_of(client, matter)
    assert "“停水了”的事，已收到，正在看" in page
    assert "最晚告诉您由谁来办" in page
    assert matter.number in page


def test_a_matter_at_work_names_who_is_responsible_until_when_and_whom_to_call(client, report):
    matter = report(words="停水了").dispatch()
    page = page_of(client, matter)
    assert "“停水了”的事，正在办" in page
    assert "最晚答复您" in page
    assert "谭雪 负责" in page
    assert 'href="tel:09995300023"' in page
    assert "已交给水务公司" in page


def test_the_trail_shows_steps_to_come_with_the_due_time(client, report):
    page = page_of(client, report().dispatch())
    future = re.findall(r'<li class="future">.*?<b>(.*?)</b>(.*?)</li>', page, re.DOTALL)
    assert [title for title, _ in future] == ["答复", "办结", "回访", "评价"]
    assert "前" in dict(future)["办结"]
    assert 'aria-current="step"' in page


def test_a_matter_that_is_late_says_so(client, report):
    matter = report().dispatch()
    CaseClock.objects.filter(case=matter.case, main=True).update(due_at=timezone.now() - timedelta(hours=1))
    assert "已经过了时间，对不起" in page_of(client, matter)


@pytest.mark.parametrize(
    "path", ["/t/{number}/wrong", "/t/HC0/{secret}", "/t/{number}/%00", "/t/%00/{secret}"]
)
def test_a_wrong_link_is_a_page_that_says_what_to_do(client, report, path):
    matter = report()
    response = client.get(path.format(number=matter.number, secret=matter.secret))
    assert response.status_code == 404
    assert "12345" in response.content.decode()


def test_the_page_is_private_and_shows_no_phone_but_masked(client, report):
    matter = report()
    response = client.get(matter.path)
    assert response.headers["Cache-Control"] == "private, no-store"
    assert 'name="robots" content="noindex' in response.content.decode()
    assert PHONE not in response.content.decode()
    assert "139****1234" in response.content.decode()


@pytest.mark.parametrize("mode", ["confidential", "anonymous"])
def test_whoever_asked_not_to_be_known_is_not_shown_at_all(client, report, mode):
    page = page_of(client, report(identity=mode, name="某丙").dispatch())
    assert "1234" not in page.replace("12345", "")
    assert "某丙" not in page
    assert "直接打会露出您的号码" in page


def test_words_and_photos_can_be_added(client, report, photo):
    matter = report().dispatch()
    response = act(client, matter, "add_words", words="还是没水", files=[photo("new.jpg")])
    assert response.status_code == 303
    page = page_of(client, matter, "?done=add_words")
    assert "收到了，已转给承办单位" in page
    assert "还是没水" in page
    assert "new.jpg" in page
    assert Attachment.objects.get(case=matter.case).public


def test_adding_twice_with_one_key_adds_once(client, report, photo):
    matter, key = report().dispatch(), str(uuid4())
    for _ in range(2):
        act(client, matter, "add_words", words="还是没水", client_key=key, files=[photo()])
    assert [entry.verb for entry in list_entries(f"case:{matter.number}")].count("add_words") == 1
    assert Attachment.objects.filter(case=matter.case).count() == 1


def test_nothing_typed_is_lost_when_a_form_of_the_page_is_refused(client, report, photo):
    matter = report().dispatch()
    refused = act(client, matter, "add_words", words="", files=[photo("kept.jpg")])
    page = unescape(refused.content.decode())
    assert refused.status_code == 409
    assert "请填写" in page
    assert "kept.jpg" in page
    assert not Attachment.objects.exists()


def test_words_of_ten_thousand_signs_are_refused_and_shown_again(client, report):
    refused = act(client, report().dispatch(), "add_words", words="水" * 10_000)
    assert "最多写 5000 字" in refused.content.decode()


def test_signs_that_no_keyboard_has_are_dropped(client, report):
    matter = report().dispatch()
    act(client, matter, "add_words", words="还是\x00没水")
    assert "还是没水" in page_of(client, matter)


def test_a_matter_is_hurried_once_a_day(client, report):
    matter = report().dispatch()
    assert act(client, matter, "hurry", words="快一点").status_code == 303
    assert matter.case.hurries == 1
    assert "以后可以再催" in page_of(client, matter)
    refused = act(client, matter, "hurry")
    assert refused.status_code == 409
    assert "24 小时内已经催过一次" in refused.content.decode()
    assert "依据：" in refused.content.decode()
    assert matter.case.hurries == 1


def test_a_hurry_sent_again_with_its_key_is_no_second_one(client, report):
    matter, key = report().dispatch(), str(uuid4())
    answers = [act(client, matter, "hurry", client_key=key).status_code for _ in range(2)]
    assert answers == [303, 303]
    assert matter.case.hurries == 1


def test_what_a_clerk_noted_for_a_caller_does_not_use_up_the_persons_own_hurry(client, report):
    matter = report().dispatch().go("hurry", "linxiao", words="来电催办")
    assert act(client, matter, "hurry").status_code == 303


def test_an_answer_stands_out_and_is_rated_by_two_questions(client, report):
    matter = report().dispatch().answer("水泵修好了，水来了。")
    page = page_of(client, matter)
    assert "已经答复您" in page
    assert page.index("水泵修好了") < page.index("问题解决了吗？") < page.index("对办理满意吗？")
    assert act(client, matter, "evaluate", **RATED).status_code == 303
    rating = matter.case.ratings.get()
    assert (rating.solved, rating.satisfied, rating.source) == (True, 5, "online")
    page = page_of(client, matter, "?done=evaluate")
    assert "谢谢您的评价" in page
    assert "解决了 · 非常满意" in page
    assert matter.case.closed_at is not None


def test_an_answer_is_not_shown_before_it_is_approved(client, report):
    matter = report().dispatch().go("answer", "tanxue", reply="还没审过的答复")
    page = page_of(client, matter)
    assert "承办单位已写好答复，正在核对" in page
    assert "还没审过的答复" not in page


def test_an_answer_stands_on_the_page_once(client, report):
    page = page_of(client, report().dispatch().answer("水泵修好了，水来了。"))
    assert page.count("水泵修好了") == 1


def test_in_english_the_unit_has_its_english_name(client, report):
    client.cookies["huiyin_language"] = "en"
    page = page_of(client, report().dispatch())
    assert "Passed to Water Company" in page
    assert "In charge: Water Company" in page


def test_the_page_of_a_matter_is_english_but_for_names_and_the_persons_own_words(client, report):
    client.cookies["huiyin_language"] = "en"
    matter = report(words="No water", name="A")
    pages = [
        page_of(client, matter),
        page_of(client, matter.dispatch()),
        page_of(client, matter.answer("It runs")),
    ]
    pages.append(unescape(client.get(f"/received/{matter.number}/{matter.secret}").content.decode()))
    for page in pages:
        told = page.replace("中文", "").replace("谭雪", "")
        assert re.findall(r"[\u4e00-\u9fff]+", told) == []


def test_solved_and_satisfied_are_separate(client, report):
    matter = report().dispatch().answer()
    act(client, matter, "evaluate", solved="yes", satisfied="1")
    assert matter.case.closed_at is not None
    assert matter.case.ratings.get().satisfied == 1


def test_not_solved_goes_back_for_a_second_round_with_what_is_missing(client, report):
    matter = report().dispatch().answer()
    refused = act(client, matter, "evaluate", solved="no", satisfied="2")
    assert "请写一写哪里没解决" in refused.content.decode()
    assert 'value="no" checked' in refused.content.decode()
    response = act(client, matter, "evaluate", solved="no", satisfied="2", words="三楼还是没水")
    assert response.headers["Location"].endswith("?done=reopened")
    assert (matter.case.round, matter.case.stage) == (2, "reopened")
    page = page_of(client, matter, "?done=reopened")
    assert "已退回重办" in page
    assert "三楼还是没水" in page
    assert 'id="form-evaluate"' not in page


@pytest.mark.parametrize(
    "fields", [{}, {"solved": "yes"}, {"solved": "maybe", "satisfied": "9"}, {"satisfied": "5"}]
)
def test_a_rating_that_lacks_an_answer_is_refused(client, report, fields):
    matter = report().dispatch().answer()
    assert act(client, matter, "evaluate", **fields).status_code == 409
    assert not matter.case.ratings.exists()


def test_withdrawing_asks_for_a_reason_and_to_be_sure(client, report):
    matter = report().dispatch()
    assert "请先勾选确认" in act(client, matter, "withdraw", reason="自己修好了").content.decode()
    assert act(client, matter, "withdraw", sure="yes").status_code == 409
    assert act(client, matter, "withdraw", reason="自己修好了", sure="yes").status_code == 303
    assert matter.case.stage == "withdrawn"


def test_a_matter_that_waits_for_its_person_says_so_and_goes_on_when_supplied(client, report):
    matter = report().dispatch()
    evidence = Attachment.objects.create(
        case=matter.case,
        sha256="0" * 64,
        name="函.pdf",
        media_type="application/pdf",
        size=1,
        given_by="谭雪",
        given_at=timezone.now(),
    )
    matter.go("ask_person", "tanxue", reply="请说门牌号", files=[evidence.pk])
    page = page_of(client, matter)
    assert "等您补充情况" in page
    assert "请说门牌号" in page
    assert act(client, matter, "supply", words="3号楼2单元").status_code == 303
    assert matter.case.stage == "handling"


def test_only_moves_of_the_person_can_be_made(client, report):
    matter = report()
    assert act(client, matter, "dispatch", lead="1").status_code == 403
    assert act(client, matter, "no-such-move").status_code == 404
    assert "evaluate" not in re.findall(r'id="form-([\w-]+)"', page_of(client, matter))


def test_the_forms_need_no_script(client, report):
    page = page_of(client, report().dispatch())
    forms = re.findall(r'<form class="act.*?</form>', page, re.DOTALL)
    assert {re.search(r"moves/([\w-]+)", form)[1] for form in forms} == {"add_words", "hurry", "withdraw"}
    assert all(
        'method="post"' in form and "csrfmiddlewaretoken" in form and "client_key" in form for form in forms
    )


def test_a_photo_opens_by_the_link_and_not_without_it(client, fill, photo):
    response = client.post("/report", {**fill(), "files": [photo()]})
    number, secret = response.headers["Location"].split("/")[-2:]
    file = Attachment.objects.get()
    shown = client.get(f"/t/{number}/{secret}/files/{file.pk}")
    assert shown.headers["Content-Type"] == "image/jpeg"
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    assert b"".join(shown.streaming_content)[:2] == b"\xff\xd8"
    assert client.get(f"/t/{number}/guess/files/{file.pk}").status_code == 404
    Attachment.objects.update(public=False)
    assert client.get(f"/t/{number}/{secret}/files/{file.pk}").status_code == 404


@pytest.mark.parametrize(
    ("name", "raw"), [("a.pdf", b"%PDF-1"), ("a.docx", b"PK\x03\x04"), ("a.mp3", b"ID3")]
)
def test_what_is_no_picture_is_saved_and_never_shown(client, fill, name, raw):
    response = client.post("/report", {**fill(), "files": [SimpleUploadedFile(name, raw)]})
    number, secret = response.url.split("/")[2:4]
    saved = client.get(f"/t/{number}/{secret}/files/{Attachment.objects.get().pk}")
    assert b"".join(saved.streaming_content) == raw
    assert saved.headers["Content-Disposition"].startswith("attachment")
    assert saved.headers["X-Content-Type-Options"] == "nosniff"
    assert saved.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_the_file_of_another_matter_does_not_open(client, report, fill, photo):
    client.post("/report", {**fill(), "files": [photo()]})
    other = report(words="别的事")
    assert client.get(f"{other.path}/files/{Attachment.objects.get().pk}").status_code == 404

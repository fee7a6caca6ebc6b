"""What a villager sees and does on the public pages: without signing in, in plain words."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from huiyin.cases.api import make_acting, move_case
from huiyin.economy.postings.api import Field, NewPosting, PostingLine, Question, correct_line, put_up
from huiyin.kernel.words import Words

NOW = timezone.now()
COLUMNS = (Field("what", Words("摘要", "What")), Field("fen", Words("支出", "Paid"), "fen"))


@pytest.fixture
def visitor(db):
    return Client(headers={"accept": "text/html"})


def hang(village, rows):
    day = timezone.localdate(NOW)
    new = NewPosting(village.pk, "books", "2026年10月收支", "month:2026-10", COLUMNS, rows, day, 5)
    return put_up(new, None, NOW)


@pytest.fixture
def posting(village):
    return hang(
        village, [(f"voucher:{at}", {"what": f"第{at}笔开支", "fen": at * 100}) for at in range(1, 41)]
    )


def read(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def test_a_villager_finds_the_village_by_township_or_by_name(visitor, village, posting):
    assert village.township.short in read(visitor, "/village")
    assert village.name in read(visitor, f"/village?township={village.township_id}")
    assert village.code in read(visitor, f"/village?q={village.area.name}")
    assert "没有找到" in read(visitor, "/village?q=没有这个村")


def test_the_board_shows_what_hangs_and_who_is_in_office(visitor, village, posting):
    page = read(visitor, f"/village/{village.code}")
    assert posting.title in page
    assert "正在公示" in page
    assert village.officers.get(office="director").name in page
    assert "2026年10月收支" not in read(visitor, f"/village/{village.code}?kind=roster")
    read(visitor, "/village/none", 404)


def test_a_sheet_is_read_line_by_line_with_its_total_and_found_in(visitor, posting):
    page = read(visitor, f"/village/posting/{posting.pk}")
    assert "8,200.00" not in page
    assert "820.00" in page
    assert "第1笔开支" in page
    assert "第40笔开支" not in page
    assert "第40笔开支" in read(visitor, f"/village/posting/{posting.pk}?page=2")
    assert "第40笔开支" in read(visitor, f"/village/posting/{posting.pk}?q=第40笔")
    assert "明细里没有" in read(visitor, f"/village/posting/{posting.pk}?q=水渠")
    read(visitor, "/village/posting/999999999", 404)


def test_a_corrected_line_shows_both_and_the_reason(visitor, posting):
    line = posting.lines.get(at=2)
    correct_line(line.pk, {"what": "第2笔开支", "fen": 900}, "录错金额", None, NOW)
    page = read(visitor, f"/village/posting/{posting.pk}")
    assert "<del>第2笔开支 · 支出 2.00</del>" in page
    assert "录错金额" in page
    assert "827.00" in page


def test_the_downloaded_file_has_the_digest_that_the_page_tells(visitor, posting):
    content = visitor.get(f"/village/posting/{posting.pk}/sheet.json").content
    assert hashlib.sha256(content).hexdigest() == posting.digest
    assert posting.digest in read(visitor, f"/village/posting/{posting.pk}")


def test_a_row_changed_behind_the_pages_back_is_told_to_everybody(visitor, posting):
    assert "被改动过" not in read(visitor, f"/village/posting/{posting.pk}")
    PostingLine.objects.filter(posting=posting, at=3).update(cells={"what": "第3笔开支", "fen": 1})
    assert "被改动过" in read(visitor, f"/village/posting/{posting.pk}")


def test_asking_under_a_line_leads_to_a_number_and_the_answer_stands_below_it(visitor, posting, officer):
    line = posting.lines.get(at=2)
    path = f"/village/posting/{posting.pk}/ask"
    assert "第2笔开支" in read(visitor, f"{path}?line={line.pk}")
    asked = {"line": line.pk, "kind": "question", "words": "买了什么？", "name": "王桂兰", "client_key": "k1"}
    answer = visitor.post(path, asked)
    assert answer.status_code == 303
    question = Question.objects.get()
    assert answer.url == f"/village/question/{question.case.number}?done=asked"
    page = read(visitor, answer.url)
    assert question.case.number in page
    assert "王桂兰" not in page
    assert visitor.post(path, asked).url == answer.url
    told = {"reply": "买了两把锹。"}
    move_case(question.case.number, "answer", told, make_acting(officer("bookkeeper")), timezone.now())
    page = read(visitor, f"/village/posting/{posting.pk}")
    assert "买了什么？" in page
    assert "买了两把锹。" in page
    again = visitor.post(f"/village/question/{question.case.number}", {"words": "多少钱一把？"})
    assert again.status_code == 303
    assert "多少钱一把？" in read(visitor, f"/village/question/{question.case.number}")


def test_what_is_missing_is_told_and_what_was_typed_stays(visitor, posting):
    path = f"/village/posting/{posting.pk}/ask"
    answer = visitor.post(path, {"kind": "objection", "words": "", "phone": "13800001234"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "请写一写" in page
    assert "13800001234" in page


def test_a_machine_asks_nothing_and_an_address_not_without_end(visitor, posting):
    path = f"/village/posting/{posting.pk}/ask"
    visitor.post(path, {"kind": "question", "words": "买药", "homepage": "http://x"})
    assert Question.objects.count() == 0
    codes = [visitor.post(path, {"kind": "question", "words": f"问{at}"}).status_code for at in range(14)]
    assert codes[0] == 303
    assert codes[-1] == 429


def test_hidden_words_are_gone_and_the_reason_stands(visitor, posting, officer):
    visitor.post(f"/village/posting/{posting.pk}/ask", {"kind": "question", "words": "某某是骗子"})
    number = Question.objects.get().case.number
    move_case(number, "hide", {"reason": "辱骂他人"}, make_acting(officer("rural")), NOW + timedelta(hours=1))
    page = read(visitor, f"/village/posting/{posting.pk}")
    assert "某某是骗子" not in page
    assert "辱骂他人" in page


def test_nine_hundred_lines_are_read_in_few_statements(visitor, village, django_assert_max_num_queries):
    posting = hang(village, [(f"m:{at}", {"what": f"户{at}", "fen": at}) for at in range(900)])
    with django_assert_max_num_queries(8):
        page = read(visitor, f"/village/posting/{posting.pk}?page=30")
    assert "户899" in page

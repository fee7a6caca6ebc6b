"""What the person sees by the secret link: plain words, the officer, what can be done; nothing internal."""

from __future__ import annotations

import pytest

from huiyin.appeals.api import NewAppeal, find_tracked, link_of, report
from huiyin.cases.api import PERSON, record_files
from huiyin.kernel.refusals import Refusal


@pytest.fixture
def mine(desk):
    return report(
        NewAppeal("hotline", "portal", "三号楼停水两天了", desk.now, name="张三", phone="13900001234"), PERSON
    )


def look(mine):
    return find_tracked(mine.number, mine.secret)


def said(mine):
    """Everything that the person can read."""
    tracked = look(mine)
    return " ".join(
        [
            tracked.headline.zh,
            tracked.words,
            *(f"{step.title.zh} {' '.join(step.words)}" for step in tracked.steps),
        ]
    )


@pytest.mark.parametrize("secret", ["", "wrong", "停水", "\x00", "\ud800", "a" * 10_000])
def test_without_the_secret_there_is_no_such_matter(mine, secret):
    with pytest.raises(Refusal) as caught:
        find_tracked(mine.number, secret)
    assert caught.value.code == "case-not-found"
    assert mine.number not in caught.value.words.zh


@pytest.mark.parametrize("number", ["", "HC1", "\x00", "'; --"])
def test_without_the_number_neither(mine, number):
    with pytest.raises(Refusal):
        find_tracked(number, mine.secret)


def test_the_secret_of_another_matter_opens_nothing(desk, mine):
    other = report(NewAppeal("hotline", "portal", "路灯不亮", desk.now), PERSON)
    with pytest.raises(Refusal):
        find_tracked(mine.number, other.secret)


def test_the_number_may_be_typed_in_small_letters(mine):
    assert find_tracked(f" {mine.number.lower()} ", mine.secret).case.number == mine.number


def test_the_link_that_was_sent_opens_the_matter(desk, mine, settings):
    settings.PUBLIC_ADDRESS = "https://12345.example"
    assert link_of(desk.case(mine.number)) == f"https://12345.example/t/{mine.number}/{mine.secret}"


def test_each_step_is_told_in_plain_words(desk, mine):
    desk.move(mine.number, "accept", "linxiao", note="内部：老客户")
    desk.dispatch(mine.number, note="内部：转水务")
    desk.move(mine.number, "sign", "tanxue")
    assert [step.title.zh for step in look(mine).steps] == [
        "已收到",
        "已受理",
        "已交给水务公司",
        "承办单位已签收",
    ]
    assert look(mine).headline.zh == "正在办"


def test_nothing_internal_is_shown(desk, mine):
    number = mine.number
    desk.move(number, "accept", "linxiao", note="机密甲")
    desk.dispatch(number, note="机密乙")
    desk.move(number, "sign", "tanxue")
    desk.move(number, "remark", "hemin", note="机密丙")
    desk.move(number, "ask_extension", "tanxue", extra="5wd", reason="机密丁")
    desk.move(number, "refuse_extension", "zhaomingde", reason="机密戊")
    desk.move(number, "supervise", "chengmo", note="机密己")
    desk.move(number, "progress", "tanxue", reply="正在换管", note="机密庚")
    assert "机密" not in said(mine)
    assert "正在换管" in said(mine)


def test_an_answer_is_read_only_after_it_was_approved(desk, mine):
    desk.dispatch(mine.number)
    desk.move(mine.number, "sign", "tanxue")
    desk.move(mine.number, "answer", "tanxue", reply="草稿：已经修好")
    assert "草稿" not in said(mine)
    desk.move(mine.number, "close", "zhaomingde")
    assert said(mine).count("草稿：已经修好") == 1


def test_the_person_may_do_what_the_stage_allows(desk, mine):
    assert look(mine).can == {"add_words", "hurry", "withdraw"}
    desk.move(mine.number, "answer_at_once", "linxiao", reply="来水了")
    assert look(mine).can == {"add_words", "evaluate"}
    desk.move(mine.number, "evaluate", PERSON, solved=True, satisfied=5, words="很快")
    tracked = look(mine)
    assert (tracked.can, tracked.closed, tracked.rating.satisfied, tracked.version) == (set(), True, 5, 3)
    assert tracked.steps[-1].mine
    assert tracked.steps[-1].words == ["很快"]


def test_there_is_a_name_to_call_as_soon_as_there_is_a_unit(desk, mine):
    assert look(mine).officer is None
    desk.dispatch(mine.number)
    assert look(mine).officer.name == "谭雪"
    desk.move(mine.number, "sign", "tanxue")
    assert (look(mine).officer.id, bool(look(mine).officer.phone)) == (desk.acting("tanxue").account_id, True)


def test_the_lawful_way_is_told_with_its_words(desk, mine):
    from huiyin.register.models import LawfulWay

    way = LawfulWay.objects.first()
    desk.move(mine.number, "show_way", "linxiao", way=way.pk, reply="请按下面的途径办")
    assert way.words in said(mine)
    assert said(mine).count("请按下面的途径办") == 1
    LawfulWay.objects.update(active=False)
    assert way.words not in said(mine)


def test_only_public_files_are_shown(desk, mine):
    from huiyin.cases.api import Kept

    case = desk.case(mine.number)
    files = [
        record_files(case.pk, [Kept("0" * 64, name, "application/pdf", 1)], "x", desk.now, public=public)[0]
        for name, public in (("内部.pdf", False), ("公开.pdf", True))
    ]
    desk.move(mine.number, "add_words", PERSON, words="见附件", files=files)
    assert [file.name for file in look(mine).steps[-1].files] == ["公开.pdf"]


def test_the_english_page_names_the_unit_in_english(desk, mine):
    desk.dispatch(mine.number)
    assert look(mine).steps[-1].title.en.startswith("Passed to ")

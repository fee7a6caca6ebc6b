"""The bell and the log of messages."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from huiyin.appeals.api import Message, Notice
from huiyin.journal.api import seal
from huiyin.people.models import Account


@pytest.fixture
def ring(unit_of, now):
    def put(case, unit="water", kind="dispatched", age=timedelta(0)):
        return Notice.objects.create(
            unit=unit_of(unit), case=case, kind=kind, key=f"{case.number}:{kind}:{unit}", made_at=now - age
        )

    return put


@pytest.fixture
def write(now):
    def put(case, state="sent", text="您反映的问题已受理。", phone="139****1234", age=timedelta(0)):
        failed = state == "failed"
        return Message.objects.create(
            case=case,
            key=f"{case.number}:{state}:{text}",
            to_sealed=seal("13900001234", "message"),
            to_masked=phone,
            text=text,
            state=state,
            attempts=8 if failed else 1,
            error="no answer" if failed else "",
            made_at=now - age,
        )

    return put


def test_a_unit_hears_of_its_own_cases_the_newest_first(make_case, ring, client, sign_in):
    old, new, other = make_case("旧事"), make_case("新事"), make_case("别家的事")
    ring(old, age=timedelta(hours=2))
    ring(new, kind="hurried")
    ring(other, unit="market")
    sign_in(client, "tanxue")
    page = client.get("/console/notices").content.decode()
    assert page.index("新事") < page.index("旧事")
    assert "别家的事" not in page
    assert f"/console/cases/{new.number}" in page
    assert "诉求人催办" in page
    assert "未读" in page


def test_whoever_runs_the_system_hears_of_no_case_of_the_unit(make_case, ring, client, sign_in):
    notice = ring(
        make_case("县政府办的一件事"), unit=Account.objects.get(login="guanxu").posts.get().unit.key
    )
    for login in ("guanxu", "anran"):
        sign_in(client, login)
        page = client.get("/console/notices").content.decode()
        assert "县政府办的一件事" not in page
        assert "没有提醒" in page
        client.post("/console/notices")
    notice.refresh_from_db()
    assert notice.read_at is None
    sign_in(client, "luzhengping")
    assert "县政府办的一件事" in client.get("/console/notices").content.decode()


def test_marking_all_as_read_empties_the_bell_and_keeps_the_lines(make_case, ring, client, sign_in):
    ring(make_case("一件事"))
    theirs = ring(make_case("别家的事"), unit="market")
    sign_in(client, "tanxue")
    assert re.search(
        r'aria-label="提醒">.*?<span>1</span>', client.get("/console/cases").content.decode(), re.DOTALL
    )
    page = client.get(client.post("/console/notices")["Location"]).content.decode()
    assert "全部标为已读。" in page
    assert "一件事" in page
    assert "未读" not in page
    theirs.refresh_from_db()
    assert theirs.read_at is None


def test_an_empty_bell_says_what_will_ring_it(client, sign_in):
    sign_in(client, "tanxue")
    assert "没有提醒" in client.get("/console/notices").content.decode()


def test_messages_are_found_by_state_by_case_and_by_the_end_of_the_phone(make_case, write, client, sign_in):
    one, two = make_case(), make_case()
    write(one, text="第一条")
    write(two, "failed", text="第二条", phone="139****9999")
    sign_in(client, "linxiao")
    for query, shown in (("state=failed", "第二条"), (f"q={one.number}", "第一条"), ("q=9999", "第二条")):
        page = client.get(f"/console/messages?{query}").content.decode()
        assert re.findall("第.条", page) == [shown], query


def test_neither_the_number_nor_the_secret_of_the_link_is_shown(make_case, write, client, sign_in):
    case = make_case()
    write(case, text=f"已受理 https://huiyin.example/t/{case.number}/s3cr3t-of-the-person")
    sign_in(client, "linxiao")
    page = client.get("/console/messages").content.decode()
    assert "s3cr3t" not in page
    assert f"/t/{case.number}/…" in page
    assert "139****1234" in page
    assert "13900001234" not in page


def test_a_failed_message_is_sent_again_and_others_are_left_alone(make_case, write, client, sign_in):
    failed, sent = write(make_case(), "failed"), write(make_case())
    sign_in(client, "linxiao")
    answer = client.post(f"/console/messages/{failed.pk}/retry")
    assert "已重新排队发送" in client.get(answer["Location"]).content.decode()
    client.post(f"/console/messages/{sent.pk}/retry")
    failed.refresh_from_db()
    sent.refresh_from_db()
    assert (failed.state, failed.attempts, sent.state, sent.attempts) == ("waiting", 0, "sent", 1)


def test_the_administrator_sees_that_messages_failed_but_not_what_they_say(make_case, write, client, sign_in):
    write(make_case(), "failed", text="内容不给管理员看")
    sign_in(client, "guanxu")
    page = client.get("/console/messages").content.decode()
    assert "发送失败" in page
    assert "内容不给管理员看" not in page
    assert "/console/cases/" not in page


def test_the_log_is_open_to_those_whose_duty_it_is(client, sign_in):
    for login, status in (
        ("linxiao", 200),
        ("guoheng", 200),
        ("chengmo", 200),
        ("guanxu", 200),
        ("tanxue", 403),
    ):
        assert client.get("/console/messages").status_code in (302, 200, 403)
        assert sign_in(client, login).get("/console/messages").status_code == status, login


def test_texts_of_messages_are_escaped(make_case, write, client, sign_in):
    write(make_case(), text="<script>alert(1)</script>")
    sign_in(client, "linxiao")
    assert "<script>alert" not in client.get("/console/messages").content.decode()


def test_bell_and_log_are_whole_in_english(make_case, ring, write, client, sign_in):
    case = make_case("A lamp", title="A lamp", by="linxiao")
    ring(case, unit="service-centre")
    write(case, "failed", text="A text")
    sign_in(client, "linxiao")
    client.cookies["huiyin_language"] = "en"
    pages = client.get("/console/notices").content.decode() + client.get("/console/messages").content.decode()
    told = re.sub(r"<a [^>]*lang=.zh.*?</a>|林晓|禾川县回音", "", pages, flags=re.DOTALL)
    assert re.findall(r"[\u4e00-\u9fff]+", told) == []

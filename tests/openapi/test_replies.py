"""Machines check a reply before they send it; what they send is checked afterwards, and read."""

from __future__ import annotations

from huiyin.cases.api import Case
from huiyin.journal.api import drain_outbox
from huiyin.replies.api import Check, hear_now, is_reply_unchecked

PASSED_ON = "您好，您反映的问题已转有关部门处理。"


def test_a_machine_learns_what_a_reply_lacks(machine_of):
    answer = machine_of("linxiao", "cases:read").post(
        "/replies/check", {"reply": PASSED_ON, "about": "路灯不亮"}
    )
    told = answer.json()
    assert answer.status_code == 200
    assert (told["band"], told["findings"][0]["code"]) == ("poor", "only-forwarded")
    assert told["findings"][0]["words"]["en"]
    assert sum(told["points"].values()) >= told["score"]
    assert not Check.objects.exists()


def test_an_empty_reply_does_not_fit_the_document(machine_of):
    assert machine_of("linxiao").post("/replies/check", {"reply": " "}).status_code in {400, 422}


def test_an_answer_that_a_machine_sent_is_checked_once_and_always_read_when_weak(machine_of):
    machine = machine_of("linxiao")
    number = machine.open().json()["number"]
    assert machine.move(number, "answer_at_once", reply=PASSED_ON).status_code == 200
    events = []

    def hear(event):
        events.append(event)
        hear_now(event)

    drain_outbox(hear)
    check = Check.objects.get(case=Case.objects.get(number=number))
    assert (check.band, check.sampled, check.move) == ("poor", "weak", "answer_at_once")
    assert check.account.startswith("林晓")
    assert check.unit is not None
    moved = [event for event in events if event.body.get("move") == "answer_at_once"]
    assert [is_reply_unchecked(event.body) for event in moved] == [False]
    hear_now(moved[0])
    assert Check.objects.count() == 1

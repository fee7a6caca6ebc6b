"""Who may open the return court, and what its pages say when there is nothing."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.cases.county import _county_of_module, desk

from huiyin.app.demo.county.loader import PASSWORD

__all__ = ["_county_of_module", "desk"]


def browse(login):
    client = Client()
    client.post("/console/sign-in", {"login": login, "password": PASSWORD})
    return client


@pytest.mark.parametrize("login", ["guoheng", "luzhengping", "fangzheng", "chengmo", "hemin", "shenji"])
def test_the_centre_and_those_above_it_look_into_the_court(desk, login):
    page = browse(login).get("/console/court")
    assert page.status_code == 200
    assert "没有待审核的退单" in page.content.decode()


@pytest.mark.parametrize("login", ["tanxue", "zhaomingde", "guanxu", "anran"])
def test_units_and_those_who_run_the_system_do_not(desk, login):
    assert browse(login).get("/console/court").status_code == 403


def test_empty_pages_say_so(desk):
    client = browse("tanxue")
    assert "还没有先例" in client.get("/console/precedents").content.decode()
    assert "没有这样的退单" in client.get("/console/returns/cases").content.decode()
    assert client.get("/console/returns").status_code == 200


def test_only_the_centre_decides_and_only_it_withdraws_a_precedent(desk):
    number = desk.dispatched()
    desk.move(number, "ask_return", "tanxue", clause="第1.1.6条", reason="不归")
    supervisor = browse("chengmo")
    assert f'id="refuse-{number}"' not in supervisor.get("/console/court").content.decode()
    sent = {"move": "accept_return", "version": str(desk.case(number).version)}
    answer = supervisor.post(f"/console/court/{number}/decision", sent)
    assert (answer.status_code, desk.stage(number)) == (409, "return-review")
    assert supervisor.post("/console/precedents/1/withdrawal", {"reason": "x"}).status_code == 403


def test_whoever_only_looks_on_reads_reviews_and_consultations(desk):
    number = desk.dispatched()
    desk.move(number, "ask_return", "tanxue", clause="第1.1.6条", reason="不归")
    assert number in browse("hemin").get("/console/court").content.decode()
    desk.move(number, "refuse_return", "guoheng", reason="归你们")
    desk.move(number, "ask_return", "tanxue", clause="第1.1.6条", reason="还是不归")
    assert desk.stage(number) == "consultation"
    for login in ("hemin", "shenji", "chengmo"):
        page = browse(login).get("/console/court")
        assert (page.status_code, number in page.content.decode()) == (200, True), login


def test_a_decision_on_an_old_page_is_refused_with_what_was_typed(desk):
    number = desk.dispatched()
    desk.move(number, "ask_return", "tanxue", clause="第1.1.6条", reason="不归")
    sent = {"move": "refuse_return", "version": "1", "reason": "还是归你们"}
    answer = browse("guoheng").post(f"/console/court/{number}/decision", sent)
    assert (answer.status_code, "还是归你们" in answer.content.decode()) == (409, True)


def test_nonsense_in_the_address_is_an_empty_or_whole_list(desk):
    client = browse("guoheng")
    for path in (
        "/console/precedents?category=x&unit=%00&state=zz&page=-1&q=%00",
        "/console/returns?since=nein&unit=99999999999999999999",
        "/console/returns/cases?outcome=zz&page=99",
    ):
        assert client.get(path).status_code == 200, path

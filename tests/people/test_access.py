"""The middleware that knows the account, and the guard before every view."""

from __future__ import annotations

import json
from functools import partial

import pytest
from django.http import HttpResponse
from django.urls import include, path
from django.utils import timezone

from huiyin.kernel.refusals import Refusal
from huiyin.people.access import find_account_of, get_account_of, open_to
from huiyin.people.middleware import KnowAccount
from huiyin.people.sessions import COOKIE, clear_session_cookie, set_session_cookie
from huiyin.people.signing_in import sign_in
from huiyin.people.values import AccountInHand, PostInHand

PASSWORD = "correct-horse"
HANDLER = AccountInHand(1, "tanxue", "谭雪", (PostInHand(7, "水务公司", "company", "handler"),))


def _sign_in(request):
    return HttpResponse()


urlpatterns = [path("console/", include(([path("sign-in", _sign_in, name="sign-in")], "console")))]
pytestmark = pytest.mark.urls(__name__)


def _ask(rf, account=None, method="get", where="/console/cases?tab=due", **headers):
    request = getattr(rf, method)(where, headers=headers)
    request.account = account
    return request


@open_to("everyone")
def show_front(request):
    return HttpResponse("front")


@open_to("staff")
def show_cases(request, number=0):
    return HttpResponse(f"cases {number}")


@open_to("dispatcher", "centre")
def show_dispatch(request):
    return HttpResponse("dispatch")


def test_every_guarded_view_says_who_may_open_it():
    assert show_front.access == {"everyone"}
    assert show_dispatch.access == {"dispatcher", "centre"}
    assert show_dispatch.__name__ == "show_dispatch"


@pytest.mark.parametrize("access", [(), ("dispatchers",), ("staff", "king")])
def test_a_word_that_is_no_role_is_a_mistake_in_the_code(access):
    with pytest.raises(ValueError, match="open_to"):
        open_to(*access)


def test_everyone_may_open_what_is_open_to_everyone(rf):
    assert show_front(_ask(rf)).content == b"front"


def test_a_page_leads_whoever_is_not_signed_in_to_the_sign_in_and_back(rf):
    response = show_cases(_ask(rf))
    assert response.status_code == 302
    assert response["Location"] == "/console/sign-in?next=%2Fconsole%2Fcases%3Ftab%3Ddue"


def test_a_form_that_was_sent_after_the_session_ended_does_not_come_back_to_a_post(rf):
    assert show_cases(_ask(rf, method="post"))["Location"] == "/console/sign-in"


def test_htmx_is_answered_401_and_told_where_to_go(rf):
    response = show_cases(_ask(rf, **{"HX-Request": "true"}))
    assert (response.status_code, response["HX-Redirect"]) == (401, "/console/sign-in")


def test_a_machine_is_answered_401_in_json(rf):
    response = show_cases(_ask(rf, Accept="application/json"))
    assert response.status_code == 401
    assert json.loads(response.content)["code"] == "sign-in"


def test_any_account_may_open_what_is_open_to_staff(rf):
    assert show_cases(_ask(rf, HANDLER), 7).content == b"cases 7"


def test_without_one_of_the_roles_it_is_not_your_duty(rf):
    with pytest.raises(Refusal) as refused:
        show_dispatch(_ask(rf, HANDLER))
    assert refused.value.code == "not-your-duty"
    assert "派单员、中心审核" in refused.value.words.zh
    assert "Dispatcher, Centre reviewer" in refused.value.words.en


def test_with_one_of_the_roles_the_view_is_open(rf):
    one = AccountInHand(2, "hemin", "何敏", (PostInHand(1, "中心", "centre", "dispatcher"),))
    assert show_dispatch(_ask(rf, one)).content == b"dispatch"


def test_asking_for_the_account_of_nobody_is_refused(rf):
    assert find_account_of(_ask(rf)) is None
    assert get_account_of(_ask(rf, HANDLER)) is HANDLER
    with pytest.raises(Refusal, match="sign-in"):
        get_account_of(_ask(rf))


def _pass(request, seen, response=None):
    seen.append(request.account)
    return response or HttpResponse()


def test_a_visitor_without_a_cookie_costs_no_statement(rf, db, django_assert_num_queries):
    seen = []
    with django_assert_num_queries(0):
        KnowAccount(partial(_pass, seen=seen))(rf.get("/"))
    assert seen == [None]


def test_a_signed_in_request_costs_one_statement(rf, make_account, centre, django_assert_num_queries):
    make_account("hemin", ("dispatcher", centre))
    request, seen = rf.get("/"), []
    request.COOKIES[COOKIE] = sign_in("hemin", PASSWORD, timezone.now()).token
    with django_assert_num_queries(1):
        response = KnowAccount(partial(_pass, seen=seen))(request)
    assert seen[0].login == "hemin"
    assert COOKIE not in response.cookies


def test_a_dead_cookie_is_cleared(rf, db):
    request = rf.get("/")
    request.COOKIES[COOKIE] = "made-up"
    response = KnowAccount(partial(_pass, seen=[]))(request)
    assert response.cookies[COOKIE]["max-age"] == 0


def test_signing_in_over_a_dead_cookie_keeps_the_new_one(rf, db):
    fresh = HttpResponse()
    set_session_cookie(fresh, "fresh")
    request = rf.get("/")
    request.COOKIES[COOKIE] = "made-up"
    response = KnowAccount(partial(_pass, seen=[], response=fresh))(request)
    assert response.cookies[COOKIE].value == "fresh"


def test_the_cookie_is_out_of_reach_of_scripts_and_of_other_sites(settings):
    settings.SECURE_COOKIES = True
    response = HttpResponse()
    set_session_cookie(response, "token")
    cookie = response.cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["secure"]
    assert cookie["samesite"] == "Lax"
    clear_session_cookie(response)
    assert response.cookies[COOKIE].value == ""

"""The second step, one's own second factor and sessions, being signed out, and what is due first."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

import pyotp
import pytest
from django.utils import timezone

from huiyin.people import api as people
from huiyin.people.models import Session

PASSWORD = "hechuan-demo"
SIGN_IN, CODE = "/console/sign-in", "/console/sign-in/code"
FACTOR = "/console/second-factor"
pytestmark = pytest.mark.usefixtures("county")


def _enrol(login="hemin", ago=timedelta(hours=1)):
    """The secret and the recovery codes of an account of the county, set up a while ago."""
    account = people.find_account(login)
    holder, before = people.AccountInHand(account.pk, login, account.name), timezone.now() - ago
    people.begin_second_factor(holder, before)
    secret, _address = people.find_waiting_secret(holder)
    return secret, people.confirm_second_factor(holder, pyotp.TOTP(secret).at(before), before, "")


def _start(client, login="hemin", wanted="/console/cases?tab=review"):
    return client.post(SIGN_IN, {"login": login, "password": PASSWORD, "next": wanted})


def _page(answer):
    return answer.content.decode()


def test_after_the_password_the_code_is_asked_and_then_one_goes_on(client):
    secret, _codes = _enrol()
    first = _start(client)
    assert first["Location"] == f"{CODE}?{urlencode({'next': '/console/cases?tab=review'})}"
    assert people.SESSION_COOKIE not in client.cookies
    assert client.get("/console/cases").status_code == 302
    assert "hemin" in _page(client.get(first["Location"]))
    form = {"code": pyotp.TOTP(secret).now(), "next": "/console/cases?tab=review"}
    assert client.post(CODE, form)["Location"] == "/console/cases?tab=review"
    assert client.get("/console/cases").status_code == 200
    assert not client.cookies[people.STEP_COOKIE].value


def test_the_cookie_of_the_first_step_is_out_of_reach_and_short_lived(client):
    _enrol()
    cookie = _start(client).cookies[people.STEP_COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 600)


def test_a_wrong_code_is_told_beside_its_field_and_a_recovery_code_is_taken(client):
    _secret, codes = _enrol()
    _start(client)
    wrong = client.post(CODE, {"code": "12345"})
    assert wrong.status_code == 422
    assert "验证码不对" in _page(wrong)
    assert client.post(CODE, {"code": codes[0]}).status_code == 302


def test_wrong_codes_end_in_a_lock_that_is_told(client):
    _enrol()
    _start(client)
    for _ in range(5):
        answer = client.post(CODE, {"code": "12345"})
    assert "已锁定 15 分钟" in _page(answer)


def test_without_a_first_step_there_is_no_second(client):
    for answer in (client.get(CODE), client.post(CODE, {"code": "123456"})):
        assert answer.status_code == 422
        assert "第一步已过期" in _page(answer)
        assert 'name="password"' in _page(answer)


def test_one_sets_up_the_second_factor_by_a_qr_code_and_sees_the_recovery_codes_once(client, sign_in):
    sign_in(client, "hemin")
    assert "未开启" in _page(client.get(FACTOR))
    assert client.post(f"{FACTOR}/begin")["Location"] == FACTOR
    waiting = _page(client.get(FACTOR))
    assert 'src="data:image/svg+xml' in waiting
    account = people.find_account("hemin")
    secret, _address = people.find_waiting_secret(people.AccountInHand(account.pk, "hemin", ""))
    assert secret[:4] in waiting
    assert client.post(f"{FACTOR}/confirm", {"code": "12345"}).status_code == 422
    done = client.post(f"{FACTOR}/confirm", {"code": pyotp.TOTP(secret).now()})
    assert _page(done).count("<li><code>") == 10
    assert done.headers["Cache-Control"] == "private, no-store"
    after = _page(client.get(FACTOR))
    assert "已开启" in after
    assert "<li><code>" not in after
    assert secret[:4] not in after


def test_new_recovery_codes_and_removal_ask_to_prove_oneself_again(client, sign_in):
    sign_in(client, "hemin")
    secret, codes = _enrol()
    sign_in_again = people.finish_sign_in(
        people.begin_sign_in("hemin", PASSWORD, timezone.now()).step, codes[0], timezone.now()
    )
    client.cookies[people.SESSION_COOKIE] = sign_in_again.token
    assert client.post(f"{FACTOR}/codes", {"code": "12345"}).status_code == 422
    renewed = _page(client.post(f"{FACTOR}/codes", {"code": codes[1]}))
    assert renewed.count("<li><code>") == 10
    wrong = client.post(f"{FACTOR}/remove", {"password": "wrong-1", "last_code": pyotp.TOTP(secret).now()})
    assert wrong.status_code == 422
    assert people.has_second_factor(people.find_account("hemin").pk)
    removed = client.post(f"{FACTOR}/remove", {"password": PASSWORD, "last_code": pyotp.TOTP(secret).now()})
    assert removed["Location"] == f"{FACTOR}?done=removed"
    assert not people.has_second_factor(people.find_account("hemin").pk)


def _demand(**rules):
    account = people.find_account("hemin")
    officer = people.AccountInHand(account.pk, "hemin", account.name)
    people.change_rules(people.SignInRules(**rules), by=officer, now=timezone.now())


def test_a_role_that_must_have_a_second_factor_is_led_to_it_from_every_page(client, sign_in):
    sign_in(client, "hemin")
    _demand(second_factor_roles=frozenset({"dispatcher"}))
    assert client.get("/console/cases")["Location"] == FACTOR
    assert "您的岗位要求两步验证" in _page(client.get(FACTOR))
    htmx = client.get("/console/cases", headers={"HX-Request": "true"})
    assert (htmx.status_code, htmx.headers["HX-Redirect"]) == (403, FACTOR)
    data = client.get("/console/cases", headers={"Accept": "application/json"})
    assert (data.status_code, data.json()["code"]) == (403, "first")
    client.post(f"{FACTOR}/begin")
    account = people.find_account("hemin")
    secret, _address = people.find_waiting_secret(people.AccountInHand(account.pk, "hemin", ""))
    client.post(f"{FACTOR}/confirm", {"code": pyotp.TOTP(secret).now()})
    assert client.get("/console/cases").status_code == 200
    other = sign_in(type(client)(), "linxiao")
    assert other.get("/console/cases").status_code == 200


def test_a_password_that_another_set_leads_to_its_change_and_nowhere_else(client):
    account = people.find_account("hemin")
    people.set_password(account.pk, "given-horse-1", by=None, now=timezone.now())
    client.post(SIGN_IN, {"login": "hemin", "password": "given-horse-1"})
    assert client.get("/console/cases")["Location"] == "/console/password"
    assert "别人设的或已到期" in _page(client.get("/console/password"))
    form = {"old": "given-horse-1", "new": "my-own-horse-1", "again": "my-own-horse-1"}
    assert client.post("/console/password", form).status_code == 302
    assert client.get("/console/cases").status_code == 200


def test_the_demo_accounts_come_in_with_neither(client):
    assert _start(client)["Location"] == "/console/cases?tab=review"
    assert client.get("/console/cases").status_code == 200


def _grow_idle():
    Session.objects.update(seen_at=timezone.now() - timedelta(minutes=121))


def test_whoever_was_idle_is_told_so_and_comes_back_to_where_they_were(client, sign_in):
    sign_in(client, "hemin")
    _grow_idle()
    asked = client.get("/console/cases?tab=review")
    page = _page(client.get(asked["Location"]))
    assert "因长时间未操作已退出" in page
    assert 'name="next" value="/console/cases?tab=review"' in page
    assert "因长时间未操作已退出" not in _page(client.get(SIGN_IN))


def test_a_fragment_leads_back_to_the_page_it_was_for(client, sign_in):
    sign_in(client, "hemin")
    _grow_idle()
    told = {"HX-Request": "true", "HX-Current-URL": "http://testserver/console/cases?tab=mine"}
    answer = client.get("/console/cases?tab=mine&page=2", headers=told)
    assert answer.status_code == 401
    assert (
        answer.headers["HX-Redirect"]
        == f"{SIGN_IN}?{urlencode({'next': '/console/cases?tab=mine', 'why': 'idle'})}"
    )


def test_what_was_typed_before_the_session_ended_is_not_lost(client, sign_in):
    sign_in(client, "linxiao")
    _grow_idle()
    form = {"words": "路灯坏了三天，晚上看不见路", "phone": "10100001234", "password": "not-shown-1"}
    answer = client.post("/console/intake", form, headers={"Referer": "http://testserver/console/intake"})
    page = _page(answer)
    assert answer.status_code == 401
    assert "因长时间未操作已退出" in page
    assert "路灯坏了三天，晚上看不见路" in page
    assert "not-shown-1" not in page
    assert "next=%2Fconsole%2Fintake" in page
    assert "再提交一次" in page


def test_one_sees_where_one_is_signed_in_and_ends_what_one_does_not_know(client):
    other = type(client)()
    _start(other)
    client.post(
        SIGN_IN, {"login": "hemin", "password": PASSWORD}, headers={"User-Agent": "X Chrome/1 Windows"}
    )
    page = _page(client.get("/console/sessions"))
    assert "Chrome · Windows" in page
    assert "127.0.0.1" in page
    key = page.split('name="session" value="')[1].split('"')[0]
    assert client.post("/console/sessions/end", {"session": key})["Location"].endswith("done=ended")
    assert other.get("/console/cases").status_code == 302
    _start(other)
    assert client.post("/console/sessions/end")["Location"].endswith("done=others-ended")
    assert other.get("/console/cases").status_code == 302
    assert client.get("/console/cases").status_code == 200


def test_a_wrong_key_of_a_session_is_refused_in_words(client, sign_in):
    sign_in(client, "hemin")
    assert client.post("/console/sessions/end", {"session": "中文\0"}).status_code == 404


def test_the_pages_are_whole_in_english(client, sign_in):
    client.cookies["huiyin_language"] = "en"
    sign_in(client, "hemin")
    for address in (FACTOR, "/console/sessions"):
        page = _page(client.get(address)).split("<main")[1]
        assert not [sign for sign in page if "一" <= sign <= "龥"], address


def test_every_form_of_the_second_factor_sends_what_its_view_reads(client, sign_in):
    """A field that the view does not read would only be found by whoever fills it in."""
    _enrol()
    half = people.begin_sign_in("hemin", PASSWORD, timezone.now())
    codes = people.renew_recovery_codes(
        people.AccountInHand(half.account_id, "hemin", "何敏"), timezone.now()
    )
    signed = people.finish_sign_in(half.step, codes[0], timezone.now())
    client.cookies[people.SESSION_COOKIE] = signed.token
    page = _page(client.get(FACTOR))
    form = page.split(f'action="{FACTOR}/remove"')[1].split("</form>")[0]
    names = [part.split('"')[0] for part in form.split(' name="')[1:]]
    typed = dict(
        zip([name for name in names if name != "csrfmiddlewaretoken"], (PASSWORD, codes[1]), strict=True)
    )
    assert client.post(f"{FACTOR}/remove", typed).status_code == 302

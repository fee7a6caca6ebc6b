"""Signing in and out, and changing one's own password."""

from __future__ import annotations

import pytest

from huiyin.people.api import SESSION_COOKIE, Account

PASSWORD = "hechuan-demo"
SIGN_IN = "/console/sign-in"
pytestmark = pytest.mark.usefixtures("county")


def _sign_in(client, login="hemin", password=PASSWORD, **more):
    return client.post(SIGN_IN, {"login": login, "password": password, **more})


def test_whoever_is_not_signed_in_is_asked_to_and_goes_on_where_they_wanted(client):
    asked = client.get("/console/cases?tab=review")
    assert asked.status_code == 302
    page = client.get(asked["Location"]).content.decode()
    assert 'name="next" value="/console/cases?tab=review"' in page
    assert _sign_in(client, next="/console/cases?tab=review")["Location"] == "/console/cases?tab=review"
    assert client.get("/console/cases?tab=review").status_code == 200


def test_the_console_begins_with_the_worklist(client):
    assert _sign_in(client)["Location"] == "/console/cases"
    assert client.get("/console/")["Location"] == "/console/cases"


@pytest.mark.parametrize(
    "wanted",
    ["https://evil.example/", "//evil.example/console", "/console//evil\\@x", "/t/1", "javascript:1"],
)
def test_signing_in_never_leads_away_from_the_console(client, wanted):
    place = _sign_in(client, next=wanted)["Location"]
    assert place.startswith("/console")
    assert "evil.example" not in place


def test_a_wrong_password_keeps_the_login_and_says_why(client):
    answer = _sign_in(client, password="wrong-password")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "登录名或密码不对" in page
    assert 'value="hemin"' in page
    assert "wrong-password" not in page


def test_nothing_typed_is_told_field_by_field(client):
    page = _sign_in(client, "", "").content.decode()
    assert "请输入登录名" in page
    assert "请输入密码" in page


def test_the_fifth_wrong_password_locks_the_account_and_says_for_how_long(client):
    for _ in range(5):
        page = _sign_in(client, password="wrong-password").content.decode()
    assert "锁定 15 分钟" in page
    assert "等保2.0" in page
    assert "锁定 15 分钟" in _sign_in(client).content.decode()


def test_what_was_typed_as_a_login_is_escaped(client):
    assert "<script>alert" not in _sign_in(client, "<script>alert(1)</script>").content.decode()


def test_a_demonstration_lists_one_account_for_each_role(client, settings):
    settings.DEMO = True
    page = client.get(SIGN_IN).content.decode()
    assert page.count('name="login" value="') == 15
    assert PASSWORD in page
    assert "督办员" in page
    settings.DEMO = False
    page = client.get(SIGN_IN).content.decode()
    assert PASSWORD not in page
    assert "演示账号" not in page


def test_a_database_without_the_demo_county_shows_no_demo_accounts(client, settings):
    settings.DEMO = True
    Account.objects.update(active=False)
    assert "演示账号" not in client.get(SIGN_IN).content.decode()


def test_signing_out_ends_the_session_and_cannot_be_done_by_a_link(client, sign_in):
    sign_in(client, "hemin")
    token = client.cookies[SESSION_COOKIE].value
    assert client.get("/console/sign-out").status_code == 405
    assert client.post("/console/sign-out")["Location"] == "/console/sign-in?done=signed-out"
    client.cookies[SESSION_COOKIE] = token
    assert client.get("/console/cases").status_code == 302
    assert "已退出登录" in client.get("/console/sign-in?done=signed-out").content.decode()


def test_whoever_is_signed_in_already_is_not_asked_again(client, sign_in):
    sign_in(client, "hemin")
    assert client.get(SIGN_IN)["Location"] == "/console/cases"


def _change(client, old=PASSWORD, new="new-secret-1", again=None):
    return client.post(
        "/console/password", {"old": old, "new": new, "again": new if again is None else again}
    )


def test_a_changed_password_signs_out_all_other_devices(client, sign_in):
    other = type(client)()
    sign_in(other, "hemin")
    sign_in(client, "hemin")
    answer = _change(client)
    assert answer["Location"] == "/console/password?done=password"
    assert "密码已修改" in client.get(answer["Location"]).content.decode()
    assert other.get("/console/cases").status_code == 302
    assert _sign_in(type(client)(), password="new-secret-1").status_code == 302


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"old": "not-the-old-1"}, "原密码不对"),
        ({"new": "short"}, "密码至少 10 位"),
        ({"again": "something-else-1"}, "两次输入的新密码不一样"),
        ({"new": PASSWORD}, "和原密码一样"),
    ],
)
def test_a_password_that_cannot_be_is_refused_beside_its_field(client, sign_in, typed, words):
    sign_in(client, "hemin")
    answer = _change(client, **typed)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert client.get("/console/cases").status_code == 200


def test_the_pages_are_whole_in_english(client, sign_in):
    client.cookies["huiyin_language"] = "en"
    page = client.get(SIGN_IN).content.decode()
    assert "Sign in" in page
    assert "登录" not in page
    sign_in(client, "hemin")
    page = client.get("/console/password").content.decode()
    assert "Change password" in page
    assert "密码" not in page

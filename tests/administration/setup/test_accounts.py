"""Accounts on their pages: opened with a password that is shown once, posts, locks, fresh passwords."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from huiyin.kernel.refusals import Refusal
from huiyin.people import api as people

pytestmark = pytest.mark.django_db
PLACE = "/console/setup/accounts/entry"


def passwords_in(answer):
    return re.findall(r"<code>([\w-]+)</code>", answer.content.decode())


def post_of(login, role):
    account = people.find_account(login)
    return next(post for post in people.list_posts(account.pk) if post.role == role)


def give(client, login, role, unit="county-office", since="2026-01-05"):
    return client.post(f"{PLACE}/{login}/posts", {"unit": unit, "role": role, "since_on": since})


def test_an_account_is_opened_with_a_password_that_is_shown_once(admin):
    typed = {"login": "xinren", "name": "辛仁", "phone": "0999-5300099"}
    answer = admin.post("/console/setup/accounts/new", typed)
    (password,) = passwords_in(answer)
    assert answer.headers["Cache-Control"] == "no-store"
    assert people.sign_in("xinren", password, timezone.now())
    assert password not in admin.get(f"{PLACE}/xinren").content.decode()
    again = admin.post("/console/setup/accounts/new", typed)
    assert again.status_code == 422
    assert passwords_in(again) == []


@pytest.mark.parametrize("typed", [{"login": "辛仁", "name": "辛仁"}, {"login": "xin ren", "name": "x"}])
def test_a_login_is_plain_letters(admin, typed):
    assert admin.post("/console/setup/accounts/new", typed).status_code in {409, 422}
    assert people.find_account(typed["login"]) is None


def test_posts_are_given_and_ended_on_the_page_of_the_account(admin):
    given = give(admin, "hemin", "leader")
    assert given.status_code == 303
    page = admin.get(given.url).content.decode()
    assert "岗位已安排" in page
    assert "领导" in page
    post = post_of("hemin", "leader")
    ended = admin.post(f"{PLACE}/hemin/posts/{post.pk}", {"until_on": "2026-01-06"})
    assert ended.status_code == 303
    assert "已结束" in admin.get(ended.url).content.decode()


def test_a_clash_of_roles_is_said_beside_the_role(admin):
    answer = give(admin, "hemin", "centre", "service-centre")
    assert answer.status_code == 409
    page = answer.content.decode()
    assert 'id="id_role-error"' in page
    assert "不能由同一个人担任" in page


@pytest.mark.parametrize(
    "typed",
    [{}, {"since_on": "someday"}, {"since_on": "2026-01-05", "unit": "nowhere"}, {"since_on": "2026-13-01"}],
)
def test_a_post_that_is_half_filled_in_is_refused(admin, typed):
    assert admin.post(f"{PLACE}/hemin/posts", typed).status_code in {404, 409}


def test_a_post_of_somebody_else_is_not_ended_here(admin):
    post = post_of("songyu", "dispatcher")
    answer = admin.post(f"{PLACE}/hemin/posts/{post.pk}", {"until_on": "2026-01-06"})
    assert answer.status_code == 404
    post.refresh_from_db()
    assert post.until_on is None


def test_the_three_officers_are_appointed_by_the_security_officer_alone(admin, security):
    people.open_account("xinren", "辛仁", "", "correct-horse", by=None, now=timezone.now())
    assert give(admin, "xinren", "auditor").status_code == 403
    assert give(security, "xinren", "handler").status_code == 403
    assert give(security, "xinren", "auditor").status_code == 303
    for client, offered in ((admin, "经办人"), (security, "审计员")):
        page = client.get(f"{PLACE}/tanxue").content.decode()
        roles = page.split('name="role"')[1].split("</select>")[0]
        assert offered in roles
        assert ("经办人" in roles) != ("审计员" in roles)


def test_nobody_gives_a_post_or_a_password_to_themselves(admin, security):
    for client, login in ((admin, "guanxu"), (security, "anran")):
        assert give(client, login, "leader").status_code == 403
        assert give(client, login, "auditor").status_code == 403
        answer = client.post(f"{PLACE}/{login}/password")
        assert answer.status_code == 403
        assert passwords_in(answer) == []


def test_an_administrator_cannot_take_over_an_officers_account(admin, security):
    for login in ("anran", "shenji"):
        answer = admin.post(f"{PLACE}/{login}/password")
        assert answer.status_code == 403
        assert passwords_in(answer) == []
        assert admin.post(f"{PLACE}/{login}/state", {"active": "no"}).status_code == 403
    assert passwords_in(security.post(f"{PLACE}/shenji/password"))
    assert security.post(f"{PLACE}/shenji/state", {"active": "no"}).status_code == 303
    assert not people.find_account("shenji").active


def test_a_security_officer_opens_and_renames_no_account(security):
    typed = {"login": "xinren", "name": "辛仁", "phone": ""}
    assert security.post("/console/setup/accounts/new", typed).status_code == 403
    assert security.post(f"{PLACE}/hemin", {"name": "改名", "phone": ""}).status_code == 403
    assert people.find_account("hemin").name == "何敏"


def test_a_fresh_password_ends_every_session(admin, as_role):
    dispatcher = as_role("dispatcher")
    (password,) = passwords_in(admin.post(f"{PLACE}/hemin/password"))
    assert dispatcher.get("/console/cases").status_code == 302
    assert people.sign_in("hemin", password, timezone.now())


def test_a_locked_account_is_unlocked(security):
    for _ in range(5):
        with pytest.raises(Refusal):
            people.sign_in("hemin", "wrong", timezone.now())
    assert "锁定到" in security.get(f"{PLACE}/hemin").content.decode()
    assert security.post(f"{PLACE}/hemin/lock").status_code == 303
    assert "锁定到" not in security.get(f"{PLACE}/hemin").content.decode()


def test_a_closed_account_is_signed_out_and_can_be_taken_up_again(admin, as_role):
    dispatcher = as_role("dispatcher")
    admin.post(f"{PLACE}/hemin/state", {"active": "no"})
    assert dispatcher.get("/console/cases").status_code == 302
    admin.post(f"{PLACE}/hemin/state", {"active": "yes"})
    assert people.find_account("hemin").active
    page = admin.get(f"{PLACE}/hemin/history").content.decode()
    assert "停用账号" in page


def test_more_than_a_hundred_accounts_are_not_opened_at_once(admin):
    from administration.conftest import make_book

    rows = [[f"xinren{at}", f"辛仁{at}", ""] for at in range(101)]
    file = make_book(["登录名", "姓名", "办公电话"], *rows)
    page = admin.post("/console/setup/accounts/upload", {"file": file}, follow=True).content.decode()
    assert "一次最多新增 100 条" in page
    assert "有 1 行有误" in page

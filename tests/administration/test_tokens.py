"""The administrator makes tokens for other systems and ends them."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.utils import timezone

from huiyin.people import api as people

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r"hy_[\w-]{43}")


@pytest.fixture
def admin(county, client):
    """The browser of the administrator."""
    client.cookies[people.SESSION_COOKIE] = people.sign_in("guanxu", "hechuan-demo", timezone.now()).token
    return client


def _form(**changed):
    account = people.find_account("linxiao")
    form = {
        "title": "省平台",
        "account": account.pk,
        "scopes": ["cases:read"],
        "days": "30",
        "client_key": str(uuid4()),
    }
    return {**form, **changed}


def test_an_empty_list_says_so(admin):
    assert "还没有令牌" in admin.get("/console/tokens").content.decode()


def test_a_token_is_shown_once(admin):
    page = admin.post("/console/tokens", _form())
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    text = TOKEN.search(page.content.decode())[0]
    assert people.know_machine(text, "", timezone.now()).account.login == "linxiao"
    again = admin.get("/console/tokens").content.decode()
    assert "省平台" in again
    assert TOKEN.search(again) is None


def test_a_page_loaded_anew_makes_no_second_token(admin):
    form = _form()
    admin.post("/console/tokens", form)
    page = admin.post("/console/tokens", form)
    assert page.status_code == 409
    assert len(people.list_tokens()) == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"account": "0"}, "account"),
        ({"scopes": []}, "scopes"),
        ({"days": "9999"}, "days"),
        ({"title": " "}, "title"),
    ],
)
def test_what_is_missing_is_told_beside_its_field(admin, changed, field):
    page = admin.post("/console/tokens", _form(**changed))
    assert page.status_code == 409
    assert f'id="id_{field}-error"' in page.content.decode()
    assert people.list_tokens() == []


def test_a_revoked_token_opens_nothing(admin):
    text = TOKEN.search(admin.post("/console/tokens", _form()).content.decode())[0]
    revoked = admin.post(f"/console/tokens/{people.list_tokens()[0].pk}/revocation")
    assert (revoked.status_code, revoked.headers["Location"]) == (303, "/console/tokens?done=revoked")
    assert people.know_machine(text, "", timezone.now()).alive is False
    assert "已吊销" in admin.get("/console/tokens").content.decode()

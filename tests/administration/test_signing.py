"""The security officer's pages about signing in: rules, accounts, the log."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from huiyin.app.demo.county.loader import PASSWORD, list_demo_accounts
from huiyin.kernel.refusals import Refusal
from huiyin.people import api as people

RULES, ACCOUNTS, LOG = "/console/security/rules", "/console/security/accounts", "/console/security/sign-ins"
pytestmark = pytest.mark.usefixtures("county")


@pytest.fixture
def as_role(county):
    """`as_role("security")`: a browser signed in as somebody of the county who holds the role."""

    def start(role):
        login = next(one.login for one in list_demo_accounts() if one.role == role)
        client = Client()
        client.cookies[people.SESSION_COOKIE] = people.sign_in(login, PASSWORD, timezone.now()).token
        return client

    return start


@pytest.fixture
def officer(as_role):
    return as_role("security")


def _fail(times=1, login="hemin"):
    for _ in range(times):
        with pytest.raises(Refusal):
            people.begin_sign_in(
                login, "wrong-1", timezone.now(), people.Origin("10.1.2.3", "Edge · Windows")
            )


def _form(**changes):
    rules = people.get_rules()
    return {**{key: getattr(rules, key) for key in people.SIGN_IN_BOUNDS}, **changes}


def _page(answer):
    return answer.content.decode()


def test_the_officer_changes_the_rules_and_is_told(officer):
    assert 'value="15"' in _page(officer.get(RULES))
    answer = officer.post(RULES, _form(lock_minutes=30, roles=["admin", "made-up"]))
    assert answer["Location"] == f"{RULES}?done=changed"
    assert "马上生效" in _page(officer.get(answer["Location"]))
    rules = people.get_rules()
    assert (rules.lock_minutes, rules.second_factor_roles) == (30, {"admin"})
    assert officer.post(RULES, _form(roles=["admin"]))["Location"] == f"{RULES}?done=same"


def test_a_number_that_cannot_be_is_told_beside_its_field_and_changes_nothing(officer):
    answer = officer.post(RULES, _form(lock_minutes="1", password_length="12"))
    assert answer.status_code == 422
    assert "5 到 1440" in _page(answer)
    assert 'value="1"' in _page(answer)
    assert people.get_rules() == people.SignInRules()


def test_a_form_that_lacks_fields_changes_nothing(officer):
    assert officer.post(RULES, {"lock_minutes": "30"}).status_code == 422
    assert people.get_rules() == people.SignInRules()


def test_the_officer_finds_a_locked_account_and_unlocks_it(officer):
    _fail(5)
    page = _page(officer.get(f"{ACCOUNTS}?state=locked"))
    assert "何敏" in page
    pk = people.find_account("hemin").pk
    assert officer.post(f"{ACCOUNTS}/{pk}/unlock")["Location"] == f"{ACCOUNTS}?done=unlocked"
    assert "没有这样的账号" in _page(officer.get(f"{ACCOUNTS}?state=locked"))
    assert people.sign_in("hemin", PASSWORD, timezone.now())


def test_the_officer_signs_somebody_out(officer):
    token = people.sign_in("hemin", PASSWORD, timezone.now()).token
    assert officer.post(f"{ACCOUNTS}/{people.find_account('hemin').pk}/end").status_code == 302
    assert people.find_account_in_hand(token, timezone.now()) is None


def test_a_second_factor_is_reset_for_a_reason_alone(officer):
    import pyotp

    account, now = people.find_account("hemin"), timezone.now()
    holder = people.AccountInHand(account.pk, "hemin", account.name)
    people.begin_second_factor(holder, now)
    secret, _address = people.find_waiting_secret(holder)
    people.confirm_second_factor(holder, pyotp.TOTP(secret).at(now), now, "")
    assert "重置两步验证" in _page(officer.get(f"{ACCOUNTS}?state=second-factor"))
    address = f"{ACCOUNTS}/{account.pk}/second-factor"
    refused = officer.post(address, {"reason": " "})
    assert refused.status_code == 409
    assert people.has_second_factor(account.pk)
    assert officer.post(address, {"reason": "手机丢失，当面核实"})["Location"] == f"{ACCOUNTS}?done=reset"
    assert not people.has_second_factor(account.pk)


def test_nobody_is_404(officer):
    for act in ("unlock", "end"):
        assert officer.post(f"{ACCOUNTS}/999999/{act}").status_code == 404
    assert officer.post(f"{ACCOUNTS}/999999/second-factor", {"reason": "手机丢失"}).status_code == 404


@pytest.mark.parametrize("role", ["security", "auditor"])
def test_officer_and_auditor_read_the_log_and_take_it_away(as_role, role):
    _fail(2)
    _fail(1, "secret-typed-here")
    client = as_role(role)
    page = _page(client.get(f"{LOG}?outcome=refused"))
    assert page.count("密码错误</span>") == 2
    assert "10.1.2.3" in page
    assert "secret-typed-here" not in page
    assert "何敏" in _page(client.get(f"{LOG}?q=hemin"))
    assert "没有符合条件" in _page(client.get(f"{LOG}?q=made-up"))
    rows = list(load_workbook(BytesIO(client.get(f"{LOG}.xlsx?q=hemin").content)).active.values)
    assert [row[3] for row in rows] == ["结果", "密码错误", "密码错误"]


@pytest.mark.parametrize("query", ["q=%00", "outcome=made-up", "page=x", "q=%25%27", "state=x"])
def test_a_query_that_makes_no_sense_is_no_fault_of_ours(officer, query):
    for address in (LOG, ACCOUNTS, f"{LOG}.xlsx"):
        assert officer.get(f"{address}?{query}").status_code == 200


def test_the_pages_are_whole_in_english(officer):
    officer.cookies["huiyin_language"] = "en"
    names = "".join(one.name for one in list_demo_accounts())
    for address in (RULES, LOG, ACCOUNTS):
        page = _page(officer.get(address)).split("<main")[1]
        foreign = {sign for sign in page if "一" <= sign <= "龥"}
        assert foreign <= set(names) | set(_all_names()), address


def _all_names():
    return "".join(people.Account.objects.values_list("name", flat=True))

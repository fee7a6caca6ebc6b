"""Single sign-on, against a real provider, and against those who would forge its word."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import pytest
import requests
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from huiyin.people.api import SESSION_COOKIE, SIGN_ON_COOKIE, Account, SignInNote
from huiyin.people.models import Session
from huiyin.people.sign_on import provider as providers
from huiyin.people.sign_on import signing_on

BACK = "/console/sign-on/back"
SERVING = Path(__file__).parent / "oidc_provider" / "serving.py"
SECRET = "provider-knows"
pytestmark = pytest.mark.usefixtures("county", "offered")


@pytest.fixture(scope="module")
def key():
    """The key that only the provider holds (and the tests, to forge with)."""
    return RSAKey.generate_key(2048)


@pytest.fixture(scope="module")
def issuer(key):
    """A provider that serves until the tests of this file have run."""
    surroundings = {**os.environ, "PROVIDER_KEY": key.as_pem(private=True).decode()}
    surroundings.pop("DJANGO_SETTINGS_MODULE", None)
    with subprocess.Popen(
        [sys.executable, SERVING, f"http://testserver{BACK}"],
        env=surroundings,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}/o"
        process.terminate()


@pytest.fixture
def offered(settings, issuer):
    """Single sign-on is set up, and nothing is remembered of another test."""
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = issuer, "huiyin", SECRET
    providers._kept.clear()


def _leave(client, **query):
    """The address at the provider that the button leads to."""
    answer = client.get("/console/sign-on", query)
    assert answer.status_code == 302
    return answer["Location"]


def _agree(address, user="hemin"):
    """What the provider, where `user` is signed in, sends the browser back with."""
    answer = requests.get(address, headers={"X-User": user}, allow_redirects=False, timeout=10)
    assert answer.status_code == 302, answer.text
    return dict(parse_qsl(urlsplit(answer.headers["Location"]).query))


def _change(address, **query):
    parts = urlsplit(address)
    return urlunsplit(parts._replace(query=urlencode({**dict(parse_qsl(parts.query)), **query})))


def _arrive(client, answer):
    return client.get(BACK, answer)


def _refused(answer, words="统一身份认证没有通过"):
    assert answer.status_code == 403
    assert words in answer.content.decode()
    assert SESSION_COOKIE not in answer.cookies or not answer.cookies[SESSION_COOKIE].value
    assert not Session.objects.exists()
    return True


def test_the_button_shows_only_where_single_sign_on_is_set_up(client, settings):
    assert "统一身份认证登录" in client.get("/console/sign-in").content.decode()
    settings.OIDC_ISSUER = ""
    assert "统一身份认证登录" not in client.get("/console/sign-in").content.decode()
    answer = client.get("/console/sign-on")
    assert answer.status_code == 502
    assert "没有开通" in answer.content.decode()


def test_whoever_the_provider_knows_is_signed_in_and_goes_on_where_they_wanted(client):
    answer = _agree(_leave(client, next="/console/cases?tab=review"))
    back = _arrive(client, answer)
    assert back["Location"] == "/console/cases?tab=review"
    assert back.cookies[SESSION_COOKIE]["httponly"]
    assert back.cookies[SESSION_COOKIE]["samesite"] == "Lax"
    assert "何敏" in client.get("/console/cases").content.decode()
    assert Session.objects.get().way == "single-sign-on"
    assert SignInNote.objects.latest("id").outcome == "signed-in-by-single-sign-on"


def test_the_way_there_carries_state_nonce_and_a_challenge_but_no_verifier(client):
    query = dict(parse_qsl(urlsplit(_leave(client)).query))
    assert (query["response_type"], query["code_challenge_method"]) == ("code", "S256")
    assert min(len(query[key]) for key in ("state", "nonce", "code_challenge")) >= 30
    assert "verifier" not in " ".join(query)
    cookie = client.cookies[SIGN_ON_COOKIE]
    assert cookie["httponly"]
    assert query["state"] not in cookie.value


def test_signing_in_there_never_leads_away_from_the_console(client):
    answer = _agree(_leave(client, next="https://evil.example/"))
    assert _arrive(client, answer)["Location"] == "/console/cases"


def test_a_state_that_is_not_ours_is_refused(client):
    answer = _agree(_leave(client))
    assert _refused(_arrive(client, {**answer, "state": "made-up"}))


def test_an_answer_without_the_browser_that_left_is_refused(client):
    answer = _agree(_leave(client))
    assert _refused(_arrive(type(client)(), answer))


def test_somebody_elses_answer_does_not_sign_in_a_browser_that_left_too(client):
    stranger = type(client)()
    theirs = _agree(_leave(stranger), "linxiao")
    _leave(client)
    assert _refused(_arrive(client, theirs))


def test_a_code_serves_once(client):
    other = type(client)()
    address = _leave(client)
    other.cookies[SIGN_ON_COOKIE] = client.cookies[SIGN_ON_COOKIE].value
    answer = _agree(address)
    assert _arrive(client, answer).status_code == 302
    Session.objects.all().delete()
    assert _refused(_arrive(other, answer))


def test_an_attempt_serves_once(client):
    answer = _agree(_leave(client))
    assert _arrive(client, answer).status_code == 302
    Session.objects.all().delete()
    assert _refused(_arrive(client, answer))


def test_a_code_without_its_verifier_is_worth_nothing(client):
    own, stolen = _leave(client), type(client)()
    code = _agree(_leave(stolen), "linxiao")["code"]
    assert _refused(_arrive(client, {**_agree(own), "code": code}))


def test_a_token_for_another_attempt_is_refused(client):
    answer = _agree(_change(_leave(client), nonce="of-another-attempt"))
    assert _refused(_arrive(client, answer))


def test_the_provider_may_say_no(client):
    state = dict(parse_qsl(urlsplit(_leave(client)).query))["state"]
    answer = _arrive(client, {"state": state, "error": "access_denied", "error_description": "<b>secret</b>"})
    assert _refused(answer)
    assert "secret" not in answer.content.decode()


def test_an_attempt_ends_after_ten_minutes(client, monkeypatch):
    answer = _agree(_leave(client))
    later = signing_on.LASTS + signing_on.LASTS
    now = providers.datetime.now(providers.datetime.now().astimezone().tzinfo)
    monkeypatch.setattr("huiyin.console.sign.views_sign_on.timezone.now", lambda: now + later)
    assert _refused(_arrive(client, answer))


def test_whoever_has_no_account_here_is_told_whom_to_ask_and_none_is_made(client):
    before = Account.objects.count()
    assert _refused(_arrive(client, _agree(_leave(client), "nobody-here")), "还没有账号")
    assert Account.objects.count() == before


def test_a_closed_account_and_a_locked_one_stay_out(client):
    Account.objects.filter(login="hemin").update(active=False)
    assert _refused(_arrive(client, _agree(_leave(client))), "还没有账号")
    until = providers.datetime.now().astimezone() + signing_on.LASTS
    Account.objects.filter(login="hemin").update(active=True, locked_until=until)
    assert _refused(_arrive(client, _agree(_leave(client))), "已锁定")


@pytest.fixture
def forge(client, issuer, key, monkeypatch):
    """`forge({"aud": …}, sign)`: the browser comes back, and the provider's token is exchanged for ours."""

    def arrive(change=None, sign=None, header=None):
        address = _leave(client)
        nonce = dict(parse_qsl(urlsplit(address).query))["nonce"]
        now = int(time.time())
        claims = {
            "iss": issuer, "aud": "huiyin", "sub": "1", "exp": now + 300, "iat": now, "nonce": nonce,
            "preferred_username": "hemin",
        }  # fmt: skip
        claims = {key: value for key, value in {**claims, **(change or {})}.items() if value is not None}
        kid = requests.get(f"{issuer}/.well-known/jwks.json", timeout=10).json()["keys"][0]["kid"]
        token = (
            sign(claims) if sign else jwt.encode({"alg": "RS256", "kid": kid, **(header or {})}, claims, key)
        )
        told = {"id_token": token, "access_token": "x"}
        monkeypatch.setattr(signing_on, "fetch_token", lambda *_: told)
        return _arrive(client, _agree(address))

    return arrive


def test_the_forger_would_succeed_with_a_token_that_fits(forge):
    assert forge().status_code == 302


@pytest.mark.parametrize(
    "change",
    [
        {"aud": "another-client"},
        {"aud": ["huiyin", "another-client"]},
        {"aud": ["another-client"], "azp": "huiyin"},
        {"azp": "another-client", "aud": ["huiyin"]},
        {"iss": "https://evil.example"},
        {"exp": 1_700_000_000},
        {"exp": None},
        {"iat": None},
        {"nonce": "another"},
        {"nonce": None},
        {"sub": None},
    ],
    ids=lambda change: " ".join(f"{key}={value}" for key, value in change.items()),
)
def test_a_token_that_does_not_fit_is_refused(forge, change):
    assert _refused(forge(change))


def _unsigned(claims):
    parts = ({"alg": "none", "typ": "JWT"}, claims)
    texts = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in parts]
    return ".".join([*texts, ""])


def test_an_unsigned_token_is_refused(forge):
    assert _refused(forge(sign=_unsigned))


def test_a_token_signed_with_what_is_no_secret_is_refused(forge, key):
    """The classic confusion: the public key, or the client's secret, used as the key of an HMAC."""
    for shared in (key.as_pem(private=False), SECRET.encode() * 3):
        octets = OctKey.import_key(base64.b64encode(shared))
        assert _refused(
            forge(sign=lambda claims, octets=octets: jwt.encode({"alg": "HS256"}, claims, octets))
        )


def test_a_token_signed_by_a_stranger_is_refused(forge):
    stranger = RSAKey.generate_key(2048)
    assert _refused(forge(sign=lambda claims: jwt.encode({"alg": "RS256", "kid": "x"}, claims, stranger)))


def test_garbage_instead_of_a_token_is_refused(forge):
    for garbage in ("", "a.b.c", "….….…", None):
        assert _refused(forge(sign=lambda _claims, garbage=garbage: garbage))


def test_a_change_of_keys_is_followed(client, issuer):
    _leave(client)
    old = {"keys": [RSAKey.generate_key(2048).as_dict(private=False, kid="old")]}
    at = next(iter(providers._kept.values()))[0]
    providers._kept[f"{issuer}/.well-known/jwks.json"] = (at, old)
    assert _arrive(client, _agree(_leave(client))).status_code == 302


def test_the_login_is_found_by_the_claim_that_is_set_and_an_unverified_mail_counts_for_nothing(
    forge, settings
):
    settings.OIDC_LOGIN_CLAIM = "email"
    Account.objects.filter(login="linxiao").update(login="linxiao@hechuan.example")
    mail = {"email": "linxiao@hechuan.example"}
    assert _refused(forge(mail), "还没有账号")
    assert forge({**mail, "email_verified": True}).status_code == 302
    assert Session.objects.get().account.login == "linxiao@hechuan.example"


def test_a_second_factor_proven_there_counts_where_it_is_set_so(client, settings):
    _arrive(client, _agree(_leave(client), "linxiao"))
    assert not Session.objects.get().strong
    settings.OIDC_SECOND_FACTOR = ["otp"]
    _arrive(client, _agree(_leave(client), "linxiao"))
    assert Session.objects.filter(strong=True).count() == 1


def test_a_provider_that_is_away_is_told_in_plain_words_and_the_password_still_works(client, settings):
    settings.OIDC_ISSUER = "http://127.0.0.1:9/o"
    answer = client.get("/console/sign-on")
    assert answer.status_code == 502
    assert "暂时用不了" in answer.content.decode()
    assert 'name="password"' in answer.content.decode()


def test_a_provider_without_https_elsewhere_is_not_asked(client, settings):
    settings.OIDC_ISSUER = "http://sso.example/o"
    assert client.get("/console/sign-on").status_code == 502


def test_signing_out_offers_to_sign_out_there_too(client):
    _arrive(client, _agree(_leave(client)))
    place = client.post("/console/sign-out")["Location"]
    assert "同时退出统一身份认证" in client.get(place).content.decode()
    assert client.get("/console/sign-on/end")["Location"] == "http://testserver/console/sign-in"
    _at, told = next(iter(providers._kept.values()))
    told["end_session_endpoint"] = f"{told['issuer']}/logout/"
    leaving = client.get("/console/sign-on/end")["Location"]
    assert leaving.startswith(told["end_session_endpoint"])
    assert dict(parse_qsl(urlsplit(leaving).query))["client_id"] == "huiyin"

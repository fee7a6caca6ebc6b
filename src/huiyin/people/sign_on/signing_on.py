"""Going to the provider and coming back: authorization code with PKCE (RFC 7636, OpenID Connect Core 3.1)."""

from __future__ import annotations

import base64
import binascii
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from requests import RequestException

from huiyin.journal.api import SealBroken, open_seal, seal
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.lockout import demand_open_address, demand_unlocked
from huiyin.people.models import Account
from huiyin.people.sign_in_log import note_sign_in
from huiyin.people.sign_in_settings import get_rules
from huiyin.people.sign_on import provider as providers
from huiyin.people.sign_on.provider import PATIENCE, Client, Provider, logger
from huiyin.people.signing_in import admit
from huiyin.people.values import NOWHERE, HalfSignedIn, Origin, SignedIn

COOKIE = "huiyin_sign_on"
LASTS = timedelta(minutes=10)
LEEWAY = 60
"""Seconds by which the provider's clock may differ from ours."""
_PURPOSE = "sign-on"


@dataclass(frozen=True, slots=True)
class Departure:
    """Where to send the browser, and what goes into its cookie, sealed, until it comes back."""

    address: str
    attempt: str = field(repr=False)


def find_sign_on_title() -> Words | None:
    """What the button of single sign-on says; None when it is not set up."""
    client = providers.find_client()
    return client.title if client else None


def depart(return_to: str, wanted: str, now: datetime) -> Departure:
    """Begin: state, nonce and verifier are fresh each time; `wanted` is the page to go on to.

    Refuses `sign-on-not-found` and `sign-on-unreachable`.
    """
    client = providers.get_client()
    provider = providers.get_provider(client, now)
    nonce, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48)
    with _session(client, return_to) as session:
        address, state = session.create_authorization_url(
            provider.authorization, nonce=nonce, code_verifier=verifier
        )
    told = {
        "state": state, "nonce": nonce, "verifier": verifier, "wanted": wanted, "return_to": return_to,
        "until": (now + LASTS).timestamp(),
    }  # fmt: skip
    return Departure(address, base64.urlsafe_b64encode(seal(told, _PURPOSE)).decode())


def arrive(
    attempt: str, answer: Mapping[str, str], now: datetime, origin: Origin = NOWHERE
) -> tuple[SignedIn | HalfSignedIn, str]:
    """Come back with the provider's `answer`: a session, or the step before the code; and the page wanted.

    Refuses `sign-on-refused` (whatever does not fit: state, code, token, or the provider said no),
    `no-account` (nobody here has this login), `account-locked`, `too-many-sign-ins`, `sign-on-unreachable`.
    Nothing of the token is told or logged. No account is ever created.
    """
    rules = get_rules()
    demand_open_address(rules, now, origin)
    try:
        told = _read_attempt(attempt, answer, now)
        client = providers.get_client()
        claims = _redeem(client, told, answer["code"], now)
        account = _find_account(client, claims)
    except Refusal:
        note_sign_in("single-sign-on-refused", None, now, origin)
        raise
    demand_unlocked(account, rules, now, origin)
    strong = _proves_second_factor(client, claims)
    return admit(account, rules, now, origin, way="single-sign-on", strong=strong), str(told["wanted"])


def find_farewell(return_to: str, now: datetime) -> str:
    """The address at which the provider signs out too (RP-Initiated Logout 1.0); empty when it has none."""
    client = providers.get_client()
    ending = providers.get_provider(client, now).end_session
    query = urlencode({"client_id": client.client_id, "post_logout_redirect_uri": return_to})
    return f"{ending}{'&' if '?' in ending else '?'}{query}" if ending else ""


def _session(client: Client, return_to: str) -> Any:
    return OAuth2Session(
        client.client_id,
        client.client_secret or None,
        scope=client.scopes,
        redirect_uri=return_to,
        code_challenge_method="S256",
        token_endpoint_auth_method="client_secret_basic" if client.client_secret else "none",
    )


def _read_attempt(attempt: str, answer: Mapping[str, str], now: datetime) -> dict[str, Any]:
    try:
        told: dict[str, Any] = open_seal(base64.urlsafe_b64decode(attempt.encode()), _PURPOSE)
    except (SealBroken, binascii.Error, ValueError):
        raise _refused("no attempt") from None
    if told["until"] <= now.timestamp():
        raise _refused("the attempt is over")
    if not hmac.compare_digest(answer.get("state", "").encode(), str(told["state"]).encode()):
        raise _refused("wrong state")
    if answer.get("error") or not answer.get("code"):
        raise _refused("the provider said no")
    return told


def _redeem(client: Client, told: Mapping[str, Any], code: str, now: datetime) -> dict[str, Any]:
    """The claims of the token that the code is good for, checked."""
    provider = providers.get_provider(client, now)
    token = fetch_token(client, provider, told, code)
    id_token = token.get("id_token")
    if not isinstance(id_token, str):
        raise _refused("no ID token")
    try:
        return read_claims(client, provider, id_token, str(told["nonce"]), str(token["access_token"]), now)
    except (JoseError, KeyError, TypeError, ValueError) as failure:
        raise _refused(type(failure).__name__) from None


def fetch_token(client: Client, provider: Provider, told: Mapping[str, Any], code: str) -> dict[str, Any]:
    """Redeem the code; refuses `sign-on-refused` and `sign-on-unreachable`."""
    try:
        with _session(client, str(told["return_to"])) as session:
            token: dict[str, Any] = session.fetch_token(
                provider.token,
                grant_type="authorization_code",
                code=code,
                code_verifier=told["verifier"],
                timeout=PATIENCE,
                allow_redirects=False,
            )
    except OAuthError as failure:
        raise _refused(str(failure.error)) from None
    except (RequestException, ValueError) as failure:
        raise providers.tell_unreachable(type(failure).__name__) from None
    return token


def read_claims(
    client: Client, provider: Provider, id_token: str, nonce: str, access_token: str, now: datetime
) -> dict[str, Any]:
    """The claims of a token signed by the provider, for us, for this attempt, and not too old.

    Raises `JoseError` otherwise. An unknown key makes us ask for the keys once more: keys change.
    """
    try:
        token = jwt.decode(id_token, providers.get_keys(provider, now), algorithms=provider.algorithms)
    except InvalidKeyIdError:
        keys = providers.get_keys(provider, now, fresh=True)
        token = jwt.decode(id_token, keys, algorithms=provider.algorithms)
    options = {
        "iss": {"essential": True, "value": client.issuer},
        "aud": {"essential": True, "value": client.client_id},
    }
    expected = {"nonce": nonce, "client_id": client.client_id, "access_token": access_token}
    claims = CodeIDToken(token.claims, token.header, options, expected)
    claims.validate(int(now.timestamp()), LEEWAY)
    return dict(claims)


def _find_account(client: Client, claims: Mapping[str, Any]) -> Account:
    login = claims.get(client.login_claim)
    trusted = client.login_claim != "email" or claims.get("email_verified") is True
    account = (
        Account.objects.filter(login=login.strip(), active=True).first()
        if isinstance(login, str) and login.strip() and trusted
        else None
    )
    if account is None:
        logger.info("single sign-on: nobody here has the login of the claim %s", client.login_claim)
        raise Refusal(
            "no-account",
            Words(
                "身份已确认，但您在本系统还没有账号。请联系本单位的系统管理员开通。",
                "You are known there, but have no account here. Ask your administrator to open one.",
            ),
        )
    return account


def _proves_second_factor(client: Client, claims: Mapping[str, Any]) -> bool:
    methods = claims.get("amr") or []
    return bool(client.second_factor & {str(claims.get("acr", "")), *map(str, methods)} - {""})


def _refused(why: str) -> Refusal:
    logger.warning("single sign-on refused: %s", why)
    return Refusal(
        "sign-on-refused",
        Words(
            "统一身份认证没有通过，请从登录页重新点一次。还是不行的话，请找系统管理员。",
            "Single sign-on did not succeed. Start again from the sign-in page; else ask the administrator.",
        ),
    )

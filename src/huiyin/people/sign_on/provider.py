"""The provider of single sign-on: its settings, its discovery document, its keys."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words

logger = logging.getLogger("huiyin.people.sign_on")

PATIENCE = 5
"""Seconds that the provider has for an answer."""
KEPT = timedelta(hours=1)
_NEAR = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Client:
    """What the operator has set: who the provider is, and who we are there."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    scopes: str
    login_claim: str
    title: Words
    second_factor: frozenset[str]
    """Values of `amr` or `acr` that say a second factor was proven there."""


@dataclass(frozen=True, slots=True)
class Provider:
    """What the provider tells of itself (OpenID Connect Discovery 1.0, 3)."""

    authorization: str
    token: str
    keys: str
    end_session: str
    algorithms: tuple[str, ...]


SAFE_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519")
"""Signatures by a key that the provider alone holds: never `none`, never a shared secret."""

_kept: dict[str, tuple[datetime, Any]] = {}
# A cache, not state: another process that lacks it asks the provider itself.


def find_client() -> Client | None:
    """The settings of single sign-on; None when it is not set up."""
    if not (settings.OIDC_ISSUER and settings.OIDC_CLIENT_ID):
        return None
    return Client(
        settings.OIDC_ISSUER,
        settings.OIDC_CLIENT_ID,
        settings.OIDC_CLIENT_SECRET,
        settings.OIDC_SCOPES,
        settings.OIDC_LOGIN_CLAIM,
        settings.OIDC_TITLE,
        frozenset(settings.OIDC_SECOND_FACTOR),
    )


def get_client() -> Client:
    """The settings of single sign-on; refuses `sign-on-not-found`."""
    client = find_client()
    if client is None:
        raise Refusal(
            "sign-on-not-found",
            Words("没有开通统一身份认证登录。", "Single sign-on is not set up here."),
        )
    return client


def get_provider(client: Client, now: datetime) -> Provider:
    """What the provider tells of itself; refuses `sign-on-unreachable` and a document of another issuer."""
    told = _fetch(f"{client.issuer.rstrip('/')}/.well-known/openid-configuration", now)
    if told.get("issuer") != client.issuer:
        raise tell_unreachable("the discovery document names another issuer")
    try:
        offered = told.get("id_token_signing_alg_values_supported", ["RS256"])
        return Provider(
            _demand_safe(told["authorization_endpoint"]),
            _demand_safe(told["token_endpoint"]),
            _demand_safe(told["jwks_uri"]),
            _demand_safe(told["end_session_endpoint"]) if told.get("end_session_endpoint") else "",
            tuple(name for name in SAFE_ALGORITHMS if name in offered),
        )
    except (KeyError, TypeError, AttributeError):
        raise tell_unreachable("the discovery document is not whole") from None


def get_keys(provider: Provider, now: datetime, *, fresh: bool = False) -> KeySet:
    """The provider's keys; `fresh` asks for them anew, as after a change of keys."""
    if fresh:
        _kept.pop(provider.keys, None)
    try:
        return KeySet.import_key_set(_fetch(provider.keys, now))
    except (JoseError, KeyError, TypeError, ValueError):
        raise tell_unreachable("the keys cannot be read") from None


def _fetch(address: str, now: datetime) -> Any:
    at, told = _kept.get(address, (now, None))
    if told is not None and at <= now < at + KEPT:
        return told
    try:
        answer = requests.get(_demand_safe(address), timeout=PATIENCE, allow_redirects=False)
        told = answer.json() if answer.status_code == 200 else None
    except (requests.RequestException, ValueError) as failure:
        raise tell_unreachable(type(failure).__name__) from None
    if not isinstance(told, dict):
        raise tell_unreachable(f"status {answer.status_code}")
    _kept[address] = (now, told)
    return told


def _demand_safe(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _NEAR):
        return address
    raise tell_unreachable("an address without https")


def tell_unreachable(why: str) -> Refusal:
    """The refusal when the provider does not answer as it must; why, only the log tells."""
    logger.warning("single sign-on: %s", why)
    return Refusal(
        "sign-on-unreachable",
        Words(
            "统一身份认证暂时用不了，请过几分钟再试，或者用登录名和密码登录。",
            "Single sign-on does not work just now. Try again in a few minutes, or use login and password.",
        ),
    )

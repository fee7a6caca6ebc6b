"""Who may look inside: a machine with the token, and while there is no public address, this very machine."""

from __future__ import annotations

import ipaddress
import secrets

from django.conf import settings
from django.http import HttpRequest

_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-Ip")


def may_look_inside(request: HttpRequest) -> bool:
    """With `HUIYIN_METRICS_TOKEN` as bearer token; without a public address also from the loopback.

    A proxy on this machine comes from the loopback too, so with a public address the token alone counts.
    """
    token = settings.METRICS_TOKEN
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if token and scheme.lower() == "bearer" and secrets.compare_digest(given.encode(), token.encode()):
        return True
    forwarded = any(name in request.headers for name in _FORWARDED)
    return not settings.PUBLIC_ADDRESS and not forwarded and _is_loopback(request.META.get("REMOTE_ADDR", ""))


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False

"""Where a request comes from: its network address and its browser."""

from __future__ import annotations

import ipaddress

from django.http import HttpRequest

from huiyin.kernel.texts import clean, shorten
from huiyin.people.values import Origin

_BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("QQBrowser", "QQ"), ("MicroMessenger", "WeChat"),
    ("HuaweiBrowser", "Huawei"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"),
    ("Windows", "Windows"), ("Macintosh", "macOS"), ("Linux", "Linux"),
)  # fmt: skip


def origin_of(request: HttpRequest) -> Origin:
    """The address and the browser of a request, the latter in a few words."""
    return Origin(address_of(request)[:60], name_agent(request.headers.get("User-Agent", "")))


def address_of(request: HttpRequest) -> str:
    """Where the request comes from. A proxy on our network is believed, and only the hop that it added."""
    direct: str = request.META.get("REMOTE_ADDR", "")
    forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return forwarded if forwarded and _is_near(direct) else direct


def name_agent(told: str) -> str:
    """`Chrome · Windows` from what a browser tells; the beginning of it when it is none that we know."""
    browser = next((name for sign, name in _BROWSERS if sign in told), "")
    system = next((name for sign, name in _SYSTEMS if sign in told), "")
    return " · ".join(part for part in (browser, system) if part) or shorten(clean(told), 40)


def _is_near(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_private
    except ValueError:
        return not address  # a socket of this machine has no address

"""Which addresses the product may speak to: none of its own network, unless the county says so."""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from urllib.parse import SplitResult, urlsplit

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words

Ip = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

LONGEST = 500
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def read_networks(texts: Sequence[str]) -> list[Network]:
    """The networks of the setting `HUIYIN_EXCHANGE_NETWORKS`. A text that is none raises `ValueError`."""
    return [ipaddress.ip_network(text, strict=False) for text in texts]


def check_address(text: str, field: str = "address") -> SplitResult:
    """The parts of an address that may be kept. Refused: no http(s), no host, a name or password in it."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise _refuse(field) from None
    plain = text.isascii() and text.isprintable() and " " not in text and len(text) <= LONGEST
    if not plain or parts.scheme not in {"http", "https"} or not parts.hostname or port == 0:
        raise _refuse(field)
    if "@" in parts.netloc or parts.fragment:
        raise _refuse(field)
    return parts


def _refuse(field: str) -> Refusal:
    words = Words(
        "网址不对。请填 https:// 开头的完整网址，不带用户名和 #。",
        "Not an address. Give a whole one that begins with https://, without a user name or #.",
    )
    return Refusal("bad-address", words, field=field)


def may_reach(ip: Ip, scheme: str, allowed: Sequence[Network]) -> bool:
    """Public addresses over https; over http, and in private networks, only what the county has allowed."""
    bare = _unwrap(ip)
    if any(bare.version == network.version and bare in network for network in allowed):
        return True
    return scheme == "https" and bare.is_global and not bare.is_multicast and not bare.is_reserved


def _unwrap(ip: Ip) -> Ip:
    """An IPv4 address that is written as an IPv6 one is judged by what it is."""
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        return inner or ip
    return ip


def demand_reachable_literal(parts: SplitResult, allowed: Sequence[Network], field: str = "address") -> None:
    """Refuse at once an address whose host is written as a number, and that would never be reached.

    A host's name is looked up, and judged, each time something is sent.
    """
    try:
        ip = ipaddress.ip_address(parts.hostname or "")
    except ValueError:
        forbidden = not allowed and (parts.scheme == "http" or parts.hostname == "localhost")
    else:
        forbidden = not may_reach(ip, parts.scheme, allowed)
    if forbidden:
        words = Words(
            "只能用 https 送到公网地址。要送到内网或用 http，请先在 HUIYIN_EXCHANGE_NETWORKS 中写明网段。",
            "Only public addresses over https. For a private network or http, name the network in"
            " HUIYIN_EXCHANGE_NETWORKS first.",
        )
        raise Refusal("address-not-reachable", words, field=field)

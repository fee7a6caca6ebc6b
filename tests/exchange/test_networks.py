"""Which addresses may be reached: public ones over https, and networks that the county has allowed."""

from __future__ import annotations

import ipaddress
import socket
import threading

import pytest

from huiyin.exchange import reaching
from huiyin.exchange.networks import check_address, demand_reachable_literal, may_reach, read_networks
from huiyin.exchange.reaching import Unanswered, Unreached, reach
from huiyin.kernel.refusals import Refusal

INSIDE = [
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",  # noqa: S104
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fc00::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "2002:7f00:1::",
    "64:ff9b::7f00:1",
    "64:ff9b::a00:1",
]


@pytest.mark.parametrize("text", INSIDE)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_nothing_of_ones_own_network_is_reached(text, scheme):
    assert not may_reach(ipaddress.ip_address(text), scheme, [])


def test_public_addresses_are_reached_over_https_alone():
    for text in ("93.184.216.34", "2606:2800:220:1::1"):
        assert may_reach(ipaddress.ip_address(text), "https", [])
        assert not may_reach(ipaddress.ip_address(text), "http", [])


def test_an_allowed_network_is_reached_by_both():
    allowed = read_networks(["10.8.0.0/16", "fc00::/7"])
    for text in ("10.8.9.9", "fc00::9", "::ffff:10.8.0.1"):
        for scheme in ("http", "https"):
            assert may_reach(ipaddress.ip_address(text), scheme, allowed)
    assert not may_reach(ipaddress.ip_address("10.9.0.1"), "https", allowed)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ftp://example.org/",
        "https://",
        "https://user:pass@example.org/",
        "https://example.org/#part",
        "https://example.org:0/",
        "https://example.org:99999/",
        "https://[::1/",
        "https://例子.org/",
        "https://example.org/a b",
        "https://example.org/" + "a" * 500,
        "file:///etc/passwd",
    ],
)
def test_what_is_no_address_is_refused(text):
    with pytest.raises(Refusal) as caught:
        check_address(text)
    assert caught.value.code == "bad-address"


@pytest.mark.parametrize(
    "text", ["http://example.org/", "https://127.0.0.1/", "https://[::1]/", "https://localhost/"]
)
def test_an_address_that_would_never_be_reached_is_refused_at_once(text):
    with pytest.raises(Refusal) as caught:
        demand_reachable_literal(check_address(text), [])
    assert caught.value.code == "address-not-reachable"


def test_a_name_that_leads_inside_is_not_followed(receiver):
    with pytest.raises(Unreached, match="not allowed"):
        reach("POST", receiver.address, b"", {}, [])
    with pytest.raises(Unreached, match="not allowed"):
        reach("POST", f"https://localhost:{receiver.port}/", b"", {}, [])
    assert receiver.got == []


def test_one_bad_address_among_several_of_a_name_is_enough(receiver, monkeypatch):
    found = [(0, 0, 0, "", ("93.184.216.34", 443)), (0, 0, 0, "", ("127.0.0.1", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: found)
    with pytest.raises(Unreached, match=r"127\.0\.0\.1 is not allowed"):
        reach("POST", "https://example.org/", b"", {}, [])


def test_a_redirect_is_not_followed(receiver):
    receiver.answer((302, b"", {"Location": receiver.address}))
    assert reach("POST", receiver.address, b"x", {}, read_networks(["127.0.0.0/8"])).status == 302
    assert len(receiver.got) == 1


def test_an_answer_is_read_up_to_its_bound(receiver):
    receiver.answer((200, b"x" * 300_000))
    answer = reach("POST", receiver.address, b"", {}, read_networks(["127.0.0.0/8"]), most=1000)
    assert answer.body == b"x" * 1000


def test_a_line_that_is_cut_is_told_apart_from_one_that_never_was(receiver):
    allowed = read_networks(["127.0.0.0/8"])
    receiver.answer(0)
    with pytest.raises(Unanswered):
        reach("POST", receiver.address, b"", {}, allowed)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(Unreached):
            reach("POST", f"http://127.0.0.1:{taken.getsockname()[1]}/", b"", {}, allowed)


def test_a_far_side_that_drips_is_cut_off(monkeypatch):
    monkeypatch.setattr(reaching, "SECONDS", 0.4)
    stop = threading.Event()

    def drip(server):
        line, _ = server.accept()
        with line:
            while not stop.wait(0.05):
                try:
                    line.sendall(b"H")
                except OSError:
                    return

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=drip, args=(server,), daemon=True)
        thread.start()
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        with pytest.raises(Unanswered):
            reach("POST", address, b"", {}, read_networks(["127.0.0.0/8"]))
        stop.set()
        thread.join()

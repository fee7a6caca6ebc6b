"""Pages travel packed where the browser takes them so."""

from __future__ import annotations

import gzip

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from huiyin.pages.packing import PackPages

TEXT = "回音壁上的一页 <b>" * 40


def answer(response, accept="gzip, deflate", account=None):
    request = RequestFactory().get("/", HTTP_ACCEPT_ENCODING=accept)
    request.account = account
    return PackPages(lambda _request: response)(request)


@pytest.mark.parametrize("account", [None, object()])
def test_a_page_is_packed_and_the_same_when_unpacked(account):
    packed = answer(HttpResponse(TEXT), account=account)
    assert (packed["Content-Encoding"], packed["Vary"]) == ("gzip", "Accept-Encoding")
    assert int(packed["Content-Length"]) == len(packed.content) < len(TEXT.encode())
    assert gzip.decompress(packed.content).decode() == TEXT


def test_its_length_tells_nothing():
    assert len({len(answer(HttpResponse(TEXT)).content) for _ in range(40)}) > 1


@pytest.mark.parametrize("accept", ["", "br", "identity"])
def test_who_does_not_take_it_packed_gets_it_plain(accept):
    plain = answer(HttpResponse(TEXT), accept)
    assert "Content-Encoding" not in plain
    assert (plain.content.decode(), plain["Vary"]) == (TEXT, "Accept-Encoding")


def test_what_is_short_or_packed_already_is_left_as_it_is():
    assert answer(HttpResponse("好")).content.decode() == "好"
    done = HttpResponse(b"x" * 1000, headers={"Content-Encoding": "br"})
    assert answer(done).content == b"x" * 1000


def test_what_is_streamed_is_packed_as_it_goes():
    stream = answer(StreamingHttpResponse([TEXT.encode(), TEXT.encode()]))
    assert gzip.decompress(b"".join(stream.streaming_content)).decode() == TEXT * 2


def test_a_page_with_a_mark_of_its_version_keeps_a_weak_one():
    marked = answer(HttpResponse(TEXT, headers={"ETag": '"1"'}))
    assert (marked["ETag"], gzip.decompress(marked.content).decode()) == ('W/"1"', TEXT)

"""Packs pages for the way: thoroughly for phones, quickly for the office."""

from __future__ import annotations

import gzip
import secrets

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware, re_accepts_gzip
from django.utils.cache import patch_vary_headers

OFFICE, STREET = 3, 6
"""How hard to pack for staff at their desks and for citizens on phones. A page of 50 cases takes 0.2 ms and
10.8 KB at level 3, 0.56 ms and 9.8 KB at level 6."""

LEAST = 200
"""What is shorter gains nothing."""

_NAMED = 8  # the flag of a gzip header that says: a file name follows


class PackPages(GZipMiddleware):
    """As Django's, at a level of its own; what is streamed is left to it.

    Each answer is longer by some random bytes, so that its length tells nothing of a secret in it (BREACH).
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Pack the answer if the browser takes it packed and it gets shorter."""
        if not isinstance(response, HttpResponse) or response.headers.get("ETag"):
            return super().process_response(request, response)
        if len(response.content) < LEAST or response.has_header("Content-Encoding"):
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        if re_accepts_gzip.search(request.META.get("HTTP_ACCEPT_ENCODING", "")):
            level = OFFICE if getattr(request, "account", None) else STREET
            _pack(response, level, self.max_random_bytes)
        return response


def _pack(response: HttpResponse, level: int, most_random: int) -> None:
    packed = gzip.compress(response.content, level, mtime=0)
    name = b"a" * secrets.randbelow(most_random) + b"\0"
    packed = packed[:3] + bytes([_NAMED]) + packed[4:10] + name + packed[10:]
    if len(packed) < len(response.content):
        response.content = packed
        response.headers["Content-Length"] = str(len(packed))
        response.headers["Content-Encoding"] = "gzip"

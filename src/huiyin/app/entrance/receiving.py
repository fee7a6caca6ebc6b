"""Receives the body of a request, so that a slow sender holds up nobody and a cut-off one does nothing."""

from __future__ import annotations

import io
import tempfile
import time
from typing import Any

from huiyin.pages.turning_away import CROWDED, CUT_OFF, NO_LENGTH

PIECE = 64 * 1024  # bytes
KEPT_IN_MEMORY = 1024 * 1024  # bytes of one body; what is longer lies in a file meanwhile
DISCARDED = 256 * 1024 * 1024  # bytes of a body that is refused: most senders hear only when all is sent
DISCARDING = 30.0  # seconds; a sender that takes longer is cut off


def receive(environ: dict[str, Any], largest: int) -> str:
    """Put the whole body into `wsgi.input`; "", or why the request is turned away.

    A body of more than `largest` bytes is read and forgotten, within bounds: `CONTENT_LENGTH` then says so
    much at least, and is refused later on. One in chunks without a length is never taken: where it was cut
    off cannot be told from where it ends.
    """
    length = environ.get("CONTENT_LENGTH") or ""
    if not length.isdigit():
        return _refuse_unmeasured(environ, largest) if "HTTP_TRANSFER_ENCODING" in environ else ""
    wanted = int(length)
    if wanted > largest:
        # Who asks first is answered first, and then does not send.
        if environ.get("HTTP_EXPECT", "").lower() != "100-continue":
            _discard(environ["wsgi.input"])
        environ["wsgi.input"] = io.BytesIO()
        return ""
    return _take(environ, wanted) if wanted else ""


def _take(environ: dict[str, Any], wanted: int) -> str:
    source, body = environ["wsgi.input"], io.BytesIO()
    if wanted > KEPT_IN_MEMORY:
        body = tempfile.SpooledTemporaryFile(KEPT_IN_MEMORY)  # type: ignore[assignment]  # noqa: SIM115  Django reads it
    environ["wsgi.input"], have = body, 0
    try:
        while have < wanted and (piece := source.read(min(PIECE, wanted - have))):
            have += body.write(piece)
        body.seek(0)
    except OSError:  # the disk for bodies that are under way is full: it passes
        environ["wsgi.input"], environ["CONTENT_LENGTH"] = io.BytesIO(), "0"
        return CROWDED
    if have < wanted:
        environ["wsgi.input"], environ["CONTENT_LENGTH"] = io.BytesIO(), "0"
        return CUT_OFF
    return ""


def _refuse_unmeasured(environ: dict[str, Any], largest: int) -> str:
    came = _discard(environ["wsgi.input"])
    environ["wsgi.input"] = io.BytesIO()
    if came > largest:
        environ["CONTENT_LENGTH"] = str(came)
        return ""
    return NO_LENGTH if came else ""


def _discard(source: Any) -> int:
    until, came = time.monotonic() + DISCARDING, 0
    while came < DISCARDED and time.monotonic() < until and (piece := source.read(PIECE)):
        came += len(piece)
    return came

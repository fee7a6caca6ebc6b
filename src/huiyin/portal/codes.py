"""QR codes, drawn by the server."""

from __future__ import annotations

import io

import segno
from markupsafe import Markup

QUIET_ZONE = 4


def draw_code(text: str) -> Markup:
    """The code as SVG markup for a page; its size is left to the style sheet."""
    svg: str = segno.make_qr(text, error="m").svg_inline(
        border=QUIET_ZONE, omitsize=True, lineclass=None, svgclass="code"
    )
    return Markup(svg)  # noqa: S704 — drawn from the modules of the code; no text of anybody stands in it  # nosec B704


def write_code(text: str) -> bytes:
    """The code as an SVG file, black on white, for print."""
    out = io.BytesIO()
    segno.make_qr(text, error="q").save(out, kind="svg", border=QUIET_ZONE, scale=10, light="#fff")
    return out.getvalue()

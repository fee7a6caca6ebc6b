"""Draws certificates of shares as PDF: one page each, with a code that opens each holder's own page."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import segno
from reportlab.lib.pagesizes import A5, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
WIDE, HIGH = landscape(A5)
EDGE = 28
INK, QUIET, BRAND = (0.09, 0.13, 0.12), (0.36, 0.42, 0.4), (0.04, 0.36, 0.34)
ROWS = 6
CODE = 54


@dataclass(frozen=True, slots=True)
class HolderLine:
    """A holder on a certificate; `link` opens the holder's own page. Its `repr` shows no name."""

    number: int
    name: str
    relation: str
    units: int
    link: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one certificate says."""

    number: str
    organisation: str
    code: str
    household: int
    issued_on: date
    total: int
    whole: int
    holders: Sequence[HolderLine]
    follows: str = ""


@cache
def _prepare() -> None:
    """The font is one of the Chinese ones that readers of PDF bring along: nothing is embedded."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def draw_certificates(sheets: Sequence[Sheet]) -> bytes:
    """A PDF of the certificates in order; a household of many takes further pages."""
    _prepare()
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDE, HIGH), invariant=1)
    canvas.setTitle("农村集体经济组织股权证")
    for sheet in sheets:
        pages = [sheet.holders[at : at + ROWS] for at in range(0, max(1, len(sheet.holders)), ROWS)]
        for at, holders in enumerate(pages, 1):
            _draw_page(canvas, sheet, holders, (at, len(pages)))
            canvas.showPage()
    canvas.save()
    return out.getvalue()


def _draw_page(canvas: Canvas, sheet: Sheet, holders: Sequence[HolderLine], page: tuple[int, int]) -> None:
    _draw_frame(canvas)
    _draw_head(canvas, sheet, page)
    _draw_table(canvas, holders)
    _draw_foot(canvas, sheet)


def _draw_frame(canvas: Canvas) -> None:
    canvas.setStrokeColorRGB(*BRAND)
    canvas.setLineWidth(1.6)
    canvas.rect(14, 14, WIDE - 28, HIGH - 28)
    canvas.setLineWidth(0.5)
    canvas.rect(18, 18, WIDE - 36, HIGH - 36)


def _draw_head(canvas: Canvas, sheet: Sheet, page: tuple[int, int]) -> None:
    canvas.setFillColorRGB(*BRAND)
    canvas.setFont(FONT, 22)
    canvas.drawCentredString(WIDE / 2, HIGH - 54, "农村集体经济组织股权证")
    canvas.setFillColorRGB(*INK)
    canvas.setFont(FONT, 11)
    top = HIGH - 80
    canvas.drawString(EDGE, top, f"组织：{sheet.organisation}（{sheet.code}）")
    canvas.drawRightString(WIDE - EDGE, top, f"证号：{sheet.number}")
    canvas.drawString(
        EDGE, top - 18, f"第 {sheet.household} 户　本户股份 {sheet.total:,} 股　全组织 {sheet.whole:,} 股"
    )
    if page[1] > 1:
        canvas.drawRightString(WIDE - EDGE, top - 18, f"第 {page[0]} 页，共 {page[1]} 页")


def _draw_table(canvas: Canvas, holders: Sequence[HolderLine]) -> None:
    """Two columns of holders, each with a code beside it."""
    width = (WIDE - 2 * EDGE) / 2
    for at, holder in enumerate(holders):
        left = EDGE + (at % 2) * width
        top = HIGH - 116 - (at // 2) * (CODE + 16)
        _draw_code(canvas, holder.link, left, top - CODE)
        canvas.setFillColorRGB(*INK)
        canvas.setFont(FONT, 13)
        canvas.drawString(left + CODE + 10, top - 14, f"{holder.name}　{holder.relation}")
        canvas.setFont(FONT, 12)
        canvas.drawString(left + CODE + 10, top - 32, f"{holder.units:,} 股")
        canvas.setFillColorRGB(*QUIET)
        canvas.setFont(FONT, 8)
        canvas.drawString(left + CODE + 10, top - 47, f"成员号 {holder.number}　扫码看本人分红")


def _draw_code(canvas: Canvas, link: str, left: float, bottom: float) -> None:
    matrix = [list(row) for row in segno.make_qr(link, error="m").matrix]
    size = CODE / len(matrix)
    canvas.setFillColorRGB(0, 0, 0)
    path = canvas.beginPath()
    for at, row in enumerate(matrix):
        for column, dark in enumerate(row):
            if dark:
                path.rect(left + column * size, bottom + CODE - (at + 1) * size, size, size)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.linkURL(link, (left, bottom, left + CODE, bottom + CODE))


def _draw_foot(canvas: Canvas, sheet: Sheet) -> None:
    canvas.setFillColorRGB(*QUIET)
    canvas.setFont(FONT, 8)
    lines = [
        "本证只证明集体经营性财产收益权的份额，是参与收益分配的依据；集体财产不得分割（农村集体经济组织法第36条、第40条）。",
        "股权固化到户，不随人口增减变动；只能在本集体经济组织内部转让，或由本集体赎回。二维码等同本人凭据，请勿给他人。",
    ]
    if sheet.follows:
        lines.append(f"本证代替 {sheet.follows}，原证作废。")
    for at, line in enumerate(reversed(lines)):
        canvas.drawString(EDGE, 46 + at * 12, line)
    canvas.setFillColorRGB(*INK)
    canvas.setFont(FONT, 10)
    canvas.drawString(EDGE, 28, "理事长（签章）：")
    canvas.drawRightString(WIDE - EDGE, 28, f"发证日期：{sheet.issued_on.isoformat()}　（印章）")

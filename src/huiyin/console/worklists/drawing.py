"""Draws the rows of the worklist: most of the page, hence by hand and not by template."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from huiyin.console.worklists.columns import ListColumn
from huiyin.console.worklists.rows import ListRow
from huiyin.kernel.words import Words
from huiyin.pages.api import Badge, Value, icon, local, spoken_language, url, write_moment

_TIMES = frozenset({"opened", "moved"})


class RowPen:
    """Draws one row after another in one language, at one moment; all that is told is escaped."""

    def __init__(self, columns: Sequence[ListColumn], now: datetime, *, boxes: bool) -> None:
        self.columns, self.now, self.boxes = columns, now, boxes
        self.language = spoken_language()
        self.picks = escape(_("选中"))

    def draw(self, row: ListRow) -> str:
        """One row, as its boxes, badge, title, columns and number."""
        case = row.case
        head = (
            f'<tr data-moves="{escape(" ".join(row.moves))}">{self._draw_box(row)}' if self.boxes else "<tr>"
        )
        title = escape(case.title)
        whole = f' title="{title}"' if len(case.title) > 18 else ""
        link = f'<a href="{url("console:case", case.number)}"{whole}>{title}</a>'
        return (
            f'{head}<td class="time">{self._draw_badge(row.badge)}</td>\n'
            f'<td class="title">{self._draw_marks(row)}{link}</td>\n'
            f"{''.join(self._draw_cell(row, column) for column in self.columns)}"
            f'<td class="minor">{escape(case.number)}</td></tr>\n'
        )

    def _draw_box(self, row: ListRow) -> str:
        return (
            f'<td class="pick"><label><span class="unseen">{self.picks} {escape(row.case.title)}</span>'
            f'<input type="checkbox" name="pick" value="{escape(row.case.number)}"></label></td>'
        )

    def _draw_badge(self, badge: Badge) -> str:
        sign = icon(badge.icon) if badge.icon else ""
        words = escape(badge.words.tell(self.language))
        return f'<span class="badge badge-{badge.kind}">{sign}{words}{_draw_bar(badge)}</span>'

    def _draw_marks(self, row: ListRow) -> str:
        return "".join(
            f'<span class="mark{f" mark-{mark.tone}" if mark.tone else ""}"'
            f' title="{escape(mark.why.tell(self.language))}">{escape(mark.words.tell(self.language))}</span>'
            for mark in row.marks
        )

    def _draw_cell(self, row: ListRow, column: ListColumn) -> str:
        value = column.tell(row.case)
        kind = ' class="minor"' if column.minor else ""
        if column.key == "stage":
            tag = f'<span class="tag tone-{row.tone} shape-{row.shape}">{self._tell(value)}</span>'
            return f"<td{kind}>{tag}</td>\n"
        if column.key in _TIMES and isinstance(value, datetime):
            return f"<td{kind}>{self._draw_time(value)}</td>\n"
        told = self._tell(value) if value else '<span class="quiet minor-dash">–</span>'
        return f"<td{kind}>{told}</td>\n"

    def _tell(self, value: Value) -> Markup:
        return escape(value.tell(self.language) if isinstance(value, Words) else value)

    def _draw_time(self, at: datetime) -> str:
        told = local(at).isoformat(timespec="seconds")
        short = write_moment(at, self.now)
        return f'<time datetime="{told}" title="{told[:10]} {told[11:19]}">{short}</time>'


def _draw_bar(badge: Badge) -> str:
    """How much of the limit is used; of a clock that rests, in pieces."""
    if badge.kind == "paused":
        pieces = range(0, badge.per_mille * 104 // 1000 or 1, 8)
        drawn = "".join(f'<rect x="{at}" width="5" height="3"/>' for at in pieces)
        return f'<svg class="bar" viewBox="0 0 104 3" aria-hidden="true">{drawn}</svg>'
    if badge.kind == "none":
        return ""
    return (
        '<svg class="bar" viewBox="0 0 1000 3" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect width="{badge.per_mille}" height="3"/></svg>'
    )


def draw_rows(
    rows: Sequence[ListRow], columns: Sequence[ListColumn], now: datetime, *, boxes: bool
) -> Markup:
    """All rows; with `boxes` each begins with one to pick it by."""
    pen = RowPen(columns, now, boxes=boxes)
    return Markup("").join(Markup(pen.draw(row)) for row in rows)  # noqa: S704  every part of a row is escaped  # nosec B704

"""Draws the rows of the worklist: most of the page, hence by hand and not by template."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from html import escape  # gives a plain text: as Markup each of four hundred costs as much again

from django.utils.translation import gettext as _
from markupsafe import Markup

from huiyin.console.worklists.columns import ListColumn
from huiyin.console.worklists.rows import ListRow
from huiyin.kernel.words import Words
from huiyin.pages.api import Badge, Value, icon, local, spoken_language, url, write_moment


class RowPen:
    """Draws one row after another in one language, at one moment; all that is told is escaped."""

    def __init__(self, columns: Sequence[ListColumn], now: datetime, *, boxes: bool) -> None:
        self.now, self.boxes = now, boxes
        self.language = spoken_language()
        self.picks = escape(_("选中"))
        self.address = url("console:case", "-").removesuffix("-")
        self.cells: list[tuple[ListColumn, dict[object, str]]] = [(column, {}) for column in columns]

    def draw(self, row: ListRow) -> str:
        """One row, as its boxes, badge, title, columns and number."""
        case = row.case
        title, number = escape(case.title), escape(case.number)
        whole = f' title="{title}"' if len(case.title) > 18 else ""
        return (
            f'{self._begin(row, title, number)}<td class="time">{self._draw_badge(row.badge)}</td>\n'
            f'<td class="title">{self._draw_marks(row) if row.marks else ""}'
            f'<a href="{self.address}{number}"{whole}>{title}</a></td>\n'
            f'{"".join(self._draw_cells(row))}<td class="minor">{number}</td></tr>\n'
        )

    def _begin(self, row: ListRow, title: str, number: str) -> str:
        if not self.boxes:
            return "<tr>"
        return (
            f'<tr data-moves="{escape(" ".join(row.moves))}">'
            f'<td class="pick"><label><span class="unseen">{self.picks} {title}</span>'
            f'<input type="checkbox" name="pick" value="{number}"></label></td>'
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

    def _draw_cells(self, row: ListRow) -> Iterator[str]:
        """A page tells few units, townships and states many times: each of its cells is drawn once."""
        for column, drawn in self.cells:
            content = column.content(row.case)
            cell = drawn.get(content)
            if cell is None:
                cell = drawn[content] = self._draw_cell(row, column)
            yield cell

    def _draw_cell(self, row: ListRow, column: ListColumn) -> str:
        value = column.tell(row.case)
        kind = ' class="minor"' if column.minor else ""
        if column.key == "stage":
            tag = f'<span class="tag tone-{row.tone} shape-{row.shape}">{self._tell(value)}</span>'
            return f"<td{kind}>{tag}</td>\n"
        if isinstance(value, datetime):
            return f"<td{kind}>{self._draw_time(value)}</td>\n"
        told = self._tell(value) if value else '<span class="quiet minor-dash">–</span>'
        return f"<td{kind}>{told}</td>\n"

    def _tell(self, value: Value) -> str:
        return escape(value.tell(self.language) if isinstance(value, Words) else str(value))

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
    return Markup("".join(pen.draw(row) for row in rows))  # noqa: S704  every part of a row is escaped  # nosec B704

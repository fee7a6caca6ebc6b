"""The door of the pages: drawing, frames, badges, records, paging, spreadsheets."""

from __future__ import annotations

from huiyin.pages.assets import asset, icon
from huiyin.pages.badges import Badge, Kind, make_badge
from huiyin.pages.environment import url
from huiyin.pages.failures import answer_refusal, keep_typed, status_of, status_of_form
from huiyin.pages.filters import spoken_language
from huiyin.pages.frames import NavGroup, NavItem, Notice, Tab
from huiyin.pages.paging import PageLink, Paging, address, follow_cursor, number_pages, read_page
from huiyin.pages.problems import answer_problem, choose_language
from huiyin.pages.records import Attachment, ClockCard, Stage, TimelineStep
from huiyin.pages.render import is_fragment, render, render_text
from huiyin.pages.times import (
    ZONE,
    local,
    say_day,
    say_length,
    say_moment,
    say_short,
    write_day,
    write_moment,
)
from huiyin.pages.xlsx import Column, Sheet, Value, answer_sheets, answer_xlsx, write_xlsx
from huiyin.pages.xlsx_reading import SMALL, Bounds, UnreadableBook, read_book, tell_cell

__all__ = [
    "SMALL",
    "ZONE",
    "Attachment",
    "Badge",
    "Bounds",
    "ClockCard",
    "Column",
    "Kind",
    "NavGroup",
    "NavItem",
    "Notice",
    "PageLink",
    "Paging",
    "Sheet",
    "Stage",
    "Tab",
    "TimelineStep",
    "UnreadableBook",
    "Value",
    "address",
    "answer_problem",
    "answer_refusal",
    "answer_sheets",
    "answer_xlsx",
    "asset",
    "choose_language",
    "follow_cursor",
    "icon",
    "is_fragment",
    "keep_typed",
    "local",
    "make_badge",
    "number_pages",
    "read_book",
    "read_page",
    "render",
    "render_text",
    "say_day",
    "say_length",
    "say_moment",
    "say_short",
    "spoken_language",
    "status_of",
    "status_of_form",
    "tell_cell",
    "url",
    "write_day",
    "write_moment",
    "write_xlsx",
]

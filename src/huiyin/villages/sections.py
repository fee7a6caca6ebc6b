"""The sections of the village economy: those of one organisation, and those that look over many."""

from __future__ import annotations

from huiyin.kernel.words import Words
from huiyin.villages.values import Section

OF_ONE: tuple[Section, ...] = (
    Section("overview", "villages:organisation", Words("概况", "Overview")),
    Section("books", "villages:books", Words("账簿", "Books")),
    Section("shares", "villages:shares", Words("股权", "Shares")),
)  # fmt: skip
"""Tabs of an organisation's page; each route takes its code."""

OF_MANY: tuple[Section, ...] = (
    Section("organisations", "villages:organisations", Words("组织", "Organisations")),
    Section("closing", "villages:closing", Words("结账进度", "Closing")),
    Section("shares", "villages:shares-over", Words("股权", "Shares")),
    Section("income", "villages:income", Words("集体收入", "Income")),
    Section("limits", "villages:limits", Words("规定", "Limits")),
)  # fmt: skip
"""Tabs of the pages over all organisations that the account sees."""

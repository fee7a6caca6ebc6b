"""The sections of the village economy: those of one organisation, and those that look over many."""

from __future__ import annotations

from huiyin.kernel.words import Words
from huiyin.villages.values import Section

COLLECTIVES = frozenset({"stock", "economic"})
"""What a co-operative has not: members by membership, frozen shares, dividends by them, an inventory."""

OF_ONE: tuple[Section, ...] = (
    Section("overview", "villages:organisation", Words("概况", "Overview")),
    Section("books", "villages:books", Words("账簿", "Books")),
    Section("contracts", "villages:contracts", Words("合同", "Contracts")),
    Section("spending", "villages:spending", Words("大额支出", "Large spending")),
    Section("assets", "villages:assets", Words("资产台账", "Assets")),
    Section("inventories", "villages:own-inventories", Words("清产核资", "Inventories"), COLLECTIVES),
    Section("members", "villages:members", Words("成员", "Members"), COLLECTIVES),
    Section("rounds", "villages:rounds", Words("成员认定", "Confirmation"), COLLECTIVES),
    Section("meetings", "villages:meetings", Words("会议", "Meetings"), COLLECTIVES),
    Section("officers", "villages:officers", Words("任职", "Officers")),
    Section("shares", "villages:shares", Words("股权", "Shares"), COLLECTIVES),
    Section("distributions", "villages:distributions", Words("收益分配", "Distributions"), COLLECTIVES),
    Section("postings", "villages:own-postings", Words("公示", "Postings")),
    Section("cooperative", "villages:cooperative", Words("合作社", "Co-operative")),
)
"""Tabs of an organisation's page; each route takes its code."""

OF_MANY: tuple[Section, ...] = (
    Section("organisations", "villages:organisations", Words("组织", "Organisations")),
    Section("income", "villages:income", Words("集体收入", "Income")),
    Section("oversight", "villages:filings", Words("监管", "Oversight")),
    Section("statements", "villages:statements", Words("报表汇总", "Statements")),
    Section("closing", "villages:closing", Words("结账进度", "Closing")),
    Section("inventories", "villages:inventories", Words("清产核资", "Inventories")),
    Section("membership", "villages:membership", Words("成员认定", "Membership")),
    Section("shares", "villages:shares-over", Words("股权", "Shares")),
    Section("distributions", "villages:distributions-over", Words("收益分配", "Distributions")),
    Section("postings", "villages:postings", Words("公示", "Postings")),
    Section("questions", "villages:questions", Words("质疑异议", "Questions")),
    Section("cooperatives", "villages:cooperatives", Words("合作社", "Co-operatives")),
    Section("benefits", "villages:all-benefits", Words("联农带农", "Benefit contracts")),
    Section("limits", "villages:limits", Words("规定", "Limits")),
)
"""Tabs of the pages over all organisations that the account sees."""

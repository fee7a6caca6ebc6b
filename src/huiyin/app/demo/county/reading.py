"""Reads the county's files."""

from __future__ import annotations

import csv
from importlib.resources import files

Row = dict[str, str]


def read_rows(name: str) -> list[Row]:
    """The rows of `name`.csv in order."""
    text = (files("huiyin.app.demo.county") / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def read_posts(row: Row) -> list[tuple[str, str]]:
    """The posts of an account row `role@unit role@unit` as pairs of role and unit key."""
    return [(role, unit) for role, unit in (post.split("@") for post in row["posts"].split())]

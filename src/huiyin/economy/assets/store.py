"""The SQL of assets."""

from __future__ import annotations

from huiyin.journal.api import load_queries

QUERIES = load_queries(__package__)

"""The page that each process of the village economy has beside the page of its case."""

from __future__ import annotations

from huiyin.kernel.words import Words

OWN_PAGES: tuple[tuple[str, str, Words], ...] = (
    ("cooperative-surplus", "villages:surplus-plan", Words("盈余分配方案", "The plan of surplus")),
    ("share-plan", "villages:share-plan", Words("股权量化方案", "The plan of shares")),
    ("share-transfer", "villages:share-transfer", Words("股权变更", "The change of shares")),
)  # fmt: skip
"""Process, route (it takes the case's number), what the link says."""

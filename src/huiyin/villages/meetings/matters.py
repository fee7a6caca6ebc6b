"""Which processes of other packages wait for a resolution, so that a meeting can be called on their cases."""

from __future__ import annotations

from huiyin.economy.assemblies.api import register_matter

RESOLVED_ON: tuple[tuple[str, str], ...] = (
    ("share-plan", "quantification"),
    ("distribution", "distribution"),
    ("inventory", "inventory"),
)  # fmt: skip
"""Process and matter; the subject is `case:<number>`."""


def register_matters() -> None:
    """Let their open cases stand on the form that calls a meeting."""
    for process, matter in RESOLVED_ON:
        register_matter(process, matter)

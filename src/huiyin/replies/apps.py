"""The checks of replies as an application."""

from __future__ import annotations

from django.apps import AppConfig


class RepliesConfig(AppConfig):
    """Checks and samples of replies."""

    name = "huiyin.replies"

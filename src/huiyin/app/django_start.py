"""Starts Django for a command that needs its tables."""

from __future__ import annotations

import os

from huiyin.app.terminal import language


def start_django() -> None:
    """Settings and models ready, for a database whose address is already in the environment."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.app.settings")
    import django
    from django.utils.translation import activate

    django.setup()
    activate(language())

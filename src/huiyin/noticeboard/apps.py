"""The package as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class NoticeboardConfig(AppConfig):
    """The public pages of a village."""

    name = "huiyin.noticeboard"

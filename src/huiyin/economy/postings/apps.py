"""The package as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class PostingsConfig(AppConfig):
    """What is posted for the villagers to see, with their questions and objections."""

    name = "huiyin.economy.postings"

"""What every county starts with: the channels, and the ways that the law has laid down."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

from django.db import transaction

from huiyin.register.models import Channel, LawfulWay


@transaction.atomic
def install_defaults() -> None:
    """Add the channels and lawful ways that are missing; what a county has changed stays as it is."""
    Channel.objects.bulk_create(
        [
            Channel(
                key=key, name=told["name"]["zh"], name_en=told["name"]["en"], kind=told["kind"], sort=sort
            )
            for sort, (key, told) in enumerate(_read("channels").items(), start=1)
        ],
        ignore_conflicts=True,
    )
    LawfulWay.objects.bulk_create(
        [_way(key, told, sort) for sort, (key, told) in enumerate(_read("lawful_ways").items(), start=1)],
        ignore_conflicts=True,
    )


def _way(key: str, told: dict[str, Any], sort: int) -> LawfulWay:
    return LawfulWay(
        key=key,
        title=told["title"]["zh"],
        title_en=told["title"]["en"],
        words=told["words"]["zh"],
        words_en=told["words"]["en"],
        basis=told["basis"],
        sort=sort,
    )


def _read(name: str) -> dict[str, Any]:
    text = (files("huiyin.register") / "shipped" / f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)

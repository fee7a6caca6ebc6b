"""Worklists that people keep under a name."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from huiyin.cases import store
from huiyin.cases.models import SavedView
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words

MAX_VIEWS = 20


VIEWS_SQL = store.QUERIES["list_views"]
"""A query of one text, the argument of `read_views`, for a statement that is made anyway; of `account_id`."""


@dataclass(frozen=True, slots=True)
class ViewInHand:
    """A view as its owner works with it: the parts of its address, the columns in their order."""

    pk: int
    name: str
    filters: Mapping[str, Any]
    columns: Sequence[str]


def list_views(account_id: int) -> tuple[ViewInHand, ...]:
    """The views that the account keeps, by name."""
    return read_views(store.list_views(account_id))


@lru_cache(maxsize=256)
def read_views(text: str) -> tuple[ViewInHand, ...]:
    """The views that the JSON text of a list tells; equal texts give the same."""
    return tuple(ViewInHand(*told) for told in json.loads(text))


def save_view(
    account_id: int, name: str, filters: Mapping[str, Any], columns: Sequence[str], now: datetime
) -> SavedView:
    """Keep a view; one of the same name is replaced. Refused without a name, or beyond `MAX_VIEWS`."""
    name = clean(name)
    if not name or len(name) > 20:
        raise Refusal(
            "view-name",
            Words("请给视图起一个 20 字以内的名字。", "Give the view a name of at most 20 signs."),
            field="name",
        )
    others = SavedView.objects.filter(account_id=account_id).exclude(name=name)
    if others.count() >= MAX_VIEWS:
        raise Refusal(
            "too-many-views",
            Words("最多保存 20 个视图。请先删除不用的。", "At most 20 views. Remove one first."),
        )
    view, _ = SavedView.objects.update_or_create(
        account_id=account_id,
        name=name,
        defaults={"filters": dict(filters), "columns": list(columns), "created_at": now},
    )
    return view


def remove_view(account_id: int, view_id: int) -> None:
    """Forget a view of that account; one that is gone already is no error."""
    SavedView.objects.filter(account_id=account_id, pk=view_id).delete()

"""Worklists that people keep under a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from huiyin.cases.models import SavedView
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words

MAX_VIEWS = 20


def list_views(account_id: int) -> list[SavedView]:
    """The views that the account keeps, by name."""
    return list(SavedView.objects.filter(account_id=account_id).order_by("name"))


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

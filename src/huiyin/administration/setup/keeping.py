"""Between rows and the packages that own the entries: cards for their keepers, or one verb after another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction

from huiyin.administration.setup.fields import Field, Row, take_value, tell_value
from huiyin.administration.setup.listings import Acts, Save
from huiyin.kernel.refusals import Refusal
from huiyin.people.api import Keeper, Order

Check = Callable[[Sequence[Order[Row]]], dict[int, Refusal]]
"""What an upper floor refuses, by the place of the order."""
Write = Callable[[Row, Acts], None]


def read_kept(keeper: Keeper[Any, Any, Any], fields: Sequence[Field]) -> Callable[[], list[Row]]:
    """Reads the cards of a keeper as rows."""

    def read() -> list[Row]:
        return [
            {one.key: tell_value(one, getattr(card, one.key)) for one in fields if not one.told}
            for card in keeper.list_cards()
        ]

    return read


def save_kept(keeper: Keeper[Any, Any, Any], fields: Sequence[Field], check: Check | None = None) -> Save:
    """Saves rows as cards of a keeper, in a few statements however many there are."""
    kind = type(keeper.blank)

    def make_card(row: Row) -> Any:
        return kind(**{one.key: take_value(one, row[one.key]) for one in fields if not one.told})

    def save(orders: Sequence[Order[Row]], acts: Acts) -> list[Refusal | None]:
        barred = check(orders) if check else {}
        passed = [at for at in range(len(orders)) if at not in barred]
        cards = [Order(orders[at].adds, make_card(orders[at].card)) for at in passed]
        saved = keeper.save_all(cards, by=acts.by, now=acts.now)
        done: dict[int, Any] = dict(zip(passed, saved, strict=True)) | barred
        return [one if isinstance(one, Refusal) else None for _at, one in sorted(done.items())]

    return save


def save_singly(change: Write, add: Write | None = None) -> Save:
    """Saves row after row, each by its own verb, in a transaction of its own within the caller's."""

    def save(orders: Sequence[Order[Row]], acts: Acts) -> list[Refusal | None]:
        return [_try(add if order.adds and add else change, order.card, acts) for order in orders]

    return save


def _try(write: Write, row: Row, acts: Acts) -> Refusal | None:
    try:
        with transaction.atomic():
            write(row, acts)
    except Refusal as refusal:
        return refusal
    return None

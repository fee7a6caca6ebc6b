"""Keeps lists: one entry or thousands are checked, written and journalled by the same few statements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db import transaction
from django.db.models import Manager, Model

from huiyin.journal.api import append
from huiyin.kernel.changes import find_changes
from huiyin.kernel.refusals import Refusal
from huiyin.people.journalling import make_entry
from huiyin.people.keys import refuse_missing, refuse_taken
from huiyin.people.values import AccountInHand

Entry = TypeVar("Entry", bound=Model)
Card = TypeVar("Card")
Known = TypeVar("Known")
AT_ONCE = 5_000
"""Rows of one statement."""


@dataclass(frozen=True, slots=True)
class Order(Generic[Card]):
    """A card that is to be written: as a new entry when it `adds`, else over the entry that it names."""

    adds: bool
    card: Card


@dataclass(frozen=True, slots=True)
class _Settled(Generic[Entry]):
    """What passed its checks: the entry as it will be, and what differs; nothing differs: no `columns`."""

    entry: Entry
    adds: bool
    changes: Mapping[str, list[Any]]
    columns: Iterable[str]


@dataclass(frozen=True, slots=True)
class Keeper(Generic[Entry, Card, Known]):
    """How one list is kept.

    `key` is the field that names an entry for good, in card and table; an `id` is given by the database.
    `chain` and `noun` name its record: `lawful-way:notary`, `way-added`. `describe` makes an entry's card.
    `know` looks up what the checks need, once for all cards; it is given the entries in hand, which already
    hold what earlier cards of the same call changed. `settle` checks one card and answers the columns to
    write, or refuses. `rest` sets what rests on other entries, such as paths, after anything was written.
    """

    entries: Manager[Any]
    blank: Card
    key: str
    chain: str
    noun: str
    describe: Callable[[Entry], Card]
    know: Callable[[Sequence[Card], Sequence[Entry], datetime], Known]
    settle: Callable[[Entry, Card, Known], dict[str, Any]]
    check_key: Callable[[str], None] | None = None
    related: tuple[str, ...] = ()
    order: tuple[str, ...] = ("sort", "id")
    arrange: Callable[[list[Entry]], list[Entry]] | None = None
    rest: Callable[[], None] | None = None

    def list_cards(self) -> list[Card]:
        """Every entry, closed ones too, as they are sorted on screen. One statement."""
        found = list(self.entries.select_related(*self.related).order_by(*self.order))
        return [self.describe(entry) for entry in (self.arrange(found) if self.arrange else found)]

    def add(self, card: Card, *, by: AccountInHand | None, now: datetime) -> Entry:
        """Write a new entry and its record. Refuses `key-taken` and what the list refuses."""
        return self._save_one(Order(adds=True, card=card), by, now)

    def change(self, card: Card, *, by: AccountInHand | None, now: datetime) -> Entry:
        """Change the entry that the card names; a card that changes nothing leaves no trace.

        Refuses `entry-not-found` and what the list refuses.
        """
        return self._save_one(Order(adds=False, card=card), by, now)

    def _save_one(self, order: Order[Card], by: AccountInHand | None, now: datetime) -> Entry:
        (done,) = self.save_all([order], by=by, now=now)
        if isinstance(done, Refusal):
            raise done
        return done

    @transaction.atomic
    def save_all(
        self, orders: Sequence[Order[Card]], *, by: AccountInHand | None, now: datetime
    ) -> list[Entry | Refusal]:
        """Write every card that passes its checks; what became of each: its entry, or why it was refused.

        A handful of statements, however many cards there are. Whoever wants all or nothing takes the
        transaction back.
        """
        held = self._hold([self._name(order.card) for order in orders])
        known = self.know([order.card for order in orders], list(held.values()), now)
        settled = [self._settle(order, held, known) for order in orders]
        self._write([one for one in settled if not isinstance(one, Refusal) and one.columns], by, now)
        return [one if isinstance(one, Refusal) else one.entry for one in settled]

    def _name(self, card: Card) -> Any:
        return getattr(card, self.key)

    def _hold(self, keys: Sequence[Any]) -> dict[Any, Entry]:
        """The entries of that name, locked until the transaction ends."""
        found = self.entries.select_for_update(of=("self",)).select_related(*self.related)
        named = found.filter(**{f"{self.key}__in": {key for key in keys if key is not None}}).order_by("pk")
        return {getattr(entry, self.key): entry for entry in named}

    def _settle(self, order: Order[Card], held: dict[Any, Entry], known: Known) -> _Settled[Entry] | Refusal:
        key = self._name(order.card)
        try:
            entry = self._start(key, held) if order.adds else self._find(key, held)
            changes = find_changes(self.blank if order.adds else self.describe(entry), order.card)
            columns = self.settle(entry, order.card, known) if changes else {}
        except Refusal as refusal:
            return refusal
        for name, value in columns.items():
            setattr(entry, name, value)
        if order.adds and key is not None:
            held[key] = entry
        return _Settled(entry, order.adds, changes, columns)

    def _start(self, key: Any, held: Mapping[Any, Entry]) -> Entry:
        if self.check_key is not None:
            self.check_key(key)
        if key in held:
            raise refuse_taken(self.key)
        started: Entry = self.entries.model(**({} if self.key == "id" else {self.key: key}))
        return started

    def _find(self, key: Any, held: Mapping[Any, Entry]) -> Entry:
        if key not in held:
            raise refuse_missing(self.key)
        return held[key]

    def _write(self, settled: Sequence[_Settled[Entry]], by: AccountInHand | None, now: datetime) -> None:
        if not settled:
            return
        self.entries.bulk_create([one.entry for one in settled if one.adds], batch_size=AT_ONCE)
        self.entries.bulk_create(
            [one.entry for one in settled if not one.adds],
            batch_size=AT_ONCE,
            update_conflicts=True,
            unique_fields=["pk"],
            update_fields=sorted({name for one in settled for name in one.columns}),
        )
        if self.rest is not None:
            self.rest()
        append(
            [
                make_entry(
                    f"{self.chain}:{getattr(one.entry, self.key)}",
                    f"{self.noun}-{'added' if one.adds else 'changed'}",
                    by,
                    now,
                    changes=self._tell(one),
                )
                for one in settled
            ]
        )

    def _tell(self, one: _Settled[Entry]) -> Mapping[str, list[Any]]:
        """What differs; the id of a new entry is known only now."""
        given = one.adds and self.key == "id"
        return {"id": [None, one.entry.pk], **one.changes} if given else one.changes


def know_nothing(_cards: Sequence[Any], _held: Sequence[Any], _now: datetime) -> None:
    """For lists whose checks look nothing up."""


def put_under_parents(entries: Iterable[Any]) -> list[Any]:
    """Entries of a tree, each under the one above it (`parent_id`), siblings in their order."""
    below: dict[int | None, list[Any]] = {}
    for entry in entries:
        below.setdefault(entry.parent_id, []).append(entry)
    return _walk(None, below)


def _walk(parent_id: int | None, below: Mapping[int | None, list[Any]]) -> list[Any]:
    return [one for entry in below.get(parent_id, []) for one in (entry, *_walk(entry.pk, below))]

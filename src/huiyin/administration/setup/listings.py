"""What a list is: its fields, how its entries are read and written, and where their history stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from huiyin.administration.setup.fields import YES, Field, OptionsRead, Row
from huiyin.journal.api import StoredEntry, list_entries
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand, Order


@dataclass(frozen=True, slots=True)
class Acts:
    """Who changes a list, when and for what `reason`. A `rehearsal` is taken back; `passwords` are told once.

    `tell` is told how many rows of how many are done, for those who wait. `source` is the door: `settings`
    for a form, `sheet`, `command`. A list that needs it keeps in `kept` what its lots have in common.
    """

    by: AccountInHand
    now: datetime
    rehearsal: bool = False
    passwords: list[tuple[str, str, str]] = field(default_factory=list, repr=False)
    tell: Callable[[int, int], None] = lambda _done, _of: None
    reason: str = ""
    source: str = "settings"
    kept: dict[str, Any] = field(default_factory=dict)


Save = Callable[[Sequence[Order[Row]], Acts], list[Refusal | None]]
"""Writes rows, new ones or over those that are there: for each None, or why it was not written."""


@dataclass(frozen=True, slots=True)
class Listing:
    """One list that an administrator keeps.

    `identity` is the field that names an entry for good; where it is of kind `id` the database gives it, and
    an empty one is a new entry. `name` is the field that people know an entry by. `rows` reads them all.
    `save` writes some and refuses as their owning package does; without `adds` entries come from elsewhere.
    With `why` a reason is asked for before anything is written, under that title.
    `most` bounds the rows of one sheet that change something, `most_new` those that add. One that `answers`
    with fresh passwords is written while somebody waits, because they are shown once and kept nowhere.
    """

    key: str
    title: Words
    about: Words
    icon: str
    fields: Sequence[Field]
    identity: str
    name: str
    rows: Callable[[], list[Row]]
    save: Save
    adds: bool = True
    answers: bool = False
    subject: Callable[[Row], str] | None = None
    entries: Callable[[Row], list[StoredEntry]] | None = None
    explain: Callable[[Row], Words] | None = None
    called: Callable[[Row], Words] | None = None
    links: Callable[[Row], list[tuple[Words, str]]] | None = None
    why: Words | None = None
    most: int = 20_000
    most_new: int = 20_000

    @property
    def writable(self) -> list[Field]:
        """The fields that are read from forms and files."""
        return [one for one in self.fields if not one.told]

    @property
    def closes(self) -> bool:
        """Whether entries are closed rather than deleted."""
        return any(one.key == "active" for one in self.fields)

    def with_options_read(self) -> Listing:
        """The same list, whose options are read from the database once however many rows ask for them."""
        fields = [
            replace(one, options=OptionsRead(one.options)) if one.options else one for one in self.fields
        ]
        return replace(self, fields=fields)

    def get_field(self, key: str) -> Field:
        """The field of that key."""
        return next(one for one in self.fields if one.key == key)

    def map_rows(self) -> dict[str, Row]:
        """Every entry by its identity."""
        return {row[self.identity]: row for row in self.rows()}

    def is_active(self, row: Mapping[str, str]) -> bool:
        """Whether the entry is in use; one of a list without closing always is."""
        return row.get("active", YES) == YES

    def call(self, row: Row) -> Words:
        """What people call the entry."""
        return self.called(row) if self.called else self.get_field(self.name).title_of(row[self.name])

    def list_history(self, row: Row) -> list[StoredEntry]:
        """What the journal holds of an entry, oldest first."""
        if self.entries is not None:
            return self.entries(row)
        return list_entries(self.subject(row)) if self.subject else []


def blank_row(listing: Listing) -> Row:
    """A new entry before anything is filled in."""
    return {one.key: one.default for one in listing.fields}

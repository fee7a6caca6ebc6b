"""Earlier cases by which the same person said the same: found by the number to call and by the words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from huiyin.cases import store
from huiyin.language.api import cut_pieces, is_repeat, join_text


@dataclass(frozen=True, slots=True)
class Repeat:
    """An earlier case of the same person with near words, and its last answer; empty when there is none."""

    number: str
    title: str
    opened_at: datetime
    closed_at: datetime | None
    answered_at: datetime | None
    answer: str

    @property
    def answered(self) -> bool:
        """Whether the person has an answer to it, of any round."""
        return bool(self.answer)


def list_repeats(case_id: int) -> list[Repeat]:
    """The earlier cases by which the person of this one said the same, newest first; one statement.

    None for a case whose person is not known: whoever cannot be told apart repeats nothing.
    """
    rows = store.list_of_same_person(case_id)
    if len(rows) < 2:
        return []
    own = next(cut_pieces(join_text(row[2], row[3])) for row in rows if row[0] == case_id)
    return [
        Repeat(number, title, opened_at, closed_at, at or answered_at, answer or "")
        for id_, number, title, words, opened_at, answered_at, closed_at, answer, at in rows
        if id_ != case_id and is_repeat(own, cut_pieces(join_text(title, words)))
    ]

"""What a citizen typed, and what the citizens' pages are drawn from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from huiyin.kernel.words import Words

Said = Words | str


@dataclass(frozen=True, slots=True)
class Typed:
    """The form of a report as it was typed; nothing is checked yet."""

    kind: str = ""
    words: str = ""
    township: str = ""
    where: str = ""
    identity: str = "named"
    name: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class KindTile:
    """One kind of matter to choose from: `value` is the category's id, or `other`."""

    value: str
    title: Said
    icon: str


@dataclass(frozen=True, slots=True)
class MatterGroup:
    """Frequent matters under the first level of their categories."""

    title: Said
    icon: str
    matters: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Promise:
    """The box on top of the tracking page: what the person may rely on, until when."""

    kind: Literal["", "late", "wait", "done"]
    title: str
    when: datetime | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class TypedMove:
    """A form of the tracking page that was refused: what was typed, and the faults by field (`''`: all)."""

    move: str
    values: Mapping[str, str]
    faults: Mapping[str, Words]
    client_key: str = ""
    tokens: tuple[str, ...] = ()
    rule: str = ""


@dataclass(frozen=True, slots=True)
class AskField:
    """One question of a move's form. `options` are value and title, where the answer is chosen."""

    key: str
    kind: str
    title: Said
    hint: Said
    required: bool
    value: str = ""
    fault: Words | None = None
    options: tuple[tuple[str, Words], ...] = ()


@dataclass(frozen=True, slots=True)
class MoveForm:
    """The form of a move that the person may make. An `urgent` one stands above the trail.

    `closed_words`, when there are some, stand in place of the form: why the move cannot be made just now.
    """

    key: str
    title: Said
    button: Said
    icon: str
    intro: Said
    fields: tuple[AskField, ...]
    urgent: bool = False
    opened: bool = False
    danger: bool = False
    fault: Words | None = None
    rule: str = ""
    client_key: str = ""
    closed_words: Said = ""

"""What the engine is told of a case and of whoever acts; nothing in it can be changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever acts. `roles` holds plain roles and, for this case, scoped ones (`handler@lead`)."""

    roles: frozenset[str]
    account_id: int | None = None
    unit_ids: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Listed:
    """A unit to which the duty list gives the matter: its short name, its clause, whether it leads."""

    unit: str
    clause: str
    leads: bool = True


@dataclass(frozen=True, slots=True)
class Standing:
    """What the duty list says of the units that the inputs of a move name.

    `off` names those to which it does not give this matter, and `townships` those of them that are townships
    while the list gives it to a department. `listed` are the units that it names, told when any is off;
    `categorised` says whether the matter has a category at all. `field` is the input at fault.
    `may_designate` says whether whoever acts belongs to the centre, to which alone designating belongs.
    """

    off: tuple[str, ...] = ()
    townships: tuple[str, ...] = ()
    listed: tuple[Listed, ...] = ()
    categorised: bool = True
    field: str = "lead"
    may_designate: bool = True


NOBODY_NAMED = Standing()


@dataclass(frozen=True, slots=True)
class Facts:
    """The state of a case that guards and conditions may ask about.

    `now` is aware and in the county's zone: its date is the date there. `asked` is what the last request
    (extension, return, hanging) asked for and `asked_by` the account that asked. `standing` is what
    the duty list says of the units that the inputs name. `rating` is the last rating of this round
    (keys reached, solved, satisfied, understood), and `calls` counts the callbacks tried in it. `placed`
    says whether a lead unit holds the case, `lead` which one. `disputes` counts the returns of this matter
    that were decided, `ruling` is the number of the binding decision on it, `return_until` the moment until
    which it may be returned (None: no such limit runs), `dispatchers` those who gave it to a unit, and
    `opinions_open` counts the units that were asked for an opinion, gave none and still have time.
    `answered_before` counts the earlier cases with an answer by which the same person said the same.
    """

    stage: str
    now: datetime
    round: int = 1
    grade: str = ""
    due_at: datetime | None = None
    designated: bool = False
    extensions: int = 0
    asked_by: int | None = None
    asked: Mapping[str, Any] = field(default_factory=dict)
    handling_units: frozenset[int] = frozenset()
    assisting_open: int = 0
    standing: Standing = NOBODY_NAMED
    rating: Mapping[str, Any] = field(default_factory=dict)
    files: int = 0
    members: int = 0
    calls: int = 0
    placed: bool = True
    answered_before: int = 0
    lead: int | None = None
    disputes: int = 0
    ruling: str = ""
    return_until: datetime | None = None
    dispatchers: frozenset[int] = frozenset()
    opinions_open: int = 0

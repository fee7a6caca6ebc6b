"""What the record of a matter shows: timeline, attachments, clock card, stages of the process."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from huiyin.kernel.words import Words
from huiyin.pages.badges import Badge

Tone = Literal["grey", "brand", "red", "amber", "green", "blue", "violet"]
Said = Words | str


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file to open: its name, address and size in bytes. Without an address it has been removed."""

    name: str
    url: str
    size: int | None = None
    icon: str = "paperclip"


@dataclass(frozen=True, slots=True)
class TimelineStep:
    """One thing that happened (`at`), or will (`future`, by `due_at`, or at the time that `due_words` names).

    `public` says whether the person who asked can read the words; `since_previous` counts from the last step.
    """

    icon: str
    title: Said
    tone: Tone = "grey"
    actor: Said = ""
    words: str = ""
    public: bool = True
    at: datetime | None = None
    since_previous: timedelta | None = None
    attachments: tuple[Attachment, ...] = ()
    future: bool = False
    due_at: datetime | None = None
    due_words: Said = ""


@dataclass(frozen=True, slots=True)
class ClockCard:
    """The clock of a case: its limit, what is used of it, and on demand why the date is what it is."""

    title: Said
    badge: Badge
    due_at: datetime | None
    used: Said = ""
    whole: Said = ""
    reasons: tuple[Said, ...] = ()
    ticks: tuple[int, ...] = (500, 800)


@dataclass(frozen=True, slots=True)
class Stage:
    """One named stage of the process: gone through, the present one, or to come."""

    title: Said
    state: Literal["done", "now", "future"] = "future"

"""Reads what was typed for a move, each field by its kind; what a field names, the move itself looks up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import QueryDict

from huiyin.appeals.api import MAX_WORDS
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.process.api import INPUTS, Input, Move

YES, NO = "yes", "no"


def read_inputs(move: Move, typed: QueryDict) -> dict[str, Any]:
    """Every input asked for and given; files are read apart. Refused with the field at fault."""
    found: dict[str, Any] = {}
    for ask in move.asks:
        known = INPUTS[ask.key]
        if known.kind == "files":
            continue
        value = _READERS.get(known.kind, _read_text)(known, typed)
        if value is not None:
            found[ask.key] = value
    return found


def _read_text(known: Input, typed: QueryDict) -> str | None:
    text = clean(typed.get(known.key, ""))
    if len(text) > MAX_WORDS:
        words = Words(
            "“{title}”最多 {most} 字，现在有 {count} 字。",
            "“{title}” takes at most {most} signs; there are {count}.",
        )
        raise Refusal(
            "words-too-long", words.fill(title=known.title, most=MAX_WORDS, count=len(text)), field=known.key
        )
    return text or None


def _read_line(known: Input, typed: QueryDict) -> str | None:
    text = _read_text(known, typed)
    return " ".join(text.split()) if text else None


def _read_number(known: Input, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise _misread(known)
    return int(text)


def _read_unit(known: Input, typed: QueryDict) -> int | None:
    text = typed.get(known.key, "").strip()
    return _read_number(known, text) if text else None


def _read_units(known: Input, typed: QueryDict) -> list[int] | None:
    given = [_read_number(known, text) for text in typed.getlist(known.key) if text.strip()]
    return list(dict.fromkeys(given)) or None


def _read_yes_no(known: Input, typed: QueryDict) -> bool | None:
    """A box that was ticked when the form was drawn and is not any more says no; `was-…` tells so."""
    if known.key in typed:
        return typed[known.key] == YES if typed[known.key] in {YES, NO} else None
    return False if typed.get(f"was-{known.key}") == YES else None


def _read_date(known: Input, typed: QueryDict) -> date | None:
    text = typed.get(known.key, "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise _misread(known) from None


def _read_five(known: Input, typed: QueryDict) -> int | None:
    text = typed.get(known.key, "").strip()
    return _read_number(known, text) if text else None


def _read_case(known: Input, typed: QueryDict) -> str | None:
    return typed.get(known.key, "").strip().upper() or None


def _read_way(known: Input, typed: QueryDict) -> str | None:
    return typed.get(known.key, "").strip() or None


def _read_category(known: Input, typed: QueryDict) -> int | None:
    text = typed.get(known.key, "").strip()
    return _read_number(known, text) if text else None


def _read_cause(known: Input, typed: QueryDict) -> str | None:
    """The cause of the list, and what was written beside it: 部门推诿：住建局与水利局."""
    chosen, more = typed.get(known.key, "").strip(), clean(typed.get(f"{known.key}-more", ""))
    return "：".join(part for part in (chosen, more) if part)[:MAX_WORDS] or None


def _read_clause(known: Input, typed: QueryDict) -> str | None:
    """The clause chosen from the register, and what was written beside it; either may be missing."""
    listed, own = " ".join(clean(typed.get(f"{known.key}-listed", "")).split()), _read_line(known, typed)
    parts = [part for part in (listed, own) if part]
    return "：".join(dict.fromkeys(parts))[:MAX_WORDS] or None


def _misread(known: Input) -> Refusal:
    words = Words("“{title}”填得不对，请重新选择。", "“{title}” is not filled in properly; choose again.")
    return Refusal("input-misshapen", words.fill(title=known.title), field=known.key)


_READERS: dict[str, Callable[[Input, QueryDict], Any]] = {
    "line": _read_line,
    "clause": _read_clause,
    "unit": _read_unit,
    "units": _read_units,
    "yes-no": _read_yes_no,
    "grade": _read_line,
    "limit": _read_line,
    "date": _read_date,
    "five": _read_five,
    "case": _read_case,
    "way": _read_way,
    "category": _read_category,
    "cause": _read_cause,
}
"""A kind that is not here is read as text."""

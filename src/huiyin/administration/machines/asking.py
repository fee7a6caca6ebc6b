"""Reads the forms and the addresses of the pages of other systems."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponseRedirect, QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from huiyin.journal.api import SealBroken, open_seal, seal
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.pages.api import ZONE, Paging, address, number_pages, read_page

SIZE = 50
SHOWN_FOR = timedelta(minutes=5)
_PURPOSE = "webhook-shown"


def read(form: QueryDict, name: str, most: int = 500) -> str:
    """One field as it was typed, without signs that no keyboard has."""
    return clean(form.get(name, ""))[:most]


def read_moment(form: QueryDict, name: str) -> datetime | None:
    """A day and hour in the county's zone; None when none was given. Refused: what is none."""
    text = read(form, name, 40)
    try:
        moment = parse_datetime(text) if text else None
    except ValueError:
        moment = None
    if text and moment is None:
        raise Refusal("bad-moment", Words("时间不对。", "This is not a time."), field=name)
    return moment if moment is None or moment.tzinfo else moment.replace(tzinfo=ZONE)


def go(to: str, done: str, **more: str) -> HttpResponseRedirect:
    """Back to a page, which then says what was done."""
    return HttpResponseRedirect(f"{to}{address({'done': done, **more})}", status=303)


def make_leave(pk: int) -> str:
    """A leave to see the secret of that webhook, for five minutes; it says nothing to anybody else."""
    until = (timezone.now() + SHOWN_FOR).isoformat()
    return seal({"pk": pk, "until": until}, _PURPOSE).hex()


def has_leave(text: str, pk: int) -> bool:
    """Whether the leave is one of ours, for this webhook, and still holds."""
    try:
        told: dict[str, Any] = open_seal(bytes.fromhex(text), _PURPOSE) if text else {}
    except (ValueError, SealBroken):
        return False
    return told.get("pk") == pk and datetime.fromisoformat(told["until"]) > timezone.now()


def read_log(query: QueryDict, states: dict[str, Words]) -> tuple[str, int]:
    """The state that is asked for, empty for all, and the page."""
    state = query.get("state", "")
    return (state if state in states else ""), read_page({"page": query.get("page", "")})


def make_log(rows: list[Any], total: int, state: str, page: int, states: dict[str, Words]) -> dict[str, Any]:
    """What the template of a log needs."""
    asked = {"state": state, "page": str(page)} if state else {"page": str(page)}
    return {
        "rows": rows,
        "total": total,
        "state": state,
        "states": states,
        "paging": number_pages(asked, total, SIZE),
    }


def cut_page(query: QueryDict, rows: Sequence[Any]) -> tuple[Sequence[Any], Paging]:
    """The part of a short list that the address asks for, and its pager."""
    asked = {"page": query.get("page", "")}
    page = read_page(asked, max(1, -(-len(rows) // SIZE)))
    return rows[(page - 1) * SIZE : page * SIZE], number_pages(asked, len(rows), SIZE)

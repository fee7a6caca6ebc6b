"""How a page answers what was sent to it: on to another page, or the form again with what was wrong."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse, HttpResponseRedirect

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean, read_number
from huiyin.kernel.words import Words
from huiyin.pages.api import url


def go(done: str, route: str, *args: object) -> HttpResponse:
    """On to a page of the villages, which says what was done."""
    return go_to(url(f"villages:{route}", *args), done)


def go_to(place: str, done: str = "") -> HttpResponse:
    """On to an address; with `done` the page there says what was done."""
    mark = "&" if "?" in place else "?"
    return HttpResponseRedirect(f"{place}{mark}done={done}" if done else place, status=303)


def tell_errors(refusal: Refusal | None) -> dict[str, Words]:
    """What was wrong, by the field at fault (`""`: the whole form); the article behind it in brackets."""
    if refusal is None:
        return {}
    rule = f"（{refusal.rule}）" if refusal.rule else ""
    return {refusal.field: Words(f"{refusal.words.zh}{rule}", f"{refusal.words.en} {rule}".rstrip())}


def read_day(text: str, field: str) -> date:
    """The day that was typed: 2026-11-27, 2026/11/27 or 2026.11.27; refuses `bad-day`."""
    try:
        year, month, day = map(int, clean(text).replace("/", "-").replace(".", "-").split("-"))
        return date(year, month, day)
    except ValueError:
        words = Words(
            "“{text}”不是日期。请按 2026-01-31 填写。", "“{text}” is no date. Write it as 2026-01-31."
        )
        raise Refusal("bad-day", words.fill(text=clean(text)[:40]), field=field) from None


def read_whole(text: str, field: str, digits: int = 15) -> int:
    """A whole number from nothing up, of at most so many digits; refuses `bad-number`."""
    number = read_number(clean(text), digits)
    if number is None:
        words = Words("“{text}”不是整数。请填整数。", "“{text}” is no whole number.")
        raise Refusal("bad-number", words.fill(text=clean(text)[:40]), field=field)
    return number

"""How a page answers what was sent to it: on to another page, or the form again with what was wrong."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse, HttpResponseRedirect

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages.api import status_of, url


def go(done: str, route: str, *args: object) -> HttpResponse:
    """On to a page of the villages, which says what was done."""
    return HttpResponseRedirect(f"{url(f'villages:{route}', *args)}?done={done}", status=303)


def status_of_form(refusal: Refusal | None) -> int:
    """200 for a form that is asked for, 422 for one that was refused for what was typed."""
    if refusal is None:
        return 200
    status = status_of(refusal)
    return 422 if status == 409 else status


def tell_errors(refusal: Refusal | None) -> dict[str, Words]:
    """What was wrong, by the field at fault (`""`: the whole form); the article behind it in brackets."""
    if refusal is None:
        return {}
    rule = f"（{refusal.rule}）" if refusal.rule else ""
    return {refusal.field: Words(f"{refusal.words.zh}{rule}", f"{refusal.words.en} {rule}".rstrip())}


def read_day(text: str, field: str) -> date:
    """The day that was typed; refuses `bad-day`."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise Refusal("bad-day", Words("请填日期。", "Give a date."), field=field) from error

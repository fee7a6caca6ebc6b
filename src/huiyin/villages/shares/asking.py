"""What the pages of shares read from what was typed, and how they answer."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest

from huiyin.cases.api import Case, get_process
from huiyin.economy.organisations.api import Organisation, get_seen
from huiyin.economy.shares.api import ShareBook, get_book
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean, read_number
from huiyin.kernel.words import Words
from huiyin.people.api import get_account_of

DONE: dict[str, Words] = {
    "applied": Words("已提出申请，等待审核。", "Applied for; it waits for review."),
    "issued": Words("已发证，可以打印。", "Issued; ready to print."),
    "none-issued": Words("各户的证都是最新的，没有要发的。", "Every certificate is true already."),
    "replaced": Words("已补发新证，原证作废。", "Replaced; the old one is void."),
    "heir": Words("继承人已登记在名册上（不是成员）。", "The heir is on the roster, not as a member."),
    "settled": Words("已核定。", "Settled."),
    "changed": Words("方案已改，股份已重算。", "Changed and reckoned anew."),
    "reckoned": Words("已按现在的名册重算。", "Reckoned on the roster as it is now."),
    "printing": Words("已开始打印。", "Printing has begun."),
}


def read_place(request: HttpRequest, code: str) -> tuple[Organisation, ShareBook | None]:
    """The organisation of the address, if the account sees it, and its share book."""
    organisation = get_seen(code, get_account_of(request))
    return organisation, get_book(organisation.pk)


def demand_book(book: ShareBook | None) -> ShareBook:
    """The book; refuses `shares-not-found` before shares are fixed."""
    if book is None:
        words = Words("股权还没有固化，没有股份簿。", "Shares are not fixed yet: there is no share book.")
        raise Refusal("shares-not-found", words)
    return book


def read_units(typed: Mapping[str, str], prefix: str = "units_") -> dict[int, int]:
    """Units by member id, from fields named after them; empty is nothing. Refuses `units-unreadable`."""
    found: dict[int, int] = {}
    for name, text in typed.items():
        member_id = read_number(name.removeprefix(prefix)) if name.startswith(prefix) else None
        if member_id is None:
            continue
        plain = clean(text).replace(",", "")
        units = read_number(plain) if plain else 0
        if units is None:
            words = Words("“{text}”不是整数股数。", "“{text}” is no whole number of units.")
            raise Refusal("units-unreadable", words.fill(text=plain[:20]), field="units")
        found[member_id] = units
    return found


def say_stage(case: Case) -> Words:
    """Where the case stands, as its process calls it."""
    return get_process(case.process, case.process_version).stages[case.stage].title


def say_tone(case: Case) -> tuple[str, str]:
    """Tone and shape of its tag: done, ended otherwise, under way."""
    if case.stage in {"registered", "fixed"}:
        return "green", "dot"
    return ("grey", "ring") if case.closed_at else ("blue", "half")

"""What the pages of distributions read from what was typed, and how they answer."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest
from django.utils import timezone

from huiyin.cases.api import get_process
from huiyin.economy.distributions.api import Draft, Plan, get_plan
from huiyin.economy.organisations.api import Organisation, get_seen
from huiyin.kernel.money import read_yuan, tell_yuan
from huiyin.kernel.texts import clean, read_number
from huiyin.kernel.words import Words
from huiyin.people.api import get_account_of

DONE: dict[str, Words] = {
    "drafted": Words(
        "方案已拟订。核对无误后送监事会审核。", "Drafted. Check it, then send it to the overseers."
    ),
    "changed": Words("方案已重新测算。", "The plan is reckoned anew."),
    "aside": Words("已登记，测算时会扣除或分摊。", "Noted; it is taken out or spread when reckoning."),
    "returned": Words("退回的已登记，成员账户已记退回。", "Entered; the accounts of the members say so."),
    "none-returned": Words("这些退回以前登记过，没有新的。", "All of these were entered before."),
    "card": Words("银行卡已更正。更正完再次发放。", "The card is mended. Pay again when all are."),
}
EARLIEST = 2000
TRIAL = Words("试算", "Trial")


def read_place(request: HttpRequest, code: str, pk: int) -> tuple[Organisation, Plan]:
    """The organisation of the address, if the account sees it, and its plan."""
    organisation = get_seen(code, get_account_of(request))
    return organisation, get_plan(pk, organisation)


def read_year(typed: Mapping[str, str]) -> int:
    """The year that was chosen; last year without a sensible one: its books are whole."""
    this = timezone.localdate().year
    year = read_number(typed.get("year", ""), 4)
    return year if year is not None and EARLIEST <= year <= this else this - 1


def read_draft(typed: Mapping[str, str]) -> Draft:
    """What was typed into the form of a plan; refuses `bad-amount`."""
    wanted = clean(typed.get("wanted", ""))
    return Draft(
        year=read_year(typed),
        wanted_fen=read_yuan(wanted, "wanted") if wanted else None,
        whole_fen=typed.get("whole_fen") == "on",
        source=clean(typed.get("source", "322"))[:20] or "322",
        words=clean(typed.get("words", ""))[:400],
    )


def describe_draft(plan: Plan) -> dict[str, str]:
    """A plan as it stands in its form."""
    return {
        "year": str(plan.year),
        "wanted": tell_yuan(plan.given_fen) if plan.left_fen else "",
        "whole_fen": "on" if plan.whole_fen else "",
        "source": "322",
        "words": plan.words,
    }


def say_stage(plan: Plan) -> Words:
    """Where the plan stands."""
    if plan.case is None:
        return TRIAL
    process = get_process(plan.case.process, plan.case.process_version)
    return process.get_stage(plan.case.stage).title


def tone_of(plan: Plan) -> tuple[str, str]:
    """Tone and shape of its tag."""
    if plan.withdrawn:
        return "grey", "ring"
    if plan.paid_at:
        return "green", "dot"
    return ("amber", "half") if plan.approved_at else ("blue", "half")

"""Sub-accounts of an organisation, and what an account is called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from huiyin.economy.books.chart import GIVEN, find_account, get_chart
from huiyin.economy.books.models import Subaccount
from huiyin.economy.books.rules import RULE
from huiyin.economy.organisations.api import Organisation, demand, note
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand

_CODE = re.compile(r"\d{3}(-\d{2,4}){1,2}")


def list_subaccounts(organisation: Organisation) -> list[Subaccount]:
    """Those of the organisation itself, by code."""
    return list(Subaccount.objects.filter(organisation=organisation).order_by("code"))


def map_titles(organisation: Organisation) -> Mapping[str, Words]:
    """Code → title of every account: of the chart, given by the standard, and the organisation's own."""
    titles = {code: one.title for code, one in get_chart(organisation.standard).items()}
    titles |= GIVEN[organisation.standard]
    for one in list_subaccounts(organisation):
        head = find_account(organisation.standard, one.code)
        if head is not None:
            titles[one.code] = Words(f"{head.title.zh}—{one.name}", f"{head.title.en}: {one.name}")
    return titles


def list_choices(organisation: Organisation) -> list[tuple[str, Words]]:
    """Accounts that a line may be written on, by code: those that are closed are left out."""
    over = {one.code for one in list_subaccounts(organisation) if not one.active}
    return [(code, title) for code, title in sorted(map_titles(organisation).items()) if code not in over]


def check_accounts(organisation: Organisation, codes: Iterable[str]) -> None:
    """Refuse `no-such-account` for what the chart does not have, `no-such-subaccount` for one below it."""
    known = {code for code, _ in list_choices(organisation)}
    for at, code in enumerate(codes, 1):
        if code in known:
            continue
        if find_account(organisation.standard, code) is None:
            words = Words("第 {at} 行：科目表里没有“{code}”。", "Line {at}: the chart has no account {code}.")
            raise Refusal("no-such-account", words.fill(at=at, code=code), RULE, "lines")
        words = Words(
            "第 {at} 行：没有明细科目“{code}”，或已停用。请先在“科目”里添加。",
            "Line {at}: there is no sub-account {code}, or it is closed. Add it under “Accounts” first.",
        )
        raise Refusal("no-such-subaccount", words.fill(at=at, code=code), RULE, "lines")


@transaction.atomic
def save_subaccount(
    organisation: Organisation,
    code: str,
    name: str,
    by: AccountInHand,
    now: datetime,
    *,
    active: bool = True,
) -> Subaccount:
    """Add a sub-account, rename it, close it or take it up again. Journalled.

    Refuses `bad-code`, `name-missing`, `no-such-account`, `given-account` (the standard's own).
    """
    demand(by, organisation, "bookkeeper")
    code, name = clean(code), clean(name)
    if not _CODE.fullmatch(code) or find_account(organisation.standard, code) is None:
        words = Words(
            "明细科目写成“总账科目-序号”，如 112-01；总账科目须在科目表里。",
            "Write a sub-account as account-number, such as 112-01, below an account of the chart.",
        )
        raise Refusal("bad-code", words, RULE, "code")
    if code in GIVEN[organisation.standard]:
        words = Words("这个明细科目由会计制度规定，不用添加。", "The standard itself has this sub-account.")
        raise Refusal("given-account", words, RULE, "code")
    if not name or len(name) > 60:
        words = Words("请填写名称，60 字以内。", "Give a name of at most 60 signs.")
        raise Refusal("name-missing", words, RULE, "name")
    made, _ = Subaccount.objects.update_or_create(
        organisation=organisation, code=code, defaults={"name": name, "active": active}
    )
    note(organisation, "save-subaccount", by, now, code=code, name=name, active=active)
    return made

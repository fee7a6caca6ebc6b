"""The register of contributions: valued, entered by one and confirmed by another; labour is none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from huiyin.economy.cooperatives.models import Contribution, Grant, MemberAccount
from huiyin.economy.cooperatives.values import (
    COLLECTIVE,
    FORMS,
    LAW,
    METHODS,
    NO_CAPITAL,
    NewContribution,
)
from huiyin.economy.organisations.api import Organisation, demand, note
from huiyin.kernel.money import MOST_FEN
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand

RULE = f"{LAW} 第13条：可以用货币估价并可以依法转让的财产作价出资"
APART = "会计法 第27条、第37条：不相容职务分离"


@transaction.atomic
def contribute(
    organisation: Organisation, new: Sequence[NewContribution], by: AccountInHand | None, now: datetime
) -> list[Contribution]:
    """Enter contributions, all or none; each is capital once somebody else has confirmed it.

    Refuses `labour-no-capital` and `pledged-no-capital` (市场主体登记管理条例 13), `no-such-form`,
    `form-of-collective`, `amount-missing`, `what-missing`, `valuation-missing`, `member-not-found`.
    """
    if by is not None:
        demand(by, organisation, "bookkeeper")
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    wanted = {one.account_id for one in new}
    accounts = MemberAccount.objects.filter(organisation=organisation, left_on__isnull=True).in_bulk(wanted)
    for one in new:
        check_contribution(one, accounts.get(one.account_id))
    last = Contribution.objects.filter(account__organisation=organisation).aggregate(last=Max("number"))
    first = (last["last"] or 0) + 1
    made = Contribution.objects.bulk_create(_make(one, first + at, by) for at, one in enumerate(new))
    total = sum(one.fen for one in new)
    note(organisation, "contribute", by, now, first=first, count=len(made), fen=total)
    return made


def check_contribution(new: NewContribution, account: MemberAccount | None) -> None:
    """Refuse what is no contribution by law, or lacks what one needs."""
    form = FORMS.get(new.form)
    if form is None:
        raise Refusal("no-such-form", Words("请选择出资形式。", "Choose the form."), field="form")
    if not form.capital:
        words = Words(
            "{form}不能作价出资。请改记为联农带农利益联结合同，按合同支付。",
            "{form} cannot be capital. Record a benefit contract, and pay under it.",
        ).fill(form=form.title)
        raise Refusal("labour-no-capital", words, NO_CAPITAL, "form")
    if new.pledged:
        words = Words(
            "设定了担保的财产不能作价出资。请先解除担保。",
            "What is pledged cannot be a contribution. Have the pledge lifted first.",
        )
        raise Refusal("pledged-no-capital", words, NO_CAPITAL, "pledged")
    if account is None:
        words = Words("请选择本社的现有成员。", "Choose a present member of the co-operative.")
        raise Refusal("member-not-found", words, field="account")
    if form.of_collective != (account.kind == COLLECTIVE):
        words = Words(
            "集体出资用集体的四种形式，农户等成员用另外七种。请重新选择。",
            "The collective brings one of its four forms, other members one of the seven. Choose again.",
        )
        raise Refusal("form-of-collective", words, RULE, "form")
    if not clean(new.what):
        raise Refusal("what-missing", Words("请写明出的是什么。", "Say what is brought in."), field="what")
    if not 0 < new.fen <= MOST_FEN:
        words = Words("出资额要大于零。", "The amount must be above nothing.")
        raise Refusal("amount-missing", words, field="amount")
    if form.valued:
        _check_valuation(new)


def _check_valuation(new: NewContribution) -> None:
    said = new.valuation
    if said.method not in METHODS or not clean(said.valuer) or not clean(said.resolution):
        words = Words(
            "非货币出资要作价：请填作价方式、作价人和通过作价的决议。",
            "What is no money must be valued: give the method, who valued it, and the resolution on it.",
        )
        raise Refusal("valuation-missing", words, RULE, "method")


def _make(new: NewContribution, number: int, by: AccountInHand | None) -> Contribution:
    valued = FORMS[new.form].valued
    return Contribution(
        account_id=new.account_id,
        number=number,
        form=new.form,
        what=clean(new.what),
        fen=new.fen,
        made_on=new.made_on,
        method=new.valuation.method if valued else "",
        valuer=clean(new.valuation.valuer),
        resolution=clean(new.valuation.resolution),
        entered_by_id=by.id if by else None,
    )


@transaction.atomic
def confirm_contributions(
    organisation: Organisation, ids: Sequence[int] | None, by: AccountInHand | None, now: datetime
) -> int:
    """Confirm those of the ids that wait (None: all of them); answers how many.

    Refuses `same-person` when the account entered one of them, `not-your-duty`.
    """
    if by is not None:
        demand(by, organisation, "director", "overseer")
    found = Contribution.objects.select_for_update(of=("self",)).filter(
        account__organisation=organisation, confirmed_at__isnull=True, returned_on__isnull=True
    )
    waiting = list(found if ids is None else found.filter(pk__in=ids))
    if by is not None and any(one.entered_by_id == by.id for one in waiting):
        words = Words("自己录入的出资要由别人确认。", "Somebody else confirms what one entered.")
        raise Refusal("same-person", words, APART)
    Contribution.objects.filter(pk__in=[one.pk for one in waiting]).update(
        confirmed_by_id=by.id if by else None, confirmed_at=now
    )
    if waiting:
        numbers = [one.number for one in waiting] if len(waiting) <= 50 else []
        total = sum(one.fen for one in waiting)
        note(organisation, "confirm-contributions", by, now, count=len(waiting), numbers=numbers, fen=total)
    return len(waiting)


@transaction.atomic
def return_contribution(
    contribution_id: int, on: date, reason: str, by: AccountInHand | None, now: datetime
) -> Contribution:
    """Enter that a contribution was given back, or was an error; the row stays to be read.

    Refuses `contribution-not-found`, `returned-already`, `reason-needed`, `not-your-duty`.
    """
    found = Contribution.objects.select_for_update(of=("self",)).select_related("account__organisation")
    one = found.filter(pk=contribution_id).first()
    if one is None:
        raise Refusal("contribution-not-found", Words("没有这笔出资。", "There is no such contribution."))
    if by is not None:
        demand(by, one.account.organisation, "director")
    if one.returned_on is not None:
        raise Refusal("returned-already", Words("这笔出资已经退出。", "It was given back already."))
    if not clean(reason):
        raise Refusal("reason-needed", Words("请写明原因。", "Give the reason."), field="reason")
    one.returned_on, one.reason = on, clean(reason)
    one.save(update_fields=["returned_on", "reason"])
    told = {"contribution": one.number, "fen": one.fen, "reason": clean(reason)}
    note(one.account.organisation, "return-contribution", by, now, **told)
    return one


@transaction.atomic
def add_grant(organisation: Organisation, grant: Grant, by: AccountInHand | None, now: datetime) -> Grant:
    """Enter a public grant or gift that was given to the co-operative; its members share it equally.

    Refuses `what-missing`, `amount-missing`, `not-your-duty`.
    """
    if by is not None:
        demand(by, organisation, "bookkeeper")
    grant.organisation, grant.what, grant.source = organisation, clean(grant.what), clean(grant.source)
    if not grant.what:
        raise Refusal("what-missing", Words("请写明是什么补助或捐赠。", "Say what was given."), field="what")
    if not 0 < grant.fen <= MOST_FEN:
        words = Words("金额要大于零。", "The amount must be above nothing.")
        raise Refusal("amount-missing", words, field="amount")
    grant.save()
    note(organisation, "add-grant", by, now, grant=grant.pk, fen=grant.fen, what=grant.what)
    return grant

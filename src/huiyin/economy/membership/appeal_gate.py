"""What is demanded of each move of an appeal, and written with it; whichever door the move comes by."""

from __future__ import annotations

from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.utils import timezone

from huiyin.cases.api import Passing
from huiyin.economy.assemblies.api import demand_majority
from huiyin.economy.members.api import refuse_elsewhere
from huiyin.economy.membership.appealing import RULE, hint_on, name_appeal
from huiyin.economy.membership.models import Appeal
from huiyin.economy.membership.round_gate import apply_class, find_mover
from huiyin.economy.membership.values import CONFIRM
from huiyin.economy.organisations.api import note
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words


def guard_appeal(passing: Passing) -> None:
    """Before each move of an appeal. Refuses as each step says."""
    act = _ACTS.get(passing.move)
    if act is None:
        return
    related = Appeal.objects.select_related("case", "organisation", "member__household")
    appeal = related.filter(case_id=passing.case_id).first()
    if appeal is None:
        words = Words("这个工单没有复核申请。请从成员页申请。", "This case holds no appeal. File one.")
        raise Refusal("appeal-not-found", words, RULE)
    act(appeal, passing)


def _deliberate(appeal: Appeal, passing: Passing) -> None:
    """Where the law itself decides, nobody votes; else the assembly has voted, for or against."""
    if not hint_on(appeal).must:
        demand_majority(appeal.organisation_id, name_appeal(appeal), passing.now, "membership")


def _uphold(appeal: Appeal, passing: Passing) -> None:
    law = hint_on(appeal)
    if law.must and law.klass != CONFIRM:
        words = Words("法律有明确规定：{told}。不能恢复。", "The law says: {told}. It cannot be restored.")
        raise Refusal("against-the-law", words.fill(told=law.words), law.rule)
    if not law.must and not _agreed(appeal, passing):
        words = Words("成员大会一事一议没有同意，不能恢复。", "The assembly did not agree.")
        raise Refusal("not-agreed", words, "农村集体经济组织法 第26条、第27条")
    member = appeal.member
    apply_class(member, CONFIRM, appeal.ground, law.rule, today=timezone.localdate(passing.now))
    try:
        with transaction.atomic():
            member.save(update_fields=["standing", "ground", "article", "since_on", "until_on"])
    except IntegrityError as error:
        raise refuse_elsewhere() from error
    _decide(appeal, "upheld", passing)


def _dismiss(appeal: Appeal, passing: Passing) -> None:
    """Nobody the law keeps a member is turned away, whatever was voted."""
    law = hint_on(appeal)
    if law.must and law.klass == CONFIRM:
        words = Words(
            "法律有明确规定：{told}。不能维持原结论，应当恢复。",
            "The law says: {told}. The refusal cannot stand; restore the membership.",
        )
        raise Refusal("against-the-law", words.fill(told=law.words), law.rule)
    if not law.must and _agreed(appeal, passing):
        words = Words("成员大会已经同意，应当恢复。", "The assembly agreed: restore the membership.")
        raise Refusal("agreed-already", words, "农村集体经济组织法 第26条、第27条")
    _decide(appeal, "dismissed", passing)


def _agreed(appeal: Appeal, passing: Passing) -> bool:
    return demand_majority(appeal.organisation_id, name_appeal(appeal), passing.now, "membership")


def _decide(appeal: Appeal, outcome: str, passing: Passing) -> None:
    Appeal.objects.filter(pk=appeal.pk).update(outcome=outcome, decided_at=passing.now)
    told = {"case": passing.number, "member": appeal.member.number, "outcome": outcome}
    note(appeal.organisation, "decide-appeal", find_mover(passing), passing.now, **told)


def _withdraw(appeal: Appeal, passing: Passing) -> None:
    _decide(appeal, "withdrawn", passing)


_ACTS: dict[str, Callable[[Appeal, Passing], None]] = {
    "deliberate": _deliberate,
    "uphold": _uphold,
    "dismiss": _dismiss,
    "withdraw": _withdraw,
}

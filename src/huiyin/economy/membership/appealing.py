"""Files appeals against a refusal or the loss of membership, and looks them up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from huiyin.cases.api import Acting, Case
from huiyin.economy.assemblies.api import Item
from huiyin.economy.members.api import Member, find_elsewhere
from huiyin.economy.membership.models import Appeal
from huiyin.economy.membership.rules import hint
from huiyin.economy.membership.values import APPEAL, GROUNDS, Facts, Hint
from huiyin.economy.organisations.api import NewMatter, Organisation, demand, note, open_matters
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand

AGAINST = frozenset({"refused", "lost", "special"})
"""Standings that may be appealed."""

FILERS = ("bookkeeper", "director", "overseer", "rural")
RULE = "农村集体经济组织法 第56条"


@dataclass(frozen=True, slots=True)
class NewAppeal:
    """What somebody asks to have looked at again: on what ground, in their words, on what evidence."""

    ground: str
    words: str
    evidence: str = ""


@transaction.atomic
def file_appeal(member: Member, new: NewAppeal, acting: Acting, now: datetime) -> Appeal:
    """Open the appeal of somebody on a roster, by staff on their behalf or by themselves (`PERSON`).

    Refuses `nothing-to-appeal`, `appeal-open`, `words-missing`, `no-such-ground`.
    """
    locked = (
        Member.objects.select_for_update(of=("self",))
        .select_related("organisation__area", "organisation__township")
        .get(pk=member.pk)
    )
    _check(locked, new)
    organisation = locked.organisation
    title = f"成员身份复核：{locked.masked_name}（{locked.number} 号）"
    made = open_matters([NewMatter(organisation, APPEAL, title, clean(new.words))], acting, now)[0]
    appeal = Appeal.objects.create(
        case_id=made.case_id, organisation=organisation, member=locked, standing=locked.standing,
        ground=new.ground, words=clean(new.words), evidence=clean(new.evidence),
    )  # fmt: skip
    note(organisation, "file-appeal", None, now, case=made.number, member=locked.number)
    return appeal


def _check(member: Member, new: NewAppeal) -> None:
    if member.standing not in AGAINST:
        words = Words(
            "只有不予确认、特殊情形或已丧失的人可以申请复核。",
            "Only a refusal, a special case or a loss can be appealed.",
        )
        raise Refusal("nothing-to-appeal", words, RULE)
    if Appeal.objects.filter(member=member, decided_at__isnull=True).exists():
        words = Words("这个人的复核正在办理，请等结果。", "An appeal of this person is under way.")
        raise Refusal("appeal-open", words, RULE)
    if new.ground not in GROUNDS:
        raise Refusal("no-such-ground", Words("请选择情形。", "Choose the ground."), RULE, "ground")
    if len(clean(new.words)) < 4:
        words = Words("请写明为什么申请复核。", "Say why it should be looked at again.")
        raise Refusal("words-missing", words, RULE, "words")


def get_appeal(number: str, *, lock: bool = False) -> Appeal:
    """The appeal of that case number; refuses `appeal-not-found`."""
    found = Appeal.objects.select_for_update(of=("self",)) if lock else Appeal.objects.all()
    related = found.select_related("case", "organisation", "member__household")
    appeal = related.filter(case__number=clean(number)).first()
    if appeal is None:
        words = Words("没有这件复核。请从列表里打开。", "There is no such appeal. Open it from the list.")
        raise Refusal("appeal-not-found", words)
    return appeal


def list_appeals(organisations: QuerySet[Organisation]) -> QuerySet[Appeal]:
    """The appeals of those organisations, the newest first."""
    found = Appeal.objects.select_related("case", "organisation__area", "member__household")
    return found.filter(organisation__in=organisations).order_by("-case_id")


@transaction.atomic
def state_ground(number: str, ground: str, evidence: str, by: AccountInHand, now: datetime) -> Appeal:
    """Put right, after the inquiry, on what ground the appeal stands; journalled.

    Refuses `not-your-duty`, `appeal-not-open` (outside inquiry and deliberation), `no-such-ground`.
    """
    appeal = get_appeal(number, lock=True)
    demand(by, appeal.organisation, "overseer", "rural")
    if appeal.case.stage not in {"inquiring", "deliberating"}:
        words = Words("调查已经结束，不能再改情形。", "The inquiry is over; the ground stays.")
        raise Refusal("appeal-not-open", words, RULE)
    if ground not in GROUNDS:
        raise Refusal("no-such-ground", Words("请选择情形。", "Choose the ground."), RULE, "ground")
    appeal.ground, appeal.evidence = ground, clean(evidence)
    appeal.save(update_fields=["ground", "evidence"])
    note(appeal.organisation, "state-ground", by, now, case=number, ground=ground)
    return appeal


def hint_on(appeal: Appeal) -> Hint:
    """What the law says of the appeal, by what is known now."""
    elsewhere = bool(find_elsewhere([appeal.member]))
    return hint(Facts(appeal.ground, appeal.standing, elsewhere, appeal.member.sex))


def name_appeal(appeal: Appeal) -> str:
    """Under which the assembly votes on the appeal."""
    return f"case:{appeal.case.number}"


def list_appeal_items(case: Case) -> list[Item]:
    """What a meeting is to resolve on for that case; nothing where the law leaves nothing to vote on."""
    appeal = Appeal.objects.select_related("case", "member").filter(case_id=case.pk).first()
    if appeal is None or case.stage not in {"inquiring", "deliberating"} or hint_on(appeal).must:
        return []
    who = f"{appeal.member.masked_name}（{appeal.member.number} 号）"
    return [Item(name_appeal(appeal), f"一事一议：同意 {who} 恢复（确认）成员身份")]

"""What is demanded of each move of a round, and written with it; whichever door the move comes by."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from huiyin.cases.api import Passing
from huiyin.economy.assemblies.api import demand_majority, demand_resolution
from huiyin.economy.members.api import Member, find_elsewhere, refuse_elsewhere
from huiyin.economy.membership.models import Round, RoundEntry
from huiyin.economy.membership.rounds import make_facts, name_special, name_subject
from huiyin.economy.membership.rules import check_sorting
from huiyin.economy.membership.values import (
    CLASSES,
    CONFIRM,
    GROUNDS,
    REFUSE,
    SPECIAL,
    STANDING_OF,
    Sorting,
)
from huiyin.economy.organisations.api import get_limit, note
from huiyin.economy.postings.api import Field, NewPosting, demand_over, put_up
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand, take_in_hand

RULE = "农村集体经济组织法 第12条、第26条"
TITLES = {1: "一榜", 2: "二榜", 3: "三榜"}
_COLUMNS = (
    Field("household", Words("户号", "Household"), "count"),
    Field("name", Words("姓名", "Name")),
    Field("ground", Words("情形", "Ground")),
    Field("klass", Words("认定类别", "Class")),
    Field("rule", Words("依据", "Article")),
)


def guard_round(passing: Passing) -> None:
    """Before each move of a round. Refuses as each step says."""
    act = _ACTS.get(passing.move)
    if act is None:
        return
    one = Round.objects.select_related("case", "organisation").filter(case_id=passing.case_id).first()
    if one is None:
        words = Words("这个工单没有成员名单。请从“成员认定”启动。", "This case has no list. Open a round.")
        raise Refusal("round-not-found", words, RULE)
    act(one, passing)


def find_mover(passing: Passing) -> AccountInHand | None:
    """The account that moves the case; None for the system."""
    own = passing.acting.account_id
    return take_in_hand(own, timezone.localdate(passing.now)) if own is not None else None


def _submit(one: Round, _passing: Passing) -> None:
    entries = list(_list(one))
    undone = sum(not entry.proposed for entry in entries)
    if not entries or undone:
        words = Words("还有 {count} 人没有分类登记。请先登记完。", "{count} people are not sorted yet.")
        raise Refusal("not-sorted", words.fill(count=undone), RULE)
    check_all(entries)


def check_all(entries: list[RoundEntry]) -> None:
    """Refuse a list that breaks an article, by what is known now."""
    elsewhere = find_elsewhere([entry.member for entry in entries])
    for entry in entries:
        entry.elsewhere = entry.member_id in elsewhere
        klass = entry.decided or entry.proposed
        check_sorting(
            make_facts(entry, entry.ground), Sorting(entry.ground, klass, entry.evidence, entry.note)
        )


def _resolve(one: Round, passing: Passing) -> None:
    """The assembly decides the list as a whole, and every special case by its own vote."""
    home = one.organisation_id
    demand_resolution(home, name_subject(one), passing.now, "membership")
    entries = list(_list(one))
    for entry in entries:
        agreed = entry.proposed != SPECIAL or demand_majority(
            home, name_special(entry, one), passing.now, "membership"
        )
        entry.decided = _decide(entry, agreed=agreed)
    check_all(entries)
    RoundEntry.objects.bulk_update(entries, ["decided", "note"], batch_size=1000)


def _decide(entry: RoundEntry, *, agreed: bool) -> str:
    if entry.proposed != SPECIAL:
        return entry.proposed
    if agreed or entry.standing == "confirmed":
        return CONFIRM
    entry.note = entry.note or "成员大会一事一议未通过"
    return REFUSE


def _post(turn: int) -> Callable[[Round, Passing], None]:
    def act(one: Round, passing: Passing) -> None:
        subject = name_subject(one)
        if turn > 1:
            demand_over(one.organisation_id, subject, turn - 1, passing.now)
        put_up(_make_sheet(one, turn, passing), find_mover(passing), passing.now)

    return act


def _make_sheet(one: Round, turn: int, passing: Passing) -> NewPosting:
    rows = [
        (
            f"member:{entry.member_id}",
            {
                "household": entry.member.household.number,
                "name": entry.member.masked_name,
                "ground": GROUNDS[entry.ground].title.zh,
                "klass": CLASSES[entry.decided].zh,
                "rule": entry.rule,
            },
        )
        for entry in _list(one)
    ]
    return NewPosting(
        organisation_id=one.organisation_id,
        kind="roster",
        title=f"{one.title}（{TITLES[turn]}）",
        subject=name_subject(one),
        turn=turn,
        columns=_COLUMNS,
        rows=rows,
        from_on=timezone.localdate(passing.now),
        days=get_limit("posting-days", one.organisation.township_id),
        words=f"基准日 {one.as_of.isoformat()}。对名单有异议的，请在公示期内提出。",
    )


def _confirm(one: Round, passing: Passing) -> None:
    """Write the standings: after the third posting is over, once, for everybody at the same time."""
    demand_over(one.organisation_id, name_subject(one), 3, passing.now)
    entries = list(_list(one).select_for_update(of=("member",)))
    check_all(entries)
    today = timezone.localdate(passing.now)
    for entry in entries:
        apply_class(entry.member, entry.decided, entry.ground, entry.rule, today=today)
    fields = ["standing", "ground", "article", "since_on", "until_on"]
    try:
        with transaction.atomic():
            Member.objects.bulk_update([entry.member for entry in entries], fields, batch_size=1000)
    except IntegrityError as error:
        raise refuse_elsewhere() from error
    Round.objects.filter(pk=one.pk).update(confirmed_at=passing.now)
    told = {str(entry.member.number): entry.decided for entry in entries}
    note(one.organisation, "confirm-members", find_mover(passing), passing.now, case=passing.number, to=told)


def apply_class(member: Member, klass: str, ground: str, rule: str, *, today: date) -> None:
    """Give the member the standing that follows from a class, with its ground and article."""
    standing = STANDING_OF[klass]
    if standing == "confirmed":
        member.since_on = member.since_on if member.standing == "confirmed" else today
        member.until_on = None
    elif standing == "lost":
        member.until_on = today
    member.standing, member.ground, member.article = standing, ground, rule


def _revise(one: Round, _passing: Passing) -> None:
    """Sorted anew, it is resolved on and posted anew: what hung before stays as it was."""
    Round.objects.filter(pk=one.pk).update(passes=one.passes + 1)
    one.entries.update(decided="")


def _list(one: Round) -> QuerySet[RoundEntry]:
    return one.entries.select_related("member__household").order_by(
        "member__household__number", "member__number"
    )


_ACTS: dict[str, Callable[[Round, Passing], None]] = {
    "submit": _submit,
    "resolve": _resolve,
    "post_first": _post(1),
    "post_second": _post(2),
    "post_third": _post(3),
    "confirm": _confirm,
    "revise": _revise,
}

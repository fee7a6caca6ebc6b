"""Extra votes of members, and assemblies with the votes on each matter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Sum

from huiyin.economy.cooperatives.joining import list_staying
from huiyin.economy.cooperatives.models import Ballot, MemberAccount, MembersMeeting
from huiyin.economy.cooperatives.rules import ARTICLE_MEETING, check_extra, judge, propose_extra
from huiyin.economy.cooperatives.store import sum_bases
from huiyin.economy.cooperatives.values import Votes
from huiyin.economy.organisations.api import Organisation, demand, get_limit, note
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand


@transaction.atomic
def set_extra_votes(
    organisation: Organisation, votes: Mapping[int, int], by: AccountInHand | None, now: datetime
) -> None:
    """Give members (by account id) extra votes; those who are not named keep theirs.

    Refuses `extra-votes` beyond a fifth of the basic votes, `votes-wrong`, `not-your-duty`.
    """
    if by is not None:
        demand(by, organisation, "director")
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    rows = MemberAccount.objects.filter(organisation=organisation, left_on__isnull=True).in_bulk()
    if not votes.keys() <= rows.keys() or any(count < 0 for count in votes.values()):
        words = Words("附加表决权要填不小于零的整数。", "Extra votes are whole numbers from nothing up.")
        raise Refusal("votes-wrong", words, field="votes")
    for key, count in votes.items():
        rows[key].extra_votes = count
    every = sum(row.extra_votes for row in rows.values())
    check_extra(len(rows), every, get_limit("extra-votes", organisation.township_id))
    MemberAccount.objects.bulk_update([rows[key] for key in votes], ["extra_votes"])
    told = {str(rows[key].number): count for key, count in votes.items() if count}
    note(organisation, "set-extra-votes", by, now, votes=told, every=every)


def propose_votes(organisation: Organisation, by: str, on: date) -> dict[int, int]:
    """Extra votes by account id, all that the law allows, by `contribution` or by `volume` of last year."""
    rows = sum_bases(organisation.pk, on, on.year - 1)
    weights = {row.account_id: row.volume if by == "volume" else row.contribution for row in rows}
    return propose_extra(weights, get_limit("extra-votes", organisation.township_id))


@dataclass(frozen=True, slots=True)
class NewBallot:
    """A matter that was voted on."""

    title: str
    agreed: int
    against: int
    abstained: int = 0
    subject: str = ""
    weighty: bool = False


@dataclass(frozen=True, slots=True)
class NewMeeting:
    """An assembly that was held: how many members came, and what was voted on."""

    title: str
    called_on: date
    held_on: date
    present: int
    ballot: NewBallot


@transaction.atomic
def record_meeting(
    organisation: Organisation, new: NewMeeting, by: AccountInHand | None, now: datetime
) -> Ballot:
    """Enter an assembly and its vote; whether it was carried is reckoned from all votes there are.

    Refuses `title-missing`, `held-before-called`, `too-few-present`, `votes-wrong`, `not-your-duty`.
    """
    if by is not None:
        demand(by, organisation, "director", "bookkeeper")
    if not clean(new.title) or not clean(new.ballot.title):
        raise Refusal(
            "title-missing", Words("请填写会议和议题。", "Name assembly and matter."), field="title"
        )
    if new.held_on < new.called_on:
        words = Words("开会日期早于通知日期。", "It was held before it was called.")
        raise Refusal("held-before-called", words, ARTICLE_MEETING, "held_on")
    found = MemberAccount.objects.filter(list_staying(organisation.pk, new.held_on))
    extra = found.aggregate(extra=Sum("extra_votes"))["extra"] or 0
    said = new.ballot
    votes = Votes(found.count(), new.present, extra, said.agreed, said.against, said.abstained, said.weighty)
    carried = judge(votes)
    meeting = MembersMeeting.objects.create(
        organisation=organisation, title=clean(new.title), called_on=new.called_on, held_on=new.held_on,
        members=votes.members, present=new.present, extra_votes=extra,
    )  # fmt: skip
    ballot = Ballot.objects.create(
        meeting=meeting, subject=said.subject, title=clean(said.title), weighty=said.weighty,
        agreed=said.agreed, against=said.against, abstained=said.abstained, carried=carried,
    )  # fmt: skip
    told = {"meeting": meeting.pk, "title": ballot.title, "agreed": said.agreed, "carried": carried}
    note(organisation, "record-meeting", by, now, **told)
    return ballot

"""Opens rounds of confirmation, puts people into them, classes them, adds evidence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from huiyin.cases.api import Acting, Case, Kept, record_files
from huiyin.economy.assemblies.api import Item
from huiyin.economy.members.api import Member, find_elsewhere
from huiyin.economy.membership.models import EntryFile, Round, RoundEntry
from huiyin.economy.membership.rules import check_sorting, hint
from huiyin.economy.membership.values import GROUNDS, ROUND, SPECIAL, Facts, Hint, Sorting
from huiyin.economy.organisations.api import NewMatter, Organisation, demand, note, open_matters
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand

SORTERS = ("bookkeeper", "director")
RULE = "农村集体经济组织法 第12条"


@transaction.atomic
def open_rounds(
    organisations: Sequence[Organisation], title: str, as_of: date, acting: Acting, now: datetime
) -> list[Round]:
    """A round for each organisation that has none of that title, with everybody who waits in it.

    For one organisation or hundreds at once. Refuses `title-missing`, and a post that may not open it.
    """
    if not clean(title):
        raise Refusal("title-missing", Words("请写明这次认定的名称。", "Name the round."), RULE, "title")
    new = [
        NewMatter(
            one, ROUND, f"{clean(title)}：{one.name}", f"{clean(title)}，基准日 {as_of.isoformat()}",
            source_key=f"{ROUND}:{one.pk}:{clean(title)}",
        )
        for one in organisations
    ]  # fmt: skip
    fresh = [
        Round(case_id=matter.case_id, organisation=one, title=clean(title), as_of=as_of)
        for one, matter in zip(organisations, open_matters(new, acting, now), strict=True)
        if matter.fresh
    ]
    Round.objects.bulk_create(fresh)
    waiting = Member.objects.filter(
        organisation_id__in=[one.organisation_id for one in fresh], standing__in=("candidate", "special")
    )
    homes = {one.organisation_id: one for one in fresh}
    RoundEntry.objects.bulk_create(
        RoundEntry(round=homes[member.organisation_id], member=member, standing=member.standing)
        for member in waiting.order_by("organisation_id", "number")
    )
    return fresh


def get_round(number: str, *, lock: bool = False) -> Round:
    """The round of that case number; refuses `round-not-found`."""
    found = Round.objects.select_for_update(of=("self",)) if lock else Round.objects.all()
    one = found.select_related("case", "organisation").filter(case__number=clean(number)).first()
    if one is None:
        words = Words("没有这次成员认定。请从列表里打开。", "There is no such round. Open it from the list.")
        raise Refusal("round-not-found", words)
    return one


def list_rounds(organisations: QuerySet[Organisation]) -> QuerySet[Round]:
    """The rounds of those organisations, the newest first, with their cases."""
    found = Round.objects.select_related("case", "organisation__area", "organisation__township")
    return found.filter(organisation__in=organisations).order_by("-case_id")


def list_entries_of(one: Round) -> list[RoundEntry]:
    """Everybody in the round with household and files, household by household."""
    found = one.entries.select_related("member__household").prefetch_related("files__attachment")
    return list(found.order_by("member__household__number", "member__number"))


def name_subject(one: Round) -> str:
    """Under which the round as it now stands is posted and resolved on; sorted anew, it is another."""
    return f"case:{one.case.number}" + (f":{one.passes}" if one.passes > 1 else "")


def name_special(entry: RoundEntry, one: Round) -> str:
    """Under which the assembly votes on one special case alone (一事一议)."""
    return f"{name_subject(one)}:member-{entry.member_id}"


def list_round_items(case: Case) -> list[Item]:
    """What a meeting is to resolve on for that case: the round, and each special case by itself."""
    one = Round.objects.select_related("case").filter(case_id=case.pk).first()
    if one is None or case.stage != "deciding":
        return []
    special = one.entries.select_related("member").filter(proposed=SPECIAL).order_by("id")
    alone = [
        Item(
            name_special(entry, one),
            f"一事一议：确认 {entry.member.masked_name}（{entry.member.number} 号）为成员",
        )
        for entry in special
    ]
    return [Item(name_subject(one), f"成员认定名单：{one.title}"), *alone]


@transaction.atomic
def add_entries(number: str, member_ids: Sequence[int], by: AccountInHand | None, now: datetime) -> int:
    """Put people of the roster into a round that is being sorted; journalled; how many came in anew."""
    one = _take_open(number, by)
    held = set(one.entries.values_list("member_id", flat=True))
    people = Member.objects.filter(organisation_id=one.organisation_id, pk__in=set(member_ids) - held)
    rows = [RoundEntry(round=one, member=member, standing=member.standing) for member in people]
    RoundEntry.objects.bulk_create(rows)
    if rows:
        numbers = [row.member.number for row in rows]
        note(one.organisation, "add-to-round", by, now, case=one.case.number, members=numbers)
    return len(rows)


@transaction.atomic
def drop_entry(number: str, entry_id: int, by: AccountInHand, now: datetime) -> None:
    """Take somebody out of a round that is being sorted; journalled."""
    one = _take_open(number, by)
    entry = one.entries.select_related("member").filter(pk=entry_id).first()
    if entry is not None and not entry.files.exists():
        entry.delete()
        note(one.organisation, "drop-from-round", by, now, case=number, member=entry.member.number)


def make_facts(entry: RoundEntry, ground: str) -> Facts:
    """What is known of somebody in a round, for the rules."""
    return Facts(ground, entry.standing, entry.elsewhere, entry.member.sex)


@transaction.atomic
def sort_entries(number: str, sortings: dict[int, Sorting], by: AccountInHand | None, now: datetime) -> int:
    """Class people (by the id of their entry) while the round is being sorted; all of them, or none.

    Against the law nobody is classed: refuses what `check_sorting` refuses, its words naming the number.
    """
    one = _take_open(number, by)
    entries = list(one.entries.select_related("member").filter(pk__in=sortings))
    elsewhere = find_elsewhere([entry.member for entry in entries])
    for entry in entries:
        entry.standing, entry.elsewhere = entry.member.standing, entry.member_id in elsewhere
        _sort(entry, sortings[entry.pk])
    fields = ["standing", "elsewhere", "ground", "hinted", "rule", "must", "proposed", "evidence", "note"]
    RoundEntry.objects.bulk_update(entries, [*fields, "decided"], batch_size=1000)
    told = {entry.member.number: entry.proposed for entry in entries}
    note(one.organisation, "sort-members", by, now, case=number, classes={str(k): v for k, v in told.items()})
    return len(entries)


def _sort(entry: RoundEntry, sorting: Sorting) -> None:
    facts = make_facts(entry, sorting.ground)
    try:
        check_sorting(facts, sorting)
    except Refusal as refusal:
        words = Words("{number} 号：{told}", "No. {number}: {told}")
        filled = words.fill(number=entry.member.number, told=refusal.words)
        raise Refusal(refusal.code, filled, refusal.rule, f"{refusal.field}-{entry.pk}") from refusal
    law = hint(facts)
    entry.ground, entry.hinted, entry.rule, entry.must = sorting.ground, law.klass, law.rule, law.must
    entry.proposed, entry.decided = sorting.klass, ""
    entry.evidence, entry.note = clean(sorting.evidence)[:400], clean(sorting.note)[:400]


def tell_hint(entry: RoundEntry) -> Hint | None:
    """The law's hint on an entry that was sorted; None before."""
    return hint(make_facts(entry, entry.ground)) if entry.ground in GROUNDS else None


@transaction.atomic
def add_evidence(number: str, entry_id: int, kept: Sequence[Kept], by: AccountInHand, now: datetime) -> None:
    """Attach kept files to one entry as its evidence; journalled. Refuses `entry-not-found`."""
    one = get_round(number, lock=True)
    demand(by, one.organisation, *SORTERS)
    entry = one.entries.filter(pk=entry_id).first()
    if entry is None:
        raise Refusal("entry-not-found", Words("名单里没有这个人。", "Nobody such is in the round."))
    ids = record_files(one.case_id, kept, by.name, now, public=False)
    EntryFile.objects.bulk_create(EntryFile(entry=entry, attachment_id=own) for own in ids)
    told = [file.sha256 for file in kept]
    note(one.organisation, "add-evidence", by, now, case=number, entry=entry_id, files=told)


def _take_open(number: str, by: AccountInHand | None) -> Round:
    one = get_round(number, lock=True)
    if by is not None:
        demand(by, one.organisation, *SORTERS)
    if one.case.stage != "sorting":
        words = Words(
            "名单已提交，不能再改。确需修改请退回重新登记。",
            "The list is submitted. To change it, have it sent back.",
        )
        raise Refusal("round-not-open", words, RULE)
    return one

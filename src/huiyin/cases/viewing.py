"""All that the page of one case shows: header, words, parts, clocks, files, ratings, its journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from huiyin.cases import definitions, facts, seeing, store, timing
from huiyin.cases.models import Assignment, Attachment, Case, CaseClock, Rating
from huiyin.cases.values import Acting, AssignmentState, ClockState
from huiyin.journal.api import StoredEntry, list_entries
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.process.api import Move, Process
from huiyin.register.api import load_rules
from huiyin.workdays.api import Due


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case, whole. `moves` are those that the viewer may try now, in the order of the process file."""

    case: Case
    process: Process
    words: str
    assignments: Sequence[Assignment]
    clocks: Sequence[CaseClock]
    attachments: Sequence[Attachment]
    ratings: Sequence[Rating]
    entries: Sequence[StoredEntry]
    group: Sequence[Case]
    moves: Sequence[Move]

    @property
    def main_clock(self) -> CaseClock | None:
        """The newest run of the main clock, running or stopped; None before the first dispatch."""
        return next((clock for clock in reversed(self.clocks) if clock.main), None)


_RELATED = (
    "category",
    "area",
    "township",
    "spot",
    "channel",
    "person",
    "lead",
    "officer",
    "group",
    "asked_by",
    "opened_by",
)


def view_case(number: str, acting: Acting) -> CaseView:
    """The case of that number; refused as absent when there is none or `acting` may not see it."""
    case = get_seen_case(number, acting, "text", *_RELATED)
    process = definitions.get_process(case.process, case.process_version)
    assignments = list(case.assignments.select_related("unit", "officer").order_by("id"))
    return CaseView(
        case=case,
        process=process,
        words=case.text.words,
        assignments=assignments,
        clocks=list(case.clocks.select_related("unit").order_by("id")),
        attachments=list(case.attachments.order_by("id")),
        ratings=list(case.ratings.select_related("account").order_by("id")),
        entries=list_entries(f"case:{case.number}"),
        group=list(_list_group(case)),
        moves=list_open_moves(case, process, assignments, acting),
    )


def get_seen_case(number: str, acting: Acting, *related: str) -> Case:
    """The header alone, with what it is related to if that is named; refused like `view_case`."""
    cases = Case.objects.select_related(*related) if related else Case.objects.all()
    case = cases.filter(number=clean(number)).first()
    if case is None or not may_see(case, acting):
        raise Refusal(
            "case-not-found",
            Words(
                "没有这个工单，或您无权查看。请核对编号。", "There is no such case, or you may not see it."
            ),
        )
    return case


def find_seen_number(number: str, acting: Acting) -> str | None:
    """The number itself when there is such a case and `acting` may see it; one prepared statement."""
    return store.see_number(clean(number), seeing.seen_condition(acting))


def may_see(case: Case, acting: Acting) -> bool:
    """Whether the case is among those that `acting` may see."""
    if acting.kind != "staff" or seeing.sees_all(acting):
        return True
    if case.opened_by_id is not None and case.opened_by_id == acting.account_id:
        return True
    units = {post.unit_id for post in acting.posts if post.role not in seeing.NO_CASES}
    return case.lead_id in units or case.assignments.filter(unit_id__in=units).exists()


def _list_group(case: Case) -> Sequence[Case]:
    """The other cases of the group that this one leads or follows."""
    leader = case.group_id or (case.pk if case.members else None)
    if leader is None:
        return []
    found = Case.objects.filter(Q(group_id=leader) | Q(pk=leader)).exclude(pk=case.pk)
    return list(found.select_related("township").order_by("id")[:200])


def list_open_moves(
    case: Case, process: Process, assignments: Sequence[Assignment], acting: Acting
) -> list[Move]:
    """The moves that `acting` may try on the case now; nobody is offered to decide what they asked for."""
    parts = [
        AssignmentState(
            part.unit_id, part.part, part.round, part.dispatched_at, id=part.pk, ended_at=part.ended_at
        )
        for part in assignments
    ]
    return facts.list_open_moves(process, case.stage, case.asked_by_id, parts, acting)


def explain_clock(clock: CaseClock) -> Due:
    """The clock's due date counted afresh with every day and its reason, by the calendar in force."""
    state = ClockState(
        key=clock.key,
        owner=clock.owner,
        main=clock.main,
        round=clock.round,
        started_at=clock.started_at,
        limits=list(clock.limits),
        due_at=clock.due_at,
        calendar=clock.calendar,
        pauses=list(clock.pauses),
    )
    return timing.count_clock(state, load_rules().calendar)


def find_attachment(pk: int, acting: Acting) -> Attachment | None:
    """The file, when `acting` may see its case."""
    file = Attachment.objects.select_related("case").filter(pk=pk, removed_at__isnull=True).first()
    return file if file is not None and may_see(file.case, acting) else None


def find_public_attachment(pk: int, case_id: int) -> Attachment | None:
    """A file of that case which its person may see."""
    return Attachment.objects.filter(pk=pk, case_id=case_id, public=True, removed_at__isnull=True).first()

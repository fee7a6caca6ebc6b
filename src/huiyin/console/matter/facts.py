"""What stands beside a case: whence it came, whose it is, where, who handles it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from huiyin.appeals.api import Appeal
from huiyin.cases.api import Assignment, Case, CaseView
from huiyin.console.matter.clocks import Face
from huiyin.console.matter.identity import is_confidential, knows_source, may_reveal
from huiyin.journal.api import Access, list_accesses
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand, Company, list_area_path
from huiyin.register.api import list_category_path

ENDED = {
    "reported": Words("已反馈", "reported"),
    "returned": Words("已退单", "returned"),
    "superseded": Words("已改派", "passed on"),
    "dropped": Words("已取消", "dropped"),
    "opined": Words("已提意见", "opinion given"),
    "silent": Words("没有提意见", "no opinion"),
    "not-solved": Words("上一轮", "earlier round"),
    "done": Words("已办结", "done"),
}
UNHEARD = Words("待提意见", "opinion awaited")
UNSIGNED, SIGNED = Words("待签收", "to sign"), Words("已签收", "signed")


@dataclass(frozen=True, slots=True)
class Part:
    """One unit's part in the case and its own clock, if one runs."""

    unit: Words
    officer: str
    state: Words
    open: bool
    at: datetime | None
    face: Face | None


@dataclass(frozen=True, slots=True)
class Facts:
    """The card of facts. `person` is what this reader may know; `revealable` offers to open the identity."""

    appeal: Appeal | None
    channel: Words
    person: str
    phone: str
    identity: str
    revealable: bool
    company: Company | None
    place: Sequence[Words]
    category: Sequence[Words]
    grade: Words
    leads: Sequence[Part]
    assisting: Sequence[Part]
    consulted: Sequence[Part]
    accesses: Sequence[Access]


def gather_facts(view: CaseView, account: AccountInHand, faces: Sequence[Face]) -> Facts:
    """The facts of the case, as far as this account may know them."""
    case = view.case
    appeal = Appeal.objects.select_related("company", "failed_case").filter(pk=case.pk).first()
    door, person = knows_source(view, account), None if is_confidential(case) else case.person
    return Facts(
        appeal=appeal,
        channel=case.channel.called if door else Words("保密", "Confidential"),
        person=person.masked_name if person else "",
        phone=person.masked_phone if person else "",
        identity=str(case.identity),
        revealable=may_reveal(view, account),
        company=appeal.company if appeal and door else None,
        place=_say_place(case),
        category=[step.called for step in list_category_path(case.category_id)] if case.category_id else [],
        grade=view.process.grades.get(case.grade, Words(case.grade)),
        leads=[
            _make_part(part, None)
            for part in view.assignments
            if part.part == "lead" and part.ended_at is None
        ],
        assisting=[_make_part(part, _find_face(part, faces)) for part in _newest_assisting(view)],
        consulted=[
            _make_part(part, _find_face(part, faces)) for part in view.assignments if part.part == "consulted"
        ],
        accesses=_list_accesses(case, account),
    )


def _say_place(case: Case) -> list[Words]:
    areas = [area.called for area in list_area_path(case.area_id)[1:]] if case.area_id else []
    if not areas and case.township:
        areas = [case.township.called]
    spot = [case.spot.called] if case.spot else []
    return [*areas, *spot, *([Words(case.place)] if case.place else [])]


def _newest_assisting(view: CaseView) -> list[Assignment]:
    """Each assisting unit once, with its latest part, unless it was taken off again."""
    newest = {part.unit_id: part for part in view.assignments if part.part == "assisting"}
    return [part for part in newest.values() if part.how not in {"superseded", "dropped"}]


def _find_face(part: Assignment, faces: Sequence[Face]) -> Face | None:
    own = (face for face in faces if face.clock.owner == part.part and face.clock.unit_id == part.unit_id)
    return next((face for face in own if face.running), None)


def _make_part(part: Assignment, face: Face | None) -> Part:
    waits = UNHEARD if part.part == "consulted" else SIGNED if part.signed_at else UNSIGNED
    state = ENDED.get(part.how, Words(part.how)) if part.ended_at else waits
    at = part.ended_at or part.signed_at or part.dispatched_at
    unit = Words(part.unit.short, part.unit.name_en)
    return Part(unit, part.officer.name if part.officer else "", state, part.ended_at is None, at, face)


def _list_accesses(case: Case, account: AccountInHand) -> list[Access]:
    """Who opened this person's identity: for auditors (个人信息保护法: access is logged and checked)."""
    if case.person_id is None or "auditor" not in account.roles:
        return []
    return list_accesses(subject=f"person:{case.person_id}")

"""What a form about a return needs beside its fields: clauses to cite, the time that is left, precedents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from huiyin.cases.api import CaseView
from huiyin.console.matter.choices import Group, list_duties
from huiyin.kernel.words import Words
from huiyin.pages.api import local, say_length
from huiyin.process.api import RIGHT, Move
from huiyin.register.api import list_duties_of
from huiyin.rulings.api import Precedent, find_precedents

OWN, OF_MATTER = (
    Words("本单位的职责条款", "Your unit's own clauses"),
    Words("这件事在清单上的条款", "Clauses for this matter"),
)
SHOWN_BEFORE = frozenset({"return", "keep-unit", "rule"})
"""Effects of moves before which whoever decides should know what was decided in like matters."""


def list_clauses(view: CaseView, now: datetime) -> list[Group]:
    """The clauses that can be cited: those of the unit that holds the case, then those for the matter."""
    lead_id, today = view.case.lead_id, local(now).date()
    own = [
        (duty.clause, Words("{clause} {category}", "{clause} {category}").fill(
            clause=duty.clause, category=duty.category.called
        ))
        for duty in (list_duties_of(lead_id, today) if lead_id else [])
    ]  # fmt: skip
    known = {clause for clause, _ in own}
    listed = [
        (duty.clause, Words("{clause} {unit}", "{clause} {unit}").fill(clause=duty.clause, unit=duty.unit))
        for duty in list_duties(view, view.case.category_id, now)
        if duty.clause not in known
    ]
    groups = ((OWN, list(dict(own).items())), (OF_MATTER, list(dict(listed).items())))
    return [(title, options) for title, options in groups if options]


def tell_time_left(view: CaseView, move: Move, now: datetime) -> tuple[str, Words] | None:
    """Tone and words: until when the case may still be returned, or that it may not; of a return alone."""
    if "in-time-to-return" not in move.needs:
        return None
    if view.case.ruling:
        words = Words("本单已由{ruling}裁定，不能再退单。", "Ruling {ruling} decided this case: no return.")
        return "red", words.fill(ruling=view.case.ruling)
    clock = next((one for one in view.clocks if one.owner == RIGHT and one.stopped_at is None), None)
    if clock is None:
        return None
    until = f"{local(clock.due_at):%m-%d %H:%M}"
    if clock.due_at < now:
        words = Words("退单期限到 {until} 为止，已经过了。", "It could be returned until {until}.")
        return "red", words.fill(until=until)
    words = Words("退单期限到 {until}，还有 {left}。", "May be returned until {until}: {left} left.")
    tone = "amber" if view.case.disputes else "blue"
    told = words.fill(until=until, left=say_length(clock.due_at - now))
    again = Words(
        "本单已经审过一次退单：这次提出将进入会商，并由中心作出裁定。",
        "A return of this case was decided before: this one goes to consultation and a binding ruling.",
    )
    if view.case.disputes:
        told = Words(f"{told.zh}{again.zh}", f"{told.tell('en')} {again.en}")
    return tone, told


def list_precedents(view: CaseView) -> Sequence[Precedent] | None:
    """Precedents for whoever dispatches the case or decides on its return; None where they say nothing."""
    effects = {effect for move in view.moves for effect in move.effects()}
    before_dispatch = "dispatch" in effects and view.case.lead_id is None
    if not (before_dispatch or effects & SHOWN_BEFORE):
        return None
    case = view.case
    return find_precedents(case.category_id, case.area_id, f"{case.title} {view.words}", case_id=case.pk)

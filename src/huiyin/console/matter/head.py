"""The head of a case's page: its state, its marks, the steps of the source by their own names."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from huiyin.cases.api import CaseView
from huiyin.kernel.words import Words
from huiyin.pages.api import Stage
from huiyin.process.api import Process

STATES = {
    "open": ("blue", "dot"),
    "waiting": ("violet", "ring"),
    "review": ("amber", "half"),
    "closed": ("green", "diamond"),
}
"""Tone and shape of the state tag, by the kind of stage."""


def make_state(view: CaseView) -> tuple[str, str, Words]:
    """Tone, shape and title of the stage in which the case stands."""
    stage = view.process.get_stage(view.case.stage)
    return (*STATES[stage.kind], stage.title)


def list_marks(view: CaseView) -> Iterator[tuple[str, str]]:
    """What a reader must know at once, with its tone: 急, 并 3, 第 2 轮, 催 1, 督 1."""
    case = view.case
    if case.urgent:
        yield _("急"), "red"
    if case.automatic:
        yield _("自动派单"), "violet"
    if case.members:
        yield _("并 %(count)s") % {"count": case.members}, ""
    if case.round > 1:
        yield _("第 %(count)s 轮") % {"count": case.round}, "violet"
    for count, text in (
        (case.hurries, _("催 %(count)s")),
        (case.supervisions, _("督 %(count)s")),
        (case.returns, _("退 %(count)s")),
        (case.extensions, _("延 %(count)s")),
    ):
        if count:
            yield text % {"count": count}, ""
    if case.ruling:
        yield case.ruling, "violet"
    if case.designated:
        yield _("指定办理"), ""


def list_stages(view: CaseView) -> list[Stage]:
    """The source's steps: done ones that the case went through, the present one, those to come."""
    process, stage = view.process, view.process.get_stage(view.case.stage)
    here = [step.key for step in process.steps].index(stage.step)
    been = _list_visited(view, process)
    closed = stage.kind == "closed"
    made = []
    for at, step in enumerate(process.steps):
        if at == here:
            made.append(Stage(step.title, "done" if closed else "now"))
        else:
            made.append(Stage(step.title, "done" if at < here and step.key in been else "future"))
    return made


def _list_visited(view: CaseView, process: Process) -> set[str]:
    been: set[str] = set()
    for entry in view.entries:
        target = process.stages.get(str(entry.body.get("to", "")))
        move = process.moves.get(entry.verb)
        been.update({target.step} if target else ())
        been.update({move.step} if move and move.step else ())
    return been

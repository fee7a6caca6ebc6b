"""The trail of a matter in plain words: what happened, where it stands, and what is still to come."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from huiyin.appeals.api import Tracked, TrackStep
from huiyin.cases.api import Attachment as CaseFile
from huiyin.pages.api import Attachment, TimelineStep
from huiyin.process.api import Process, Stage

Address = Callable[[CaseFile], str]


def draw_trail(
    tracked: Tracked, due_at: datetime | None, answer: TrackStep | None, address: Address
) -> tuple[list[TimelineStep], int | None]:
    """The steps in order, and the index of the one that is now; None once the matter is closed.

    The words of `answer` stand in a box of their own and are not said again.
    """
    steps = [_past(step, address, silent=step is answer) for step in tracked.steps]
    if tracked.closed:
        return steps, None
    steps.append(TimelineStep("", tracked.headline))
    now_index = len(steps) - 1
    return [*steps, *_list_future(tracked.process, tracked.case.stage, due_at)], now_index


def find_answer(tracked: Tracked) -> TrackStep | None:
    """The step that answered, while the answer stands: until the matter goes back into the loop."""
    answered_at = tracked.case.answered_at
    if answered_at is None or not (tracked.closed or "evaluate" in tracked.can):
        return None
    said = [step for step in tracked.steps if step.at == answered_at and step.words and not step.mine]
    return said[-1] if said else None


def _past(step: TrackStep, address: Address, *, silent: bool) -> TimelineStep:
    files = tuple(
        Attachment(file.name, "" if file.removed_at else address(file), file.size, _icon_of(file))
        for file in step.files
    )
    return TimelineStep(
        "check", step.title, words="" if silent else "\n\n".join(step.words), at=step.at, attachments=files
    )


def _icon_of(file: CaseFile) -> str:
    return "camera" if file.media_type.startswith("image/") else "paperclip"


def _list_future(process: Process, stage: str, due_at: datetime | None) -> Iterator[TimelineStep]:
    """The steps of the source, by its own names, that come after the present one."""
    order = {step.key: at for at, step in enumerate(process.steps)}
    here = order[process.get_stage(stage).step]
    goals = {process.get_stage(key).step for key in (process.main_clock.stops if process.main_clock else ())}
    for step in process.steps[here + 1 :]:
        if not any(one.step == step.key and _is_on_the_way(one) for one in process.stages.values()):
            continue
        reached = due_at is not None and step.key in goals
        yield TimelineStep("", step.title, future=True, due_at=due_at if reached else None)
        due_at = None if reached else due_at


def _is_on_the_way(stage: Stage) -> bool:
    return stage.kind != "review" or bool(stage.awaits)

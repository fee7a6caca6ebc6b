"""What waits for a resolution: the organisation's open cases, and which matter each kind of them is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from huiyin.cases.api import Case
from huiyin.economy.assemblies.values import MATTERS, NewItem
from huiyin.economy.organisations.api import Organisation
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words


@dataclass(frozen=True, slots=True)
class Item:
    """What a meeting is to resolve on: under which subject, and what the agenda says."""

    subject: str
    title: str


Lister = Callable[[Case], Sequence[Item]]
_MATTERS: dict[str, str] = {}
_LISTERS: dict[str, Lister] = {}


def register_matter(process: str, matter: str, lister: Lister | None = None) -> None:
    """Tell, when an application is ready, that a resolution on a case of `process` is of that matter.

    Such a case then stands among what a meeting may be called on, and under no other matter. `lister` says
    what is to be resolved on for a case now; without one it is `case:<number>` while the case is open.
    """
    if matter not in MATTERS:
        raise ValueError(f"no matter: {matter}")
    _MATTERS[process] = matter
    if lister is not None:
        _LISTERS[process] = lister


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open case that a meeting may resolve on."""

    subject: str
    title: str
    matter: str


def list_waiting(organisation: Organisation) -> list[Waiting]:
    """The organisation's open cases whose process awaits a resolution, the newest first."""
    found = Case.objects.filter(
        lead_id=organisation.unit_id, closed_at__isnull=True, process__in=sorted(_MATTERS)
    ).order_by("-id")[:200]
    return [
        Waiting(item.subject, item.title, _MATTERS[case.process])
        for case in found
        for item in _LISTERS.get(case.process, _list_case)(case)
    ]


def _list_case(case: Case) -> list[Item]:
    return [Item(f"case:{case.number}", case.title)]


def check_subjects(organisation: Organisation, items: Sequence[NewItem]) -> None:
    """Refuse an item on a case that is not this organisation's, or under another matter than the case's.

    Refuses `subject-not-found` and `matter-wrong`.
    """
    numbers = {item.subject.split(":")[1] for item in items if item.subject.startswith("case:")}
    cases = {
        f"case:{case.number}": case
        for case in Case.objects.filter(number__in=numbers, lead_id=organisation.unit_id)
    }
    for item in items:
        if not item.subject.startswith("case:"):
            continue
        case = cases.get(":".join(item.subject.split(":")[:2]))
        if case is None:
            words = Words(
                "没有这件待表决的事项。请从列表里选。", "No such case waits here. Choose of the list."
            )
            raise Refusal("subject-not-found", words, field="items")
        own = _MATTERS.get(case.process, item.matter)
        if own != item.matter:
            words = Words(
                "这件事属于“{matter}”，请按这一类表决。", "This is “{matter}”: resolve on it as such."
            )
            raise Refusal("matter-wrong", words.fill(matter=MATTERS[own]), field="items")

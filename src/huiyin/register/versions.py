"""Reads the versions of the register: their list, what one changed, the register as one knew it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.register import store
from huiyin.register.models import Duty, DutyChange, RegisterVersion

_RELATED = ("duty__unit", "duty__area", "duty__category")
_Key = tuple[int, int | None, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """One line of what a version changed.

    `act` is `added`, `ended` or `changed`: the same matter, area and part went from the duty `before` to
    `duty` (to another unit, or under another clause). `until` is the end that was set, of the one that ended.
    """

    act: str
    duty: Duty
    before: Duty | None = None
    until: date | None = None


def list_versions() -> list[RegisterVersion]:
    """Every version, the newest first, with who made it."""
    return list(RegisterVersion.objects.select_related("by").order_by("-number"))


def get_version(number: int) -> RegisterVersion:
    """The version of that number; refuses `version-not-found`."""
    found = RegisterVersion.objects.select_related("by").filter(pk=number).first()
    if found is None:
        words = Words("职责清单没有这一版。", "The register has no such version.")
        raise Refusal("version-not-found", words)
    return found


def find_version_on(on: date) -> RegisterVersion | None:
    """The version that was the newest at the end of that day."""
    return RegisterVersion.objects.filter(on__lte=on).order_by("-number").first()


def list_differences(number: int) -> list[Difference]:
    """What the version changed: changed matters first, then what was added, then what ended."""
    changes = DutyChange.objects.filter(version_id=number).select_related(*_RELATED).order_by("id")
    added = [change for change in changes if change.act == "added"]
    ended: dict[_Key, list[DutyChange]] = {}
    for change in changes:
        if change.act == "ended":
            ended.setdefault(_key(change), []).append(change)
    lines = [_compare(change, ended) for change in added]
    left = [Difference("ended", one.duty, until=one.until_after) for rest in ended.values() for one in rest]
    order = ("changed", "added", "ended")
    return sorted([*lines, *left], key=lambda line: order.index(line.act))


def _compare(change: DutyChange, ended: dict[_Key, list[DutyChange]]) -> Difference:
    """One that was added beside one that ended for the same matter is that one, changed."""
    waiting = ended.get(_key(change))
    if not waiting:
        return Difference("added", change.duty)
    before = waiting.pop(0)
    return Difference("changed", change.duty, before.duty, before.until_after)


def _key(change: DutyChange) -> _Key:
    return change.duty.category_id, change.duty.area_id, change.duty.part


def list_history(duty_id: int) -> list[DutyChange]:
    """Every version that touched the duty, oldest first, with the version loaded."""
    found = DutyChange.objects.filter(duty_id=duty_id).select_related("version__by")
    return list(found.order_by("version_id", "id"))


def list_register_of(number: int) -> list[Duty]:
    """The register as the version knew it on its day: what held or was to begin, with the end it had then.

    By category, area, unit and clause. Refuses `version-not-found`. The duties are to be read, not written.
    """
    version, ends = get_version(number), store.list_of_version(number)
    kept = {pk: until for pk, until in ends.items() if until is None or until >= version.on}
    found = Duty.objects.filter(pk__in=kept).select_related("unit", "area", "category__parent__parent")
    duties = list(found.order_by("category__code", "area__code", "unit__sort", "clause", "id"))
    for duty in duties:
        duty.valid_until = kept[duty.pk]
    return duties


def find_duty(duty_id: int) -> Duty | None:
    """The duty with what it refers to, or None."""
    related: Sequence[str] = ("unit", "area", "category__parent__parent")
    return Duty.objects.select_related(*related).filter(pk=duty_id).first()


def get_duty(duty_id: int) -> Duty:
    """The duty with what it refers to; refuses `duty-not-found`."""
    found = find_duty(duty_id)
    if found is None:
        raise Refusal("duty-not-found", Words("没有这条职责。", "There is no such duty."))
    return found

"""What the filters of the worklist offer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from huiyin.console.worklists.asking import MAIN, MORE
from huiyin.kernel.words import Words
from huiyin.process.api import Process
from huiyin.register.api import Offered, map_categories

Option = tuple[str, Words]
CHOSEN = frozenset((*MAIN, *MORE))

KINDS: tuple[Option, ...] = (
    ("kind:open", Words("办理环节", "In hand")),
    ("kind:review", Words("审核环节", "In review")),
    ("kind:waiting", Words("等待环节", "Waiting")),
    ("kind:closed", Words("已结束", "Ended")),
)
STATES: tuple[Option, ...] = (
    ("", Words("在办和办结", "Open and closed")),
    ("open", Words("在办", "Open")),
    ("closed", Words("已办结", "Closed")),
)
URGENT: tuple[Option, ...] = (
    ("", Words("不论缓急", "Urgent or not")),
    ("yes", Words("只看紧急", "Urgent only")),
)


@dataclass(frozen=True, slots=True)
class Choices:
    """Options by the name of the filter, the first being “all”; stages in two groups."""

    by_name: Mapping[str, list[Option]] = field(default_factory=dict)
    stages: tuple[tuple[Words, list[Option]], ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """What the filters offer, told by what it is made of: equal offers look equal. Made when it is drawn.

    `chosen` are the filters in use, `versions` every process by key and version, which says what it holds;
    `deeper` is the chosen category when it lies below the first level.
    """

    chosen: tuple[tuple[str, str], ...]
    offered: Offered
    deeper: tuple[Option, ...]
    versions: tuple[tuple[str, int], ...]
    processes: Sequence[Process] = field(compare=False)

    def make(self) -> Choices:
        """The options themselves."""
        return _list_choices(dict(self.chosen), self.processes, self.offered, self.deeper)


def make_offer(parts: Mapping[str, str], processes: Sequence[Process], offered: Offered) -> Offer:
    """The offer beside the filters in use; one statement for a category below the first level, else none."""
    chosen = tuple((key, value) for key, value in parts.items() if key in CHOSEN)
    deeper = _find_deeper(offered, parts.get("category", ""))
    return Offer(chosen, offered, deeper, tuple((one.key, one.version) for one in processes), processes)


def _list_choices(
    parts: Mapping[str, str], versions: Iterable[Process], offered: Offered, deeper: Iterable[Option]
) -> Choices:
    processes = list({process.key: process for process in versions}.values())
    chosen = [one for one in processes if parts.get("process") in (None, one.key)] or processes
    by_name = {
        "township": [_all("全部乡镇", "All townships"), *offered.townships],
        "category": [_all("全部类别", "All categories"), *offered.categories, *deeper],
        "unit": [_all("全部单位", "All units"), *offered.units],
        "channel": [_all("全部渠道", "All channels"), *offered.channels],
        "process": [_all("全部流程", "All processes"), *((one.key, one.title) for one in processes)],
        "grade": [_all("全部等级", "All grades"), *_join(one.grades.items() for one in chosen)],
        "state": list(STATES),
        "urgent": list(URGENT),
    }
    stages = (Words("按环节", "By phase"), list(KINDS)), (Words("按状态", "By state"), _list_stages(chosen))
    return Choices(by_name, stages)


def _all(zh: str, en: str) -> Option:
    return "", Words(zh, en)


def _find_deeper(offered: Offered, chosen: str) -> tuple[Option, ...]:
    if not chosen or chosen in dict(offered.categories):
        return ()
    return tuple((str(one.pk), one.called) for one in map_categories([int(chosen)]).values())


def _list_stages(processes: Iterable[Process]) -> list[Option]:
    return _join(((stage.key, stage.title) for stage in process.stages.values()) for process in processes)


def _join(lists: Iterable[Iterable[Option]]) -> list[Option]:
    """Options of several processes by key; where they call one differently, all their names are told."""
    names: dict[str, dict[str, str]] = {}
    for options in lists:
        for key, title in options:
            names.setdefault(key, {}).setdefault(title.zh, title.en)
    return [
        (key, Words(" / ".join(titles), " / ".join(dict.fromkeys(titles.values()))))
        for key, titles in names.items()
    ]

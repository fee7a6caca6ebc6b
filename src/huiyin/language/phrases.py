"""Names what texts about one matter have in common: places by their endings, keywords by their rarity."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from huiyin.language.vectors import FEW

LONGEST = 12
_RUNS = re.compile(r"[\u3400-\u9fffA-Za-z0-9]+")
_CODED = re.compile(r"^(?:[A-Z]\d*[省市县区])+")
_PLACE = re.compile(
    r"^.{1,9}(?:小区|社区|街道|新城|新村|大道|花园|家园|广场|公园|工业园|园区|开发区|水库|市场|地铁站|车站"
    r"|[县区镇乡村路街巷桥苑园城湾湖河山府庭寨屯沟坝])$"
)
_ANY_PLACE = re.compile(
    r"^(?:.?小区|.?社区|街道|居民区|.?城市?|地区|[本全我该]?[省市县区镇乡村]|农村|新村|广场|公园|市场|大道|新城|花园|.?路|.?街)$"
)
_NO_PLACE = re.compile(r"居民|业主|公司|开发商|马路")
_EDGES = frozenset(
    "的了是在和与及把被对就也都不有我你他她它这那一个们请为等将从到让还又很要能会可以后前中上下内外于之其但如已着给向及并或"
)
_TELL_NOTHING = """
部门 相关 领导 政府 希望 请问 反映 投诉 咨询 建议 关于 问题
情况 解决 处理 回复 谢谢 您好 尊敬 要求 严重 附近 旁边 自己
多次 至今 目前 今年 时候 时间 没有 什么 怎么 如何 我们 他们
居民 业主 群众 百姓 老百姓 市民 书记 市长 单位 人员 工作 影响
生活 小区 社区 街道 城市 地区 区小 小区附近 因为 所以 但是 而且
现在 一直 非常 强烈 有关 有关部门 相关部门 进行 通过 已经
"""
_EMPTY = frozenset(_TELL_NOTHING.split())


@dataclass(slots=True)
class _Use:
    """In which texts a run of signs stands, and what stands before and behind it."""

    texts: set[int]
    before: set[str]
    behind: set[str]


def name_common(
    texts: Sequence[str], having: Mapping[str, int], total: int, most: int = 6
) -> tuple[list[str], list[str]]:
    """Places and keywords, the most telling first, that a quarter of the texts have and others seldom.

    `having` says how many of all `total` texts have each run of two and three signs (`#ab`, `#abc`). A run
    that always has the same neighbour is a piece of a longer one: names are found without a dictionary.
    """
    uses = _find_whole(_count_runs(texts))
    worth: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for run, use in uses.items():
        name = _CODED.sub("", run)
        if not _may_name(name):
            continue
        rare = math.log((total + FEW) / (_bound(run, having, total) + 1))
        value = round(1000 * len(use.texts) * rare * min(len(name), 6) ** 0.5)
        if value > worth[name]:
            worth[name], shown[name] = value, run
    kept: list[str] = []
    for name in sorted(worth, key=lambda name: (-worth[name], name)):
        if not any(name in other or other in name for other in kept):
            kept.append(name)
    places = [name for name in kept if _is_place(name)]
    return places[:3], [name for name in kept if name not in places][:most]


def _may_name(name: str) -> bool:
    """Whether it tells this matter from others: no word of every letter, no piece that ends in a number."""
    if len(name) < 2 or name in _EMPTY or name[-1].isdigit() or _ANY_PLACE.match(name):
        return False
    return name[0] not in _EDGES and name[-1] not in _EDGES


def _is_place(name: str) -> bool:
    return bool(_PLACE.match(name)) and not _NO_PLACE.search(name)


def _bound(run: str, having: Mapping[str, int], total: int) -> int:
    """How many of all texts can have the run at most: as many as have its rarest part."""
    long = 3 if len(run) > 2 else 2
    parts = ("#" + run[at : at + long] for at in range(len(run) - long + 1))
    return min((having.get(part, total) for part in parts), default=total)


def _count_runs(texts: Sequence[str]) -> dict[str, _Use]:
    """Runs of two signs and more that enough texts have; longer ones are sought where shorter ones stand."""
    least = max(2, math.ceil(len(texts) / 4))
    parts = [(at, f"\n{run}\n") for at, text in enumerate(texts) for run in _RUNS.findall(text)]
    found: dict[str, _Use] = {}
    shorter: set[str] | None = None
    for long in range(2, LONGEST + 1):
        level: dict[str, _Use] = defaultdict(lambda: _Use(set(), set(), set()))
        for at, part in parts:
            for start in range(1, len(part) - long):
                run = part[start : start + long]
                if shorter is None or (run[:-1] in shorter and run[1:] in shorter):
                    use = level[run]
                    use.texts.add(at)
                    use.before.add(part[start - 1])
                    use.behind.add(part[start + long])
        often = {run: use for run, use in level.items() if len(use.texts) >= least}
        if not often:
            break
        found |= often
        shorter = set(often)
    return found


def _find_whole(uses: Mapping[str, _Use]) -> dict[str, _Use]:
    """The runs that stand free on both sides, and are not mostly met within one longer run."""
    longer: dict[str, int] = {}
    for run, use in uses.items():
        for part in (run[:-1], run[1:]):
            longer[part] = max(longer.get(part, 0), len(use.texts))
    return {
        run: use
        for run, use in uses.items()
        if len(use.before) > 1 and len(use.behind) > 1 and longer.get(run, 0) < 0.65 * len(use.texts)
    }

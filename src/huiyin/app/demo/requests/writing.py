"""Makes up matters, people and words for the demo county, by a seeded chance."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random

_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹"
_GIVEN = "秀英桂兰建国玉珍志强春梅海燕文斌小红德明淑芬永辉丽华国庆翠萍大勇雪梅长林金凤"


@dataclass(frozen=True, slots=True)
class Matter:
    """An invented kind of matter; its texts have slots for place, building and numbers."""

    category: str
    title: str
    words: str
    progress: str
    answer: str


@dataclass(frozen=True, slots=True)
class Written:
    """A matter with its slots filled in."""

    category: str
    title: str
    words: str
    progress: str
    answer: str


@cache
def list_matters() -> tuple[Matter, ...]:
    """Every invented matter, in the order of the file."""
    text = (files("huiyin.app.demo.requests") / "matters.csv").read_text(encoding="utf-8")
    return tuple(Matter(**row) for row in csv.DictReader(text.splitlines()))


def write_matter(rng: Random, matter: Matter, place: str) -> Written:
    """The texts of one report of `matter` at `place`."""
    slots: Mapping[str, object] = {
        "place": place,
        "building": f"{rng.randint(1, 18)} 栋",
        "days": rng.randint(2, 9),
        "n": rng.randint(2, 8),
    }
    opening = rng.choice(("", "", "您好，", "领导好，", "麻烦反映一下，"))
    closing = rng.choice(("", "", "谢谢。", "希望尽快处理。", "请给个答复。"))
    return Written(
        matter.category,
        matter.title.format(**slots),
        opening + matter.words.format(**slots) + closing,
        matter.progress.format(**slots),
        matter.answer.format(**slots),
    )


def write_person(rng: Random) -> tuple[str, str]:
    """A name and a phone. The number begins with 101, which no mobile phone in China does."""
    given = rng.sample(_GIVEN, rng.choice((1, 2, 2)))
    return rng.choice(_SURNAMES) + "".join(given), f"101{rng.randrange(10**8):08d}"

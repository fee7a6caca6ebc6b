"""Makes up matters, people and words for the demo county, by a seeded chance."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from random import Random
from zlib import crc32

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


def word_answer(written: Written, on: date) -> str:
    """The answer as units word it: most tell when, by which rule and whom to ask; some only the result.

    A few merely pass the matter on, so that the checks of replies have something to find. Drawn from the
    texts themselves: the story's own chance is left alone.
    """
    drawn = crc32(f"{written.title}{written.words}{on}".encode()) % 20
    if drawn == 0:
        return "您好，您反映的问题已收悉，已转有关部门调查处理，请耐心等待。"
    if drawn < 6:
        return written.answer
    again = on + timedelta(days=3 + drawn % 4)
    return (
        f"您好！关于“{written.title}”，我们{on.month}月{on.day}日到现场核实。{written.answer}"
        f"{again.month}月{again.day}日我们再回看一次。按《禾川县便民热线办理办法》第九条，没有解决好的继续办，"
        f"请拨打 0999-53{drawn:02d}{on.day:03d} 找经办科室。"
    )


def write_person(rng: Random) -> tuple[str, str]:
    """A name and a phone. The number begins with 101, which no mobile phone in China does."""
    given = rng.sample(_GIVEN, rng.choice((1, 2, 2)))
    return rng.choice(_SURNAMES) + "".join(given), f"101{rng.randrange(10**8):08d}"

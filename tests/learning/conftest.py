"""Invented matters of three kinds, with words that belong to each."""

import random

import pytest

from huiyin.learning.api import Example, Model, train

WORDS = {
    "供水": ("自来水", "水压", "停水", "水管", "水表", "水质"),
    "道路": ("路灯", "坑洼", "井盖", "斑马线", "路面", "红绿灯"),
    "教育": ("学校", "学位", "老师", "补课", "校车", "报名"),
}
FILLING = ("最近", "小区", "一直", "希望", "尽快", "解决", "我们", "反映", "门口", "已经", "三天", "没有人管")


def make_examples(count: int, seed: int = 0) -> list[Example]:
    """`count` matters of each kind; in one of ten the words of another kind slip in."""
    dice = random.Random(seed)  # noqa: S311 - invented texts, no secret
    made = []
    for label, words in WORDS.items():
        for _ in range(count):
            own = words if dice.random() > 0.1 else dice.choice(list(WORDS.values()))
            told = [dice.choice(own), *dice.sample(FILLING, 4), dice.choice(own), *dice.sample(FILLING, 3)]
            made.append(Example(dice.choice(own) + dice.choice(FILLING), "".join(told), label))
    dice.shuffle(made)
    return made


@pytest.fixture(scope="session")
def model() -> Model:
    """Learnt from sixty matters of each kind."""
    return train(make_examples(60))

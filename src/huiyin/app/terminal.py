"""What the command line says to the person in front of it: on stderr, so that stdout stays clean for data."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words


def language() -> str:
    """`HUIYIN_LANGUAGE` (`zh-hans` or `en`); Chinese unless it is set."""
    return os.environ.get("HUIYIN_LANGUAGE", "zh-hans")


def say(words: Words) -> None:
    """One line on stderr in the chosen language."""
    print(words.tell(language()), file=sys.stderr, flush=True)


def show_refusal(refusal: Refusal) -> None:
    """What was refused, and the rule it rests on."""
    say(refusal.words)
    if refusal.rule:
        say(Words(f"依据：{refusal.rule}", f"Rule: {refusal.rule}"))


@contextmanager
def step(title: Words) -> Iterator[None]:
    """`✓ 数据库 0.6 秒` when the block is done, `✗ 数据库` when it failed."""
    began = time.monotonic()
    try:
        yield
    except BaseException:
        say(Words(f"✗ {title.zh}", f"✗ {title.en}"))
        raise
    took = time.monotonic() - began
    say(Words(f"✓ {title.zh} {took:.1f} 秒", f"✓ {title.en} {took:.1f} s"))

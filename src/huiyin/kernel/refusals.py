"""The one way in which Huiyin says no."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.kernel.words import Words


@dataclass(slots=True, eq=False)
class Refusal(Exception):
    """An act that was not done, with what to tell the person who asked.

    `code` is a stable kebab-case key, `words` says in plain words what is wrong and what to do, `rule` cites
    the law or local rule it rests on (empty when none applies), `field` names the input at fault, if any.
    """

    code: str
    words: Words
    rule: str = ""
    field: str = ""

    def __str__(self) -> str:
        return f"{self.code}: {self.words.zh}"

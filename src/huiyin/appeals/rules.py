"""What a person's words to a matter must hold. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words


def demand_reason_if_unsolved(inputs: Mapping[str, Any]) -> None:
    """“Not solved” goes back to the unit, which must be told what is missing."""
    if inputs.get("solved") is False and not inputs.get("words"):
        words = Words(
            "请写一写哪里没解决，好让承办单位接着办。",
            "Say what is not solved, so that the unit knows what to do.",
        )
        raise Refusal("unsolved-without-words", words, field="words")

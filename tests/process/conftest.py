"""A process of three stages, small enough to be spoilt on purpose."""

from __future__ import annotations

from collections.abc import Callable

import pytest

SMALL = """
[process]
key = "small"
version = 1
title = { zh = "小流程", en = "Small" }
start = "received"
opens = ["intake"]
extensions = ["5wd"]

[grade]
ordinary = { zh = "一般", en = "Ordinary" }

[[step]]
key = "accept"
title = { zh = "受理", en = "Acceptance" }
[[step]]
key = "answer"
title = { zh = "答复", en = "Answer" }

[[stage]]
key = "received"
step = "accept"
awaits = ["intake"]
title = { zh = "待受理", en = "To accept" }
[[stage]]
key = "checked"
step = "answer"
kind = "review"
awaits = ["centre"]
title = { zh = "待审", en = "In review" }
[[stage]]
key = "closed"
step = "answer"
kind = "closed"
title = { zh = "已办结", en = "Closed" }

[move.submit]
title = { zh = "提交", en = "Submit" }
from = ["received"]
to = "checked"
roles = ["intake"]
asks = ["reply!", "note"]
does = ["ask"]

[move.close]
title = { zh = "办结", en = "Close" }
from = ["checked"]
to = "closed"
roles = ["centre"]
needs = ["second-person"]
does = ["answer", "close"]
tells = { zh = "“{title}”：{reply}", en = "“{title}”: {reply}" }

[clock.handle]
title = { zh = "办理时限", en = "Handling" }
owner = "centre"
main = true
starts = ["received"]
stops = ["closed"]
limit = { ordinary = "5wd" }
warn = [0.8, 0.5]
"""


@pytest.fixture(scope="session")
def small() -> str:
    """The text of a process without a fault."""
    return SMALL


@pytest.fixture(scope="session")
def spoil() -> Callable[[str, str], str]:
    """The same text with `old` put in place of `new`, where `old` surely stood."""

    def change(old: str, new: str) -> str:
        assert old in SMALL
        return SMALL.replace(old, new, 1)

    return change

"""A county adds a process by a file; people carry a case through it by forms alone: no code knows it."""

from __future__ import annotations

import pytest

from huiyin.cases.api import Case, add_process

# 迁坟补偿: five stages that nobody shipped, with every kind of field that a form can have.
PROCESS = """
[process]
key = "grave-moving"
version = 1
title = { zh = "迁坟补偿", en = "Moving of graves" }
rule = "禾川县迁坟补偿办法"
number = "QF"
start = "noted"
opens = ["intake"]
extensions = ["3wd"]

[grade]
single = { zh = "单穴", en = "Single" }
family = { zh = "合葬", en = "Family" }

[[step]]
key = "note"
title = { zh = "登记", en = "Note" }
[[step]]
key = "measure"
title = { zh = "勘丈", en = "Measuring" }
[[step]]
key = "agree"
title = { zh = "协商", en = "Agreement" }
[[step]]
key = "move"
title = { zh = "迁移", en = "Moving" }
[[step]]
key = "confirm"
title = { zh = "确认", en = "Confirmation" }

[[stage]]
key = "noted"
step = "note"
awaits = ["dispatcher"]
title = { zh = "待派勘丈", en = "To measure" }
[[stage]]
key = "measuring"
step = "measure"
awaits = ["handler@lead"]
title = { zh = "勘丈中", en = "Measuring" }
[[stage]]
key = "agreeing"
step = "agree"
kind = "review"
awaits = ["centre"]
title = { zh = "协商中", en = "Agreeing" }
[[stage]]
key = "moving"
step = "move"
awaits = ["handler@lead"]
title = { zh = "迁移中", en = "Moving" }
[[stage]]
key = "confirmed"
step = "confirm"
kind = "closed"
title = { zh = "已确认", en = "Confirmed" }

[move.send_surveyor]
title = { zh = "派勘丈员", en = "Send a surveyor" }
from = ["noted"]
to = "measuring"
roles = ["dispatcher"]
asks = ["lead!", "assisting", "grade!", "urgent", "designate", "reason"]
needs = ["unit-on-register"]
does = ["accept", "regrade", "dispatch"]
plain = { zh = "已派{lead}勘丈", en = "{lead} will measure" }

[move.hand_in_measure]
title = { zh = "交勘丈结果", en = "Hand in the measure" }
from = ["measuring"]
to = "agreeing"
roles = ["handler@lead"]
asks = ["reply!", "clause", "cause", "extra", "review_on", "files", "note"]
does = ["sign", "ask"]
plain = { zh = "勘丈好了", en = "Measured" }

[move.agree]
title = { zh = "谈妥", en = "Agreed" }
from = ["agreeing"]
to = "moving"
roles = ["centre"]
asks = ["way", "note"]
needs = ["second-person"]
does = ["withdraw-ask"]

[move.confirm]
title = { zh = "确认迁好", en = "Confirm" }
from = ["moving"]
to = "confirmed"
roles = ["handler@lead"]
asks = ["reply!", "solved!", "satisfied", "understood"]
does = ["answer", "rate", "close"]
plain = { zh = "迁好了", en = "Moved" }

[clock.whole]
title = { zh = "迁坟时限", en = "The whole" }
owner = "lead"
main = true
starts = ["measuring"]
stops = ["confirmed"]
limit = { single = "10wd", family = "20wd" }
warn = [0.5, 0.8]
"""

WALK = (
    ("hemin", "派勘丈员", {"grade": "family"}),
    (
        "tanxue",
        "交勘丈结果",
        {"reply": "量了两座，长 2 米", "clause": "第三条", "cause": "历史遗留", "review_on": "2030-01-08"},
    ),
    ("guoheng", "谈妥", {"note": "家属同意"}),
    ("tanxue", "确认迁好", {"reply": "已经迁到公墓", "solved": "yes", "satisfied": "4"}),
)


@pytest.fixture
def case(walker):
    add_process(PROCESS, "县政府办", walker.now)
    number, _ = walker.register(
        "/console/intake", "linxiao", words="祖坟在新修公路上", process="迁坟补偿", finish="只登记"
    )
    return Case.objects.get(number=number)


def test_a_case_walks_through_five_stages_that_nobody_shipped_by_forms_alone(walker, case):
    for login, title, fields in WALK:
        designated = {"lead": "水务公司", "designate": "yes", "reason": "迁坟补偿由水务公司勘丈"}
        given = {**fields, **designated} if title == "派勘丈员" else fields
        page = walker.press(case.number, title, login, **given)
    case.refresh_from_db()
    assert (case.stage, case.grade, case.closed_at is not None) == ("confirmed", "family", True)
    for told in (
        "登记",
        "勘丈",
        "协商",
        "迁移",
        "确认",
        "量了两座，长 2 米",
        "历史遗留",
        "已经迁到公墓",
        "已确认",
    ):
        assert told in page.words
    assert case.ratings.get().satisfied == 4
    assert case.clocks.get().outcome == "kept"
    assert walker.is_whole(case.number)

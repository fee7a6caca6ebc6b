"""A county adds a process by a file; people carry a case through it by forms alone: no code knows it."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone

from huiyin.app.demo.county.loader import PASSWORD, install_county
from huiyin.appeals.api import NewAppeal, report
from huiyin.cases.api import Case, add_process, make_acting
from huiyin.journal.api import verify
from huiyin.people import api as people

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
asks = ["lead!", "assisting", "grade!", "urgent", "reason"]
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


def _sign_in(login):
    client = Client()
    client.cookies[people.SESSION_COOKIE] = people.sign_in(login, PASSWORD, timezone.now()).token
    return client


def _hidden(page, name):
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None, name
    return found[1]


def _press(client, case, title, fields):
    """Open the case, find the tab by its title, fill its form in, send it: as a browser without script."""
    page = client.get(f"/console/cases/{case.number}").content.decode()
    tab = re.search(rf'href="([^"]+)#act"[^>]*>{title}</a>', page)
    assert tab is not None, title
    page = client.get(tab[1]).content.decode()
    action = re.search(r'id="act-form" method="post" action="([^"#]+)', page)
    assert action is not None
    for name in fields:
        assert f'name="{name}"' in page
    sent = {"version": _hidden(page, "version"), "client_key": _hidden(page, "client_key"), **fields}
    answer = client.post(action[1], sent)
    assert answer.status_code in {302, 303}, answer.content.decode()
    return client.get(answer["Location"].partition("#")[0]).content.decode()


@pytest.fixture
def case(db):
    install_county()
    add_process(PROCESS, "县政府办", timezone.now())
    token = people.sign_in("linxiao", PASSWORD, timezone.now()).token
    account = people.find_account_in_hand(token, timezone.now())
    words = NewAppeal(
        process="grave-moving", channel="window", words="祖坟在新修公路上", opened_at=timezone.now()
    )
    return Case.objects.get(pk=report(words, make_acting(account)).case_id)


def test_a_case_walks_through_five_stages_that_nobody_shipped_by_forms_alone(case):
    water = people.find_unit("water")
    page = ""
    for login, title, fields in WALK:
        given = {**fields, "lead": water.pk} if title == "派勘丈员" else fields
        page = _press(_sign_in(login), case, title, given)
        assert f"已提交：{title}" in page
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
        assert told in page
    assert case.ratings.get().satisfied == 4
    assert case.clocks.get().outcome == "kept"
    assert verify([f"case:{case.number}"]).whole

"""Every fault of a process is found before a case runs on it."""

from __future__ import annotations

import pytest

from huiyin.process.api import check_process, read_process


def test_a_sound_process_has_no_fault(small):
    assert check_process(read_process(small)) == []


LOOP = """
[move.wander]
title = "徘徊"
from = ["received"]
to = "lost"
roles = ["intake"]
[move.stray]
title = "徘徊"
from = ["lost"]
to = "lost"
roles = ["intake"]
[clock.handle]"""
LOST = '[[stage]]\nkey = "lost"\nstep = "answer"\ntitle = "迷路"\n[move.submit]'
GATE = """[clock.gate]
title = "卡"
starts = ["received"]
stops = ["checked"]
limit = { other = "1wd" }
[clock.handle]"""
BRANCHES = """[[move.submit.branch]]
when = "always"
to = "checked"
[[move.submit.branch]]
when = "unreached"
to = "checked"
[move.close]"""
SECOND = """key = "second"
step = "answer"
kind = "review"
awaits = ["centre"]
title = "复审"
[[stage]]
key = "closed"
step"""

FAULTS = [
    ("unknown silence", [('start = "received"', 'start = "received"\nsilence = "golden"')], "“golden”未知"),
    ("escalates to nobody", [("main = true", 'main = true\nescalates = ["boss"]')], "岗位“boss”未知"),
    ("unreachable stage", [("[move.submit]", LOST)], "“lost”到不了"),
    ("no start", [('start = "received"', 'start = "begin"')], "起始环节“begin”不存在"),
    ("no closed stage", [('kind = "closed"', 'kind = "open"')], "没有办结环节"),
    ("unknown kind", [('kind = "review"', 'kind = "revue"')], "“revue”未知"),
    ("unknown step", [('step = "accept"', 'step = "except"')], "步骤“except”不存在"),
    ("idle step", [('step = "accept"', 'step = "answer"')], "步骤“accept”没有环节也没有动作"),
    ("step of a move", [('to = "checked"', 'to = "checked"\nstep = "gone"')], "步骤“gone”不存在"),
    ("unknown opener", [('opens = ["intake"]', 'opens = ["intake@lead"]')], "“intake@lead”未知"),
    ("nobody opens", [('opens = ["intake"]', "opens = []")], "没有岗位可以登记"),
    ("unknown role", [('roles = ["intake"]', 'roles = ["clerk"]')], "岗位“clerk”未知"),
    ("unknown scope", [('roles = ["intake"]', 'roles = ["handler@leed"]')], "岗位“handler@leed”未知"),
    ("empty scope", [('roles = ["intake"]', 'roles = ["handler@"]')], "岗位“handler@”未知"),
    ("scope of the person", [('roles = ["intake"]', 'roles = ["person@lead"]')], "岗位“person@lead”未知"),
    ("nobody", [('roles = ["intake"]', "roles = []")], "没有岗位可做"),
    ("awaiting nobody", [('awaits = ["intake"]\n', "")], "环节“received”没有写明等谁"),
    ("awaiting the idle", [('awaits = ["intake"]', 'awaits = ["centre"]')], "等“centre”，但那里没有"),
    ("awaiting at the end", [('kind = "closed"', 'kind = "closed"\nawaits = ["centre"]')], "还在等人"),
    ("nowhere", [('from = ["received"]', "from = []")], "没有起点环节"),
    ("unknown source", [('from = ["received"]', 'from = ["received", "gone"]')], "不存在的环节“gone”"),
    ("unknown target", [('to = "checked"', 'to = "chekced"')], "不存在的环节“chekced”"),
    ("unknown guard", [("second-person", "secondperson")], "守卫“secondperson”未知"),
    ("unknown input", [('"note"]', '"notes"]')], "输入“notes”未知"),
    ("unknown effect", [('does = ["ask"]', 'does = ["ask", "sing"]')], "效果“sing”未知"),
    (
        "unknown condition",
        [("[move.close]", '[[move.submit.branch]]\nwhen = "never"\nto = "checked"\n[move.close]')],
        "条件“never”未知",
    ),
    ("branch after always", [("[move.close]", BRANCHES)], "永远走不到"),
    ("effect without input", [('"reply!", ', "")], "效果“answer”需要输入“reply”"),
    ("effect with an input that may be blank", [('"reply!"', '"reply"')], "需要输入“reply”"),
    ("request never asked", [('does = ["ask"]', "does = []")], "需要输入“reply”"),
    ("closing in silence", [('["answer", "close"]', '["answer"]')], "却没有效果“close”"),
    ("closing an open case", [('does = ["ask"]', 'does = ["ask", "close"]')], "有效果“close”却到“checked”"),
    ("message about nothing", [("：{reply}", "：{answer}")], "“{answer}”没有着落"),
    ("message with a secret", [("：{reply}", "：{note}")], "“{note}”没有着落"),
    ("message that reaches inside", [("：{reply}", "：{title.zh}")], "“{title.zh}”没有着落"),
    ("message with a loose brace", [("：{reply}", "：{reply")], "没有着落"),
    (
        "plain words that nobody fills",
        [('to = "checked"', 'to = "checked"\nplain = "编号 {number}"')],
        "“{number}”没有着落",
    ),
    (
        "extensions that are not offered",
        [('extensions = ["5wd"]', ""), ('does = ["ask"]', 'does = ["ask"]\nneeds = ["extension-on-offer"]')],
        "“extensions”是空的",
    ),
    (
        "stage without a way out",
        [("[move.submit]", LOST), ("[clock.handle]", LOOP)],
        "从环节“lost”走不到办结",
    ),
    ("stage that hangs on the person", [('roles = ["centre"]', 'roles = ["person"]')], "全凭诉求人"),
    ("no main clock", [("main = true", "main = false")], "主时限"),
    ("two main clocks", [("[clock.handle]", GATE.replace("starts", "main = true\nstarts"))], "主时限"),
    ("clock that never stops", [('stops = ["closed"]', "stops = []")], "到办结环节“closed”仍不停"),
    ("clock that never starts", [('starts = ["received"]', "starts = []")], "从不开始"),
    (
        "clock of an unknown stage",
        [('stops = ["closed"]', 'stops = ["closed", "gone"]')],
        "不存在的环节“gone”",
    ),
    ("clock of an unknown owner", [('owner = "centre"', 'owner = "mayor"')], "归属“mayor”未知"),
    ("missing limit", [("ordinary = {", 'x = "急"\nordinary = {')], "没有等级“x”的限期"),
    (
        "limit of an unknown grade",
        [('{ ordinary = "5wd" }', '{ other = "5wd", x = "1h" }')],
        "不存在的等级“x”",
    ),
    (
        "clock told two things",
        [('stops = ["closed"]', 'stops = ["closed"]\npauses = ["closed"]')],
        "自相矛盾",
    ),
    ("clock in a closed stage", [('starts = ["received"]', 'starts = ["received", "closed"]')], "还要走"),
]


@pytest.mark.parametrize(("changes", "fault"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS])
def test_a_fault_is_found_and_named(small, changes, fault):
    text = small
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    found = check_process(read_process(text))
    assert any(fault in words.zh for words in found), [words.zh for words in found]
    assert all(words.en for words in found)


def test_a_process_without_grades_is_at_fault(spoil):
    found = check_process(read_process(spoil('ordinary = { zh = "一般", en = "Ordinary" }\n', "")))
    assert "至少要有一个等级" in [words.zh for words in found]


def test_a_clock_that_stopped_on_the_way_need_not_stop_at_the_end(spoil):
    assert check_process(read_process(spoil("[clock.handle]", GATE))) == []


def test_a_request_lasts_from_review_to_review_and_no_longer(small):
    second = small.replace('key = "closed"\nstep', SECOND)
    onward = (
        '[move.onward]\ntitle = "上报"\nfrom = ["checked"]\nto = "second"\nroles = ["centre"]\n[move.close]'
    )
    text = second.replace("[move.close]", onward).replace(
        'from = ["checked"]\nto = "closed"', 'from = ["second"]\nto = "closed"'
    )
    assert check_process(read_process(text)) == []
    opened = text.replace(
        'kind = "review"\nawaits = ["centre"]\ntitle', 'kind = "open"\nawaits = ["centre"]\ntitle'
    )
    assert any("需要输入“reply”" in fault.zh for fault in check_process(read_process(opened)))


def test_a_request_must_come_by_every_road(small):
    bypass = (
        '[move.skip]\ntitle = "直送"\nfrom = ["received"]\nto = "checked"\nroles = ["intake"]\n[move.close]'
    )
    faults = check_process(read_process(small.replace("[move.close]", bypass)))
    assert any("需要输入“reply”" in fault.zh for fault in faults)

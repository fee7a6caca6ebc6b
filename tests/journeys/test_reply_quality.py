"""答复质量: a reply is checked while it is written, read by the centre when weak, sent back, mended."""

from __future__ import annotations

from tests.journeys.test_hotline import call, dispatch

from huiyin.appeals.api import hear_now
from huiyin.journal.api import drain_outbox

PASSED_ON = "您好，您反映的问题已收悉，已转有关部门调查处理，请耐心等待。"
MENDED = (
    "您好！三号楼停水两天的事，水务公司 3 月 4 日到现场核实，阀门井主管破裂，当天下午已更换，"
    "三号楼已恢复供水；"
    "3 月 9 日再回看一次。按《供水服务办法》第八条，没有解决好的继续办，请拨打 0999-5301234 找客服科。"
)


def test_a_mere_forwarding_is_shown_back_sampled_sent_back_and_mended(walker):
    number, link = call(walker)
    walker.press(number, "受理", "linxiao", grade="一般")
    dispatch(walker, number)
    walker.later(hours=1).press(number, "签收", "tanxue")

    # The writer sees what the reply lacks; every word is still there.
    form = walker.case(number, "tanxue", "answer").first("form", id="act-form")
    address = form.attrs["action"].partition("#")[0]
    page = walker.send(
        walker.case(number, "tanxue", "answer"), "tanxue", address, reply=PASSED_ON, note="已电话联系"
    )
    assert page.status == 409
    assert page.stage == "办理中"
    assert "只说转给了别的部门" in page.words
    assert PASSED_ON in page.first("textarea", id="id_reply").words
    assert "已电话联系" in page.first("textarea", id="id_note").words

    # It goes out with a reason, which the centre reads.
    walker.send(page, "tanxue", address, **{"reply-reason": "等交通局回话"})
    page = walker.open("/console/replies", "guoheng")
    assert "不合要求" in page.words
    sample = next(link.attrs["href"] for link in page.find("a") if "三号楼" in link.words)
    page = walker.open(sample, "guoheng")
    assert "等交通局回话" in page.words
    assert PASSED_ON in page.words

    # Unfit: sent back by the process's own move, on record.
    page = walker.send(
        page, "guoheng", sample, verdict="不合格", why="没有写查到什么、怎样处理", then="退回重办（退回修改）"
    )
    assert "已判不合格，并退回重办" in page.words
    assert walker.case(number, "tanxue").stage == "办理中"

    # Mended, it goes through at once, and the person reads it.
    page = walker.later(hours=3).case(number, "tanxue", "answer")
    page = walker.send(page, "tanxue", address, reply=MENDED)
    assert "已提交：提交答复" in page.words
    walker.press(number, "审核办结", "zhaomingde")
    while drain_outbox(hear_now):
        pass
    assert "阀门井主管破裂" in walker.open(link).words
    counted = walker.open("/console/replies?view=units", "guoheng")
    assert "1 / 2 · 50.0%" in counted.words
    assert walker.is_whole(number)

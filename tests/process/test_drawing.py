"""A process is drawn as a diagram that Mermaid can read."""

from __future__ import annotations

import re

import pytest

from huiyin.process.api import draw_process, list_shipped, read_process


def test_a_small_process_is_drawn_whole(small):
    assert draw_process(read_process(small)) == (
        "stateDiagram-v2\n"
        "    [*] --> at_received\n"
        '    state "受理" as step_accept {\n'
        '        state "待受理" as at_received\n'
        "    }\n"
        '    state "答复" as step_answer {\n'
        '        state "待审" as at_checked\n'
        '        state "已办结" as at_closed\n'
        "    }\n"
        "    at_received --> at_checked: 提交\n"
        "    at_checked --> at_closed: 办结\n"
        "    at_closed --> [*]\n"
    )


def test_it_is_drawn_in_english_too(small):
    drawn = draw_process(read_process(small), "en")
    assert 'state "In review" as at_checked' in drawn
    assert not re.search("[\u4e00-\u9fff]", drawn)


def test_signs_that_mermaid_would_read_are_told_in_its_way(spoil):
    drawn = draw_process(read_process(spoil('en = "In review"', "en = 'To \"check\": #1; now'")), "en")
    assert 'state "To #quot;check#quot;： #35;1； now" as at_checked' in drawn


@pytest.mark.parametrize("process", list_shipped(), ids=lambda process: process.key)
def test_every_stage_is_drawn_once_and_every_arrow_joins_two(process):
    drawn = draw_process(process)
    stages = re.findall(r'state ".+" as (at_\w+)$', drawn, re.MULTILINE)
    assert sorted(stages) == sorted(f"at_{key.replace('-', '_')}" for key in process.stages)
    for source, target in re.findall(r"^    (\S+) --> ([^:\n]+)", drawn, re.MULTILINE):
        assert {source, target} <= {*stages, "[*]"}
    assert drawn.count("{") == drawn.count("}")

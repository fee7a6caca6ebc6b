"""The shipped processes are whole: the sources' own steps, both languages, no dead end."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from huiyin.kernel.words import Words
from huiyin.process.api import Move, Process, check_process, list_shipped, read_process, shipped_texts

PROCESSES = list_shipped()
BY_KEY = {process.key: process for process in PROCESSES}
each = pytest.mark.parametrize("process", PROCESSES, ids=lambda process: process.key)

heard = pytest.mark.parametrize(
    "process",
    [process for process in PROCESSES if process.kind == "appeal"],
    ids=lambda process: process.key,
)
"""Processes with a person behind the matter."""

STEPS = {
    "hotline": "受理、派单、办理、答复、督办、办结、回访、评价",
    "through-train": "上报、研判、分流、处置、监督、办结、反馈、测评",
    "enterprise": "一收、二分、三转、四办、五督、六评",
    "scan": "群众点单、后台派单、干部接单、群众评单",
    "stuck": "受理、查因、协调、反馈、评价",
    "admission": "提出、征求意见、决定、入清单",
    "contract-filing": "拟订、民主程序、报备、乡镇审核、备案",
    "cooperative-surplus": "编制方案、监事审核、备查15日、成员大会、公示、返还与分配、办结",
    "distribution": "拟订方案、监事会审核、征求意见、党组织研究、乡镇审核、成员大会、公示、发放、办结",
    "inventory": "清理、登记、核实、公示、确认、上报、纳入平台管理",
    "membership-appeal": "申请、调查取证、一事一议、决定、告知",
    "membership": "分类登记、两委初审、成员大会、张榜公示、确认、名册备案",
    "share-plan": "拟订方案、两委审议、乡镇审核、成员大会、公示、固化发证",
    "share-transfer": "申请、审核、公示、登记",
    "spending": "申请、监事审核、报备、乡镇备案、支付",
    "village-question": "提出、答复、追问、办结",
}
LIMITS = {
    "hotline": {"ordinary": "5wd", "complex": "15d", "utility": "24h", "urgent": "2h"},
    "through-train": {"ordinary": "15wd", "complex": "2mo"},
    "enterprise": {"ordinary": "5wd", "complex": "15wd", "urgent": "24h"},
    "scan": {"ordinary": "3wd", "urgent": "2h"},
    "stuck": {"ordinary": "5wd", "urgent": "24h"},
    "admission": {"other": "5wd"},
    "contract-filing": {"other": "5wd"},
    "cooperative-surplus": {"other": "3mo"},
    "distribution": {"other": "10wd"},
    "inventory": {"other": "90d"},
    "membership-appeal": {"other": "30d"},
    "membership": {"other": "90d"},
    "share-plan": {"other": "10d"},
    "share-transfer": {"other": "10wd"},
    "spending": {"other": "3wd"},
    "village-question": {"other": "5d"},
}


def leaving(process: Process, stage: str) -> Iterator[Move]:
    return (
        move
        for move in process.moves.values()
        if stage in move.sources and any(end != stage for end in move.ends(stage))
    )


def open_stages(process: Process) -> list[str]:
    return [key for key, stage in process.stages.items() if stage.kind != "closed"]


@each
def test_it_has_no_fault(process):
    assert check_process(process) == []


def test_its_steps_bear_the_names_of_its_source():
    assert {process.key: "、".join(step.title.zh for step in process.steps) for process in PROCESSES} == STEPS


def test_its_main_limits_are_those_of_its_source():
    main = {process.key: process.main_clock for process in PROCESSES}
    told = {
        key: {grade: str(limit) for grade, limit in clock.limits.items()}
        for key, clock in main.items()
        if clock
    }
    assert told == LIMITS


@each
def test_it_begins_as_the_least_grade(process):
    assert process.first_grade == "ordinary"


def test_its_file_is_named_by_key_and_version():
    for name, text in shipped_texts().items():
        process = read_process(text)
        assert name == f"{process.key}.{process.version}.toml"


def test_no_two_share_a_number_prefix():
    prefixes = [process.number for process in PROCESSES]
    assert len(set(prefixes)) == len(prefixes)


def list_words(process: Process) -> Iterator[Words]:
    yield process.title
    yield from process.grades.values()
    yield from (step.title for step in process.steps)
    for stage in process.stages.values():
        yield from (stage.title, stage.plain)
    for move in process.moves.values():
        yield from (words for words in (move.title, move.tells, move.plain) if words.zh)
    yield from (clock.title for clock in process.clocks.values())


@each
def test_every_text_is_there_in_both_languages(process):
    for words in list_words(process):
        assert words.en, words.zh
        assert not re.search("[\u4e00-\u9fff]", words.en), words.en
        assert re.search("[\u4e00-\u9fff]|12345", words.zh), words.zh


@each
def test_every_message_names_the_same_in_both_languages(process):
    for words in list_words(process):
        assert sorted(re.findall(r"\{(\w+)\}", words.zh)) == sorted(re.findall(r"\{(\w+)\}", words.en))


@heard
def test_every_stage_has_words_for_the_person(process):
    for text in re.split(r"\n(?=\[)", shipped_texts()[f"{process.key}.{process.version}.toml"]):
        if text.startswith("[[stage]]"):
            assert "\nplain = " in text, text


@each
def test_every_open_stage_is_left_by_staff_or_the_system(process):
    for stage in open_stages(process):
        moves = [
            move
            for move in leaving(process, stage)
            if set(move.roles) != {"person"} and move.key != "withdraw"
        ]
        assert moves, stage


@each
def test_no_closed_stage_is_left(process):
    for move in process.moves.values():
        assert all(process.stages[source].kind != "closed" for source in move.sources), move.key


@heard
def test_the_person_can_always_add_words(process):
    said = {*process.moves["add_words"].sources, *process.moves["supply"].sources}
    assert said == set(open_stages(process))
    assert "person" in process.moves["add_words"].roles


@heard
def test_the_person_can_hurry_until_there_is_an_answer(process):
    rated = set(process.moves["evaluate"].sources)
    theirs = set(process.moves["supply"].sources)
    after = {"evaluated"}
    assert set(process.moves["hurry"].sources) == set(open_stages(process)) - rated - theirs - after


@heard
def test_the_person_can_rate_wherever_they_are_called_back(process):
    evaluate, callback = process.moves["evaluate"], process.moves["callback"]
    assert evaluate.roles == ("person",)
    assert evaluate.sources == callback.sources
    assert "other-unit" in callback.needs


@heard
def test_the_person_can_withdraw_until_there_is_an_answer(process):
    kept = {"finished", "told", "unreached", "evaluated", "board-review"}
    assert set(process.moves["withdraw"].sources) == set(open_stages(process)) - kept


@heard
def test_whoever_is_answered_or_closed_upon_is_told(process):
    for move in process.moves.values():
        if "answer" in move.effects() or (move.key != "withdraw" and "close" in move.does):
            assert move.tells.zh, move.key


@each
def test_every_request_is_decided_by_a_second_person_or_taken_back(process):
    for asking in process.moves.values():
        if "ask" not in asking.does:
            continue
        deciding = [
            move
            for move in process.moves.values()
            if asking.to in move.sources and "second-person" in move.needs
        ]
        assert deciding, asking.key


@each
def test_merged_matters_are_answered_with_their_group(process):
    if "merge" in process.moves:
        assert process.moves["share_answer"].sources == ("merged",)
        assert process.moves["share_answer"].roles == ("system",)
        assert process.moves["share_answer"].to in process.moves["evaluate"].sources


@each
def test_words_for_the_person_that_end_a_matter_reach_its_group_too(process):
    for move in process.moves.values():
        asked = {ask.key for ask in move.asks if ask.required}
        if "reply" in asked and any("close" in does for _to, does in move.exits()):
            assert "answer" in move.does, move.key


def test_an_enterprise_matter_closes_after_its_evaluation_alone():
    process = BY_KEY["enterprise"]
    ends = {move.key for move in process.moves.values() if "closed" in {to for to, _does in move.exits()}}
    assert ends == {"strike_off"}
    assert process.moves["strike_off"].needs == ("evaluated",)


def test_every_door_of_the_through_train_is_open():
    opens = {"visitor", "steward", "person", "intake", "window", "system"}
    assert set(BY_KEY["through-train"].opens) == opens

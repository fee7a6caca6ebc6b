"""The processes that a county runs: shipped ones, and its own."""

from __future__ import annotations

import pytest

from huiyin.cases.api import (
    SYSTEM,
    add_process,
    get_newest,
    get_process,
    list_newest,
    list_views,
    open_cases,
    remove_view,
    save_view,
)
from huiyin.cases.effects import EFFECTS
from huiyin.journal.api import list_entries
from huiyin.kernel.refusals import Refusal
from huiyin.process.api import EFFECTS as NAMES
from huiyin.process.api import shipped_texts

HOTLINE = shipped_texts()["hotline.1.toml"]


def refuse(desk, text):
    with pytest.raises(Refusal) as caught:
        add_process(text, "管旭", desk.now)
    return caught.value


def test_every_effect_that_a_file_may_name_is_carried_out():
    assert set(EFFECTS) == set(NAMES)


def test_a_county_adds_a_version_and_new_cases_run_it(desk):
    old = desk.open()
    added = add_process(
        HOTLINE.replace("version = 1", "version = 2").replace("12345 热线", "新热线"), "管旭", desk.now
    )
    assert (added.version, get_newest("hotline").version) == (2, 2)
    new = desk.open()
    assert (desk.case(old).process_version, desk.case(new).process_version) == (1, 2)
    assert get_process("hotline", 1).title.zh == "12345 热线"
    assert [process.title.zh for process in list_newest() if process.key == "hotline"] == ["新热线"]
    assert list_entries("process:hotline")[0].body["version"] == 2
    desk.move(new, "accept", "linxiao")


def test_a_version_is_never_changed(desk):
    assert refuse(desk, HOTLINE).code == "process-known"
    text = HOTLINE.replace("version = 1", "version = 3")
    add_process(text, "管旭", desk.now)
    assert refuse(desk, text).code == "process-known"


def test_what_is_wrong_is_told_in_both_languages(desk):
    refusal = refuse(desk, "not toml [")
    assert (refusal.code, "TOML" in refusal.words.en, "流程文件" in refusal.words.zh) == (
        "process-misshapen",
        True,
        True,
    )
    faulty = refuse(
        desk, HOTLINE.replace('to = "to-dispatch"', 'to = "nowhere"').replace("version = 1", "version = 4")
    )
    assert (faulty.code, "nowhere" in faulty.words.en) == ("process-faulty", True)


def test_a_process_that_the_county_never_had(desk):
    for find in (lambda: get_process("hotline", 99), lambda: get_newest("nowhere")):
        with pytest.raises(Refusal) as caught:
            find()
        assert caught.value.code == "process-not-found"


def test_a_view_is_kept_under_its_name_replaced_and_removed(desk):
    account = desk.acting("hemin").account_id
    first = save_view(account, " 催办\x00 ", {"tab": "overdue"}, ["number"], desk.now)
    again = save_view(account, "催办", {"tab": "soon"}, [], desk.now)
    assert (first.pk, [view.filters for view in list_views(account)]) == (again.pk, [{"tab": "soon"}])
    remove_view(desk.acting("linxiao").account_id, first.pk)
    assert len(list_views(account)) == 1
    remove_view(account, first.pk)
    assert not list_views(account)


def test_a_view_has_a_short_name_and_there_are_not_too_many(desk):
    account = desk.acting("hemin").account_id
    for name in ("", "  ", "长" * 21):
        with pytest.raises(Refusal):
            save_view(account, name, {}, [], desk.now)
    for at in range(20):
        save_view(account, f"视图{at}", {}, [], desk.now)
    with pytest.raises(Refusal) as caught:
        save_view(account, "再一个", {}, [], desk.now)
    assert caught.value.code == "too-many-views"
    save_view(account, "视图3", {"q": "x"}, [], desk.now)
    assert open_cases([], SYSTEM) == []

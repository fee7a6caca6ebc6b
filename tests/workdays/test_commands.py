"""The commands tell due dates and special days to people and to programs."""

from __future__ import annotations

import json
from datetime import date

import pytest
from click.testing import CliRunner

from huiyin.kernel.words import Words
from huiyin.workdays.api import Calendar, DayRule
from huiyin.workdays.commands import group, make_group


def run(*words: str, under=group, code: int = 0) -> str:
    result = CliRunner().invoke(under, list(words))
    assert result.exit_code == code, result.output
    return result.output


def test_explain_answers_programs_in_json():
    told = json.loads(run("explain", "--from", "2026-09-28T10:00", "--limit", "5wd", "--json"))
    assert told["due"] == "2026-10-10T17:30:00+08:00"
    assert told["provisional"] is False
    assert told["days"][0] == {"date": "2026-09-28", "counted": False, "why": "起算当日不计入"}
    assert len(told["days"]) == 13


def test_explain_reads_offsets_pauses_and_extensions():
    words = ["--from", "2026-10-12T02:00+00:00", "--limit", "1wd", "--extension", "1wd"]
    words += ["--pause", "2026-10-13T09:00/2026-10-14T09:00:00:等材料", "--pause", "2026-12-01/:挂账"]
    told = json.loads(run("explain", *words, "--json"))
    assert told["due"] == "2026-10-15T17:30:00+08:00"
    assert told["days"][1]["why"] == "暂停：等材料"


def test_explain_says_when_nothing_can_be_said():
    words = ["explain", "--from", "2026-10-12T10:00", "--limit", "3wd", "--pause", "2026-10-13T09:00/:检测"]
    assert json.loads(run(*words, "--json"))["due"] is None
    assert "暂停未结束" in run(*words)


def test_explain_draws_a_table_in_either_language():
    words = ["explain", "--from", "2050-10-12T10:00", "--limit", "1wd"]
    assert "到期  2050-10-13 17:30" in run(*words)
    assert "暂定" in run(*words)
    assert "Due  2050-10-13 17:30" in run(*words, "--language", "en")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--from", "soon", "--limit", "5wd"], "看不懂的时间"),
        (["--from", "2026-10-12", "--limit", "soon"], "看不懂的期限"),
        (["--from", "2026-10-12", "--limit", "5wd", "--extension", "0wd"], "期限须为"),
        (["--from", "2026-10-12", "--limit", "5wd", "--pause", "noon"], "看不懂的暂停"),
        (["--from", "2026-10-12", "--limit", "5wd", "--pause", "2026-13-45/"], "看不懂的时间"),
        (["--from", "2026-10-12", "--limit", "5wd", "--pause", "2026-10-14/2026-10-13"], "早于"),
        (["--from", "9999-10-12", "--limit", "5wd"], "年"),
    ],
)
def test_what_cannot_be_read_is_refused_in_plain_words(words, told):
    assert told in run("explain", *words, code=2)


def test_the_year_lists_its_special_days():
    told = run("year", "2026")
    assert "2026-10-01 周四  休息  国庆节" in told
    assert "2026-10-10 周六  上班  国庆节调休上班" in told
    assert len(told.splitlines()) == 39
    assert "暂定" in run("year", "2050")
    assert json.loads(run("year", "2026", "--json"))["days"][0]["name"] == "元旦"


def test_the_commands_count_by_the_calendar_that_they_are_given():
    county_day = DayRule(date(2026, 10, 13), False, Words("县庆", "County day"), "县政府通知")
    county = make_group(lambda: Calendar({county_day.on: county_day}))
    told = run("explain", "--from", "2026-10-12T10:00", "--limit", "1wd", under=county)
    assert "到期  2026-10-14 17:30" in told
    assert "县庆" in told
    assert "County day" in run("year", "2026", "--language", "en", under=county)

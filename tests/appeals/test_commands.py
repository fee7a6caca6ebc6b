"""`huiyin intake`: what it prints, and where."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from tests.appeals.test_intake import ROWS, lines, put

from huiyin.appeals.commands import intake
from huiyin.kernel.refusals import Refusal


def run(*given):
    return CliRunner().invoke(intake, [str(one) for one in given])


def test_the_last_line_is_json_and_nothing_else_is_on_standard_output(desk, tmp_path):
    path = put(tmp_path, "a.jsonl", lines(*ROWS) + "[]\n")
    result = run(path, "--channel", "board", "--json")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert told.pop("seconds") >= 0
    assert told == {"read": 3, "taken": 2, "skipped": 0, "bad": 1}
    assert "a.jsonl.bad.jsonl" in result.stderr


def test_without_it_a_person_reads_a_sentence(desk, tmp_path):
    result = run(put(tmp_path, "a.jsonl", lines(*ROWS)), "--channel", "board", "--map", "detail=words")
    assert result.stdout.startswith("读 2 行，登记 2，重复 0，有问题 0，用时 ")


def test_a_broken_file_is_said_on_the_error_output(desk, tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"x")
    result = run(path, "--channel", "board")
    assert result.exit_code == 1
    assert "Excel" in result.stderr
    assert result.stdout == ""


def test_a_refusal_goes_up_to_the_command_line(desk, tmp_path):
    result = run(put(tmp_path, "a.jsonl", lines(*ROWS)), "--channel", "nowhere")
    assert isinstance(result.exception, Refusal)
    with pytest.raises(Refusal):
        raise result.exception

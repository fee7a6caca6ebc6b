"""`huiyin replies check`: a file or one reply, offline; judged rows are measured."""

from __future__ import annotations

import gzip
import json

import pytest
from click.testing import CliRunner

from huiyin.replies.commands import replies
from huiyin.replies.measuring import measure

ROWS = [
    {
        "subject": "路灯不亮",
        "detail": "新民路路灯不亮",
        "reply": "您好，已转有关部门处理。",
        "human_interpretable": 0,
    },
    {
        "subject": "路灯不亮",
        "detail": "新民路路灯不亮",
        "reply": "您好，新民路路灯不亮是电缆老化，3月5日已到现场更换，当晚亮灯。问题再现请拨打0999-5301111。",
        "human_interpretable": 1,
    },
    {"subject": None, "reply": ""},
]


@pytest.fixture
def run():
    return lambda *arguments: CliRunner().invoke(replies, ["check", *map(str, arguments)])


def test_one_reply_is_told_with_what_it_lacks(run):
    told = run("--text", "您好，已转有关部门处理。", "--about", "路灯不亮").output
    assert "poor\tonly-forwarded" in told
    assert "查到什么" in told


def test_a_file_is_told_row_by_row_and_measured(run, tmp_path):
    file = tmp_path / "rows.jsonl.gz"
    with gzip.open(file, "wt", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS)
    plain = run(file).output.splitlines()
    assert [line.split("\t")[2] for line in plain[:3]] == ["poor", "good", "poor"]
    assert plain[3].startswith("# AUC 1.0000")
    *rows, last = [json.loads(line) for line in run(file, "--json").output.splitlines()]
    assert [row["row"] for row in rows] == [1, 2, 3]
    assert rows[1]["score"] > rows[0]["score"]
    assert rows[0]["findings"][0]["zh"]
    assert last == {"rows": 3, "measured": {"auc": 1.0, "low": 1.0, "high": 1.0, "rows": 2, "good": 1}}


def test_a_table_is_read_too(run, tmp_path):
    file = tmp_path / "rows.csv"
    file.write_text("subject,detail,reply\n路灯,不亮,已转有关部门\n", encoding="utf-8-sig")
    assert run(file).output == "1\t4\tpoor\tonly-forwarded off-matter no-deed no-time no-rule no-contact\n"


@pytest.mark.parametrize("text", ["[1]\n", "{broken\n"])
def test_what_is_no_row_is_refused(run, tmp_path, text):
    file = tmp_path / "rows.jsonl"
    file.write_text(text, encoding="utf-8")
    assert run(file).exit_code == 1


def test_a_file_or_a_text_and_not_both(run):
    assert run().exit_code == 2


def test_the_area_counts_ties_by_half_and_needs_both_classes():
    assert measure([1, 2], [True, True]) is None
    told = measure([50, 50, 10, 90], [True, False, False, True])
    assert told is not None
    assert told.auc == 8750
    assert told.low <= told.auc <= told.high

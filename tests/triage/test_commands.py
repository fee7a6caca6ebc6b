"""`huiyin triage`: train, judge, predict and explain, with and without a database."""

from __future__ import annotations

import json
from random import Random

import pytest
from click.testing import CliRunner

from huiyin.triage.commands import make_group

KINDS = {
    "供水": ["停水", "水压", "水管"],
    "路灯": ["路灯", "灯杆", "照明"],
    "占道": ["摆摊", "占道", "流动摊贩"],
}
WHERE = ["东门", "西街", "三号楼", "桥头", "小学旁", "市场口"]


def _rows(count=120):
    rng = Random(7)  # noqa: S311  chance for a story, not for a secret
    for at in range(count):
        label = rng.choice(list(KINDS))
        words = rng.sample(KINDS[label], 2)
        place = rng.choice(WHERE)
        yield {
            "row": f"r{at}",
            "subject": f"{place}{words[0]}的问题",
            "detail": f"{place}{'，'.join(words)}，好多天了没有人管",
            "label": label,
            "group": f"g{at // 2}",
        }


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in _rows()), encoding="utf-8")
    return path


@pytest.fixture
def run():
    """`run("train", file)`: what the command printed; it must end well unless `fails`."""
    asked = []

    def start(*arguments, fails=False):
        group = make_group(asked.append)
        done = CliRunner().invoke(group, [str(one) for one in arguments], catch_exceptions=False)
        assert (done.exit_code != 0) == fails, done.output
        return done.output

    start.asked = asked
    return start


def test_a_model_file_needs_no_database(run, file, tmp_path):
    out = tmp_path / "models" / "model.bin"
    told = json.loads(run("train", file, "--model", out, "--json"))
    assert (told["rows"], sorted(told["labels"])) == (120, sorted(KINDS))
    judged = json.loads(run("evaluate", file, "--model", out, "--json"))
    assert judged["macro_f1"] > 0.95
    answers = tmp_path / "answers.jsonl"
    run("predict", file, "--out", answers, "--model", out)
    lines = [json.loads(line) for line in answers.read_text(encoding="utf-8").splitlines()]
    assert [line["row"] for line in lines] == [f"r{at}" for at in range(120)]
    assert all(set(line) == {"row", "label", "confidence", "reasons"} for line in lines)
    assert all(0 <= line["confidence"] <= 1 for line in lines)
    assert "供水" in run("explain", "三号楼停水了", "--model", out)
    assert run.asked == []


def test_five_folds_tell_all_that_is_promised(run, file):
    told = json.loads(run("evaluate", file, "--json"))
    assert {"macro_f1", "accuracy", "per_class", "calibration_error", "coverage"} <= set(told)
    assert {"coverage", "precision", "threshold"} == set(told["coverage"][0])
    assert set(told["per_class"]) == set(KINDS)
    assert "macro_f1" in run("evaluate", file)
    assert run.asked == []


def test_rows_without_text_or_label_are_answered_too(run, file, tmp_path):
    out, asked, answers = tmp_path / "m.bin", tmp_path / "asked.jsonl", tmp_path / "answers.jsonl"
    run("train", file, "--model", out)
    asked.write_bytes(
        b'\xef\xbb\xbf{"subject": null, "detail": null}\n{"row": 9, "detail": "'
        + "停水".encode()
        + b'"}\n{}\n'
    )
    run("predict", asked, "--out", answers, "--model", out)
    lines = [json.loads(line) for line in answers.read_text(encoding="utf-8").splitlines()]
    assert [line["row"] for line in lines] == [1, 9, 3]
    assert lines[1]["label"] == "供水"


def test_a_bad_line_ends_the_command_with_its_number(run, file, tmp_path):
    bad = tmp_path / "bad.jsonl"
    bad.write_text(file.read_text(encoding="utf-8") + "\n{oops\n", encoding="utf-8")
    for command in (("train", bad), ("evaluate", bad), ("predict", bad, "--out", tmp_path / "x")):
        assert "第 121 行" in run(*command, fails=True)
    one = tmp_path / "one.jsonl"
    one.write_text('{"subject": "a", "label": "b"}\n', encoding="utf-8")
    run("train", one, "--model", tmp_path / "m", fails=True)
    assert "不是模型文件" in run("explain", "停水", "--model", one, fails=True)


@pytest.mark.django_db
def test_a_version_is_kept_judged_and_used_by_the_next_commands(run, file, tmp_path):
    told = json.loads(run("train", file, "--json"))
    assert told["version"] == 1
    assert told["state"] == "candidate"
    assert told["macro_f1"] > 0.9
    answers = tmp_path / "answers.jsonl"
    run("predict", file, "--out", answers)
    assert len(answers.read_text(encoding="utf-8").splitlines()) == 120
    assert json.loads(run("train", file, "--promote", "--json"))["state"] == "promoted"
    assert json.loads(run("evaluate", file, "--kept", "--json"))["accuracy"] > 0.9
    assert len(run("list").splitlines()) == 2
    assert run.asked


@pytest.mark.django_db
def test_without_any_version_a_prediction_says_what_to_do(run, file, tmp_path):
    assert "huiyin triage train" in run("predict", file, "--out", tmp_path / "x", fails=True)
    assert "至少要" in run("train", "--cases", fails=True)


def test_a_file_or_the_cases_not_both(run, file):
    assert "--cases" in run("train", fails=True)
    assert "--cases" in run("train", file, "--cases", fails=True)

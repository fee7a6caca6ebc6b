"""The commands list, check, show and draw."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from huiyin.process.api import LARGEST, list_shipped, read_process
from huiyin.process.commands import make_group, process


def run(*args, group=process):
    return CliRunner().invoke(group, [str(arg) for arg in args])


@pytest.fixture
def file(tmp_path, small):
    path = tmp_path / "small.1.toml"
    path.write_text(small, encoding="utf-8")
    return path


def test_list_names_every_process_with_its_steps():
    result = run("list")
    assert result.exit_code == 0
    assert "scan 1  码上办  群众点单、后台派单、干部接单、群众评单" in result.output
    assert "hotline 1  12345 hotline" in run("list", "--language", "en").output


def test_list_answers_machines_in_json():
    listed = json.loads(run("list", "--json").output)
    steps = {row["key"]: row["steps"] for row in listed}
    assert list(steps) == sorted(process.key for process in list_shipped())
    assert steps["enterprise"][0] == "一收"


def test_a_sound_file_has_no_faults(file):
    result = run("check", file)
    assert (result.exit_code, result.output) == (0, f"{file}: 没有问题\n")
    assert run("check", file, "--language", "en").output == f"{file}: no faults\n"


def test_a_byte_order_mark_does_no_harm(file, small):
    file.write_text(small, encoding="utf-8-sig")
    assert run("check", file).exit_code == 0


def test_the_faults_of_a_file_are_told_in_words(file, small):
    file.write_text(
        small.replace("second-person", "third-person").replace("[0.8, 0.5]", "[0.8]"), encoding="utf-8"
    )
    result = run("check", file)
    assert (result.exit_code, result.output) == (1, f"{file}: 动作“close”的守卫“third-person”未知\n")


def test_a_misshapen_file_is_told_in_words(file, small):
    file.write_text(small.replace("version = 1", "version = 0"), encoding="utf-8")
    result = run("check", file)
    assert (result.exit_code, result.output) == (1, f"{file}: process.version 应是 1 至 99 的整数\n")


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00", b"# \xe4\xb8", b"#" * (LARGEST + 9), "长".encode() * LARGEST]
)
def test_what_is_no_process_file_is_told_in_words(file, content):
    file.write_bytes(content)
    result = run("check", file)
    assert result.exit_code == 1
    assert result.exception is None or isinstance(result.exception, SystemExit)


def test_one_bad_file_among_good_ones_fails_the_check(file, tmp_path):
    bad = tmp_path / "bad.toml"
    bad.write_text("?", encoding="utf-8")
    result = run("check", bad, file)
    assert result.exit_code == 1
    assert "不是 TOML" in result.output
    assert "没有问题" in result.output


def test_a_file_that_is_not_there_is_refused(tmp_path):
    assert run("check", tmp_path / "none.toml").exit_code == 2


def test_draw_prints_the_diagram():
    assert run("draw", "scan").output.startswith("stateDiagram-v2\n")
    assert "People rate" in run("draw", "scan", "--language", "en").output


def test_an_unknown_key_says_which_there_are():
    result = run("draw", "skan")
    assert result.exit_code == 2
    assert "scan 1" in result.output
    assert "hotline 1" in result.output


def test_an_unknown_version_says_which_there_are():
    result = run("draw", "scan", "--version", "9")
    assert result.exit_code == 2
    assert "scan 1" in result.output
    assert "hotline" not in result.output


def test_show_tells_who_may_do_what():
    output = run("show", "scan").output
    assert "接单 [sign] 经办人（主办） / 单位负责人（主办） → 办理中" in output
    assert "Handler (lead)" in run("show", "scan", "--language", "en").output


def test_the_newest_of_the_countys_own_versions_is_taken(small):
    newer = small.replace("version = 1", "version = 2").replace("小流程", "新流程")
    group = make_group(lambda: [read_process(newer), read_process(small)])
    assert "新流程" in run("show", "small", group=group).output
    assert "小流程" in run("show", "small", "--version", "1", group=group).output

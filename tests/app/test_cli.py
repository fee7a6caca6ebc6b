"""The command line, without a database."""

from __future__ import annotations

import click
import pytest
from click.testing import CliRunner

from huiyin.app import cli
from huiyin.app.lazy import LazyGroup, Mount
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words


def run_refused() -> None:
    raise Refusal("not-here", Words("不在这里办理。", "Not done here."), rule="《信访工作条例》")


refused = click.Command("refused", callback=run_refused)


def make_group(told: list[Refusal]) -> LazyGroup:
    return LazyGroup(
        name="group", mounts={"refused": Mount(f"{__name__}:refused", "Refuses.")}, tell=told.append
    )


def test_help_lists_every_command_without_importing_any_of_them(monkeypatch):
    monkeypatch.setattr("huiyin.app.lazy.import_module", lambda name: pytest.fail(f"{name} was imported"))
    answer = CliRunner().invoke(cli.huiyin, ["--help"])
    assert answer.exit_code == 0
    for name, mount in cli.MOUNTS.items():
        assert (f"  {name} " in answer.output) == bool(mount.about)


def test_the_version_is_told():
    answer = CliRunner().invoke(cli.huiyin, ["--version"])
    assert answer.output.startswith("huiyin, version ")


def test_a_refusal_ends_the_command_with_its_words_and_its_rule_and_without_a_traceback(monkeypatch):
    told: list[Refusal] = []
    group = make_group(told)
    monkeypatch.setattr(
        "huiyin.app.lazy.import_module", lambda _name: type("module", (), {"refused": refused})
    )
    answer = CliRunner().invoke(group, ["refused"])
    assert answer.exit_code == 1
    assert [refusal.code for refusal in told] == ["not-here"]
    assert "Traceback" not in answer.output


def test_what_is_told_goes_to_stderr_so_that_data_on_stdout_stays_clean(capsys, monkeypatch):
    monkeypatch.setenv("HUIYIN_LANGUAGE", "en")
    cli.show_refusal(Refusal("not-here", Words("不在这里办理。", "Not done here."), rule="Rule 7"))
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "Not done here.\nRule: Rule 7\n"


def test_an_unknown_command_is_named(monkeypatch):
    answer = CliRunner().invoke(cli.huiyin, ["nothing-of-the-kind"])
    assert answer.exit_code == 2
    assert "nothing-of-the-kind" in answer.output


@pytest.mark.parametrize("name", [name for name, mount in cli.MOUNTS.items() if mount.about])
def test_every_command_is_where_the_table_says(name, monkeypatch):
    monkeypatch.setattr("sys.argv", ["huiyin", name, "--help"])
    answer = CliRunner().invoke(cli.huiyin, [name, "--help"])
    assert answer.exit_code == 0, answer.output

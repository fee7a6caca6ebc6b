"""What the operator sees of the journal on the command line."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from django.utils import translation
from tests.journal.conftest import change, make_event

from huiyin.journal import rotating
from huiyin.journal.api import announce, seal
from huiyin.journal.commands import journal, keys
from huiyin.kernel.refusals import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(monkeypatch):
    monkeypatch.setattr("huiyin.journal.verifying._WITNESSES", {})
    monkeypatch.setattr(rotating, "_COLUMNS", {})
    return lambda command, *words: CliRunner().invoke(command, words)


def test_a_whole_record_is_said_to_be_whole(chain, run):
    answer = run(journal, "verify")
    assert answer.exit_code == 0
    assert answer.stdout == "核验通过：2 条链、7 条记录均完好。\n"


def test_each_finding_is_said_by_the_number_of_the_case(chain, run):
    change("UPDATE journal_entry SET verb = 'x' WHERE subject = %s AND seq = 3", chain)
    answer = run(journal, "verify")
    assert answer.exit_code == 1
    assert "✗ 工单 HC1 的第 3 条记录被改动过。" in answer.stdout


def test_findings_come_as_json_for_machines(chain, run):
    change("UPDATE journal_entry SET verb = 'x' WHERE subject = %s AND seq = 3", chain)
    answer = run(journal, "verify", "--json")
    assert answer.exit_code == 1
    (finding,) = json.loads(answer.stdout)["findings"]
    assert (finding["subject"], finding["seq"], finding["kind"]) == ("case:HC1", 3, "altered")


def test_the_operator_may_read_english(chain, run):
    with translation.override("en"):
        assert run(journal, "verify").stdout == "All is whole: 2 chains, 7 entries.\n"


def test_the_root_of_a_day_is_shown(chain, run):
    answer = run(journal, "root", "--on", "2020-01-01")
    assert answer.stdout.startswith("2020-01-01 日根（0 条链）：")


def test_the_record_of_a_case_is_shown_by_its_number(chain, run):
    lines = run(journal, "show", "HC1").stdout.splitlines()
    assert len(lines) == 5
    assert "派单员 · 县中心  dispatch" in lines[0]
    assert "2026-11-18 10:00:00" in lines[0]


def test_a_subject_without_record_is_refused(run):
    answer = run(journal, "show", "case:none")
    assert isinstance(answer.exception, Refusal)


def test_events_set_aside_are_listed_and_put_back(run):
    announce([make_event("bad")])
    change("UPDATE journal_outbox SET failed_at = now(), error = 'ValueError'")
    assert "bad  工单 HC1  ValueError" in run(journal, "events").stdout
    assert "1" in run(journal, "events", "--retry").stderr
    assert run(journal, "events").stdout == ""


def test_rotation_names_what_does_not_open(run, settings):
    settings.SEALING_KEYS = ["old"]
    change("CREATE TABLE sealed_row (id bigint, sealed bytea)")
    change("INSERT INTO sealed_row VALUES (1, %s), (2, 'x')", seal("text", "row"))
    rotating.register_sealed("sealed_row", "id", "sealed", "row")
    settings.SEALING_KEYS = ["new", "old"]
    answer = run(keys, "rotate")
    assert answer.exit_code == 1
    assert answer.stdout == "密钥轮换完成，重新封存 1 条。\n"
    assert "sealed_row 第 2 行无法打开" in answer.stderr

"""`huiyin register`: searched, exported, checked, and imported as one version in an administrator's name."""

from __future__ import annotations

import json
from datetime import date

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from huiyin.administration.setup.commands import register
from huiyin.kernel.refusals import Refusal
from huiyin.register.api import Duty, list_versions

pytestmark = pytest.mark.usefixtures("county")


def run(*args):
    return CliRunner().invoke(register, [str(one) for one in args], catch_exceptions=False)


def _export(tmp_path, *more):
    file = tmp_path / "duties.xlsx"
    assert run("export", file, *more).exit_code == 0
    return file


def _change(file, **cells):
    """Write into the first duty of the sheet, by heading."""
    book = load_workbook(file)
    sheet = book.active
    headings = [cell.value for cell in sheet[1]]
    for heading, value in cells.items():
        sheet.cell(2, headings.index(heading) + 1).value = value
    book.save(file)
    return int(sheet.cell(2, 1).value)


def test_it_is_searched_for_people_and_for_machines():
    told = run("search", "路灯").output
    assert "城管局（主办）" in told
    assert "1 条" in told
    found = json.loads(run("search", "路灯", "--json").output)
    assert [(one["unit"], one["category"], one["part"]) for one in found] == [("urban", "0203", "lead")]
    assert json.loads(run("search", "路灯", "--on", "2020-01-01", "--json").output) == []


def test_what_was_exported_is_read_back_without_a_change(tmp_path):
    before = len(list_versions())
    result = run("import", _export(tmp_path), "--as", "guanxu")
    assert "新增 0、改动 0" in result.output
    assert len(list_versions()) == before


def test_a_changed_sheet_is_checked_and_then_written_as_one_version_with_its_paper(tmp_path):
    file = _export(tmp_path, "--on", "2026-03-01")
    duty, before = _change(file, 失效="2027-12-31"), len(list_versions())
    assert "改动 1" in run("import", file, "--as", "guanxu", "--check").output
    assert len(list_versions()) == before
    assert "已写入" in run("import", file, "--as", "guanxu", "--reason", "禾政办〔2026〕9号").output
    newest = list_versions()[0]
    assert (newest.by_name, newest.reason, newest.source) == ("管旭", "禾政办〔2026〕9号", "command")
    assert Duty.objects.get(pk=duty).valid_until == date(2027, 12, 31)


def test_a_wrong_sheet_writes_nothing_and_says_why(tmp_path):
    file = _export(tmp_path)
    _change(file, 失效="2001-01-01")
    before = len(list_versions())
    result = run("import", file, "--as", "guanxu")
    assert result.exit_code == 1
    assert "第 2 行 until" in result.output
    assert len(list_versions()) == before


def test_only_an_administrator_lends_their_name(tmp_path):
    with pytest.raises(Refusal, match="not-your-duty"):
        run("import", _export(tmp_path), "--as", "tanxue")

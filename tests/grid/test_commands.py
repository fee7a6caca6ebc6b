"""`huiyin grid` takes in and gives out the map, and says where a place lies."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from huiyin.grid.commands import grid as command


@pytest.fixture
def run(grid):
    return lambda *arguments: CliRunner().invoke(command, arguments, catch_exceptions=False)


def test_what_was_exported_is_checked_and_taken_in_again(run, tmp_path):
    file = str(tmp_path / "cells.geojson")
    assert run("export", file).exit_code == 0
    checked = run("import", file, "--check")
    assert (checked.exit_code, "没变 189" in checked.output) == (0, True)
    assert "已写入" in run("import", file).output


def test_a_wrong_map_ends_with_one_and_says_what_is_wrong(run, tmp_path):
    file = tmp_path / "wrong.geojson"
    ring = [[112.3, 29.1], [112.31, 29.1], [112.31, 29.11], [112.3, 29.1]]
    feature = {"type": "Feature", "properties": {"code": "nowhere"}}
    geometry = {"type": "Polygon", "coordinates": [ring]}
    told = {"type": "FeatureCollection", "features": [{**feature, "geometry": geometry}]}
    file.write_text(json.dumps(told))
    result = run("import", str(file))
    assert result.exit_code == 1
    assert "nowhere" in result.output


def test_a_text_is_told_in_words_and_as_json(run):
    assert "石门镇上坝村 (999001003002)" in run("resolve", "石门镇上坝村3组").output
    told = json.loads(run("resolve", "幸福里小区3栋", "--json").output)
    assert (told["cell"]["code"], told["how"]) == ("999001001005001", "text")
    assert "不知道" in run("resolve", "人民路12号").output
    assert run("resolve", "--point", "112.3,29.17").exit_code == 0
    assert run("resolve", "--point", "here").exit_code == 2

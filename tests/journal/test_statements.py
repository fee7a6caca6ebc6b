"""SQL stands in files of named statements."""

from __future__ import annotations

import pytest

from huiyin.journal.api import load_queries
from huiyin.journal.hashing import _sm3, make_hash
from huiyin.journal.values import Algo


def write(folder, text):
    path = folder / "queries.sql"
    path.write_text(text, encoding="utf-8")
    return path


def test_statements_are_found_by_name(tmp_path):
    path = write(
        tmp_path, "-- what it is\n-- name: one\n-- about 100 %\nSELECT 1\n\n-- name: two\nSELECT\n    2\n"
    )
    assert load_queries(path) == {"one": "SELECT 1", "two": "SELECT\n2"}
    assert load_queries(tmp_path / "store.py") == load_queries(path)


def test_the_statements_of_a_package_are_found():
    assert "append" in load_queries("huiyin.journal")


@pytest.mark.parametrize("text", ["SELECT 1\n", "-- name: one\nSELECT 1\n-- name: one\nSELECT 2\n"])
def test_a_file_that_is_unclear_is_refused(tmp_path, text):
    path = write(tmp_path, text)
    with pytest.raises(ValueError, match=r"twice|before"):
        load_queries(path)


def test_sm3_gives_the_value_of_its_standard():
    known = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"  # GB/T 32905, example 1
    assert make_hash(Algo.SM3, b"abc").hex() == known
    assert _sm3(b"abc").hex() == known

"""Sealed data opens only unchanged, for its purpose, with a key that is here; keys can be rotated."""

from __future__ import annotations

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from tests.journal.conftest import change

from huiyin.journal import rotating
from huiyin.journal.api import (
    SealBroken,
    blind,
    open_seal,
    open_seals,
    register_sealed,
    reseal,
    rotate_keys,
    seal,
)

IDENTITY = {"name": "张三", "phone": "13900001234"}


@given(
    st.text(st.characters(exclude_categories=["Cs"])) | st.dictionaries(st.text(), st.none() | st.integers())
)
def test_what_was_sealed_comes_back(value):
    assert open_seal(seal(value, "person"), "person") == value


def test_nothing_can_be_read_from_a_seal():
    sealed = seal(IDENTITY, "person")
    assert b"13900001234" not in sealed
    assert sealed != seal(IDENTITY, "person")


@given(st.data())
def test_a_seal_changed_in_any_bit_is_broken(data):
    sealed = bytearray(seal(IDENTITY, "person"))
    bit = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(SealBroken):
        open_seal(bytes(sealed), "person")


@given(st.integers(0, 60))
def test_a_seal_cut_short_is_broken(length):
    with pytest.raises(SealBroken):
        open_seal(seal(IDENTITY, "person")[:length], "person")


def test_a_seal_does_not_open_for_another_purpose():
    with pytest.raises(SealBroken, match="用途不符"):
        open_seal(seal("13900001234", "phone"), "id-number")


def test_many_seals_open_as_each_would_by_itself(settings):
    old = [seal({"name": "张三"}, "phone"), seal("电话", "phone")]
    settings.SEALING_KEYS = ["newer", *settings.SEALING_KEYS]
    sealed = [*old, seal({"name": "李四", "count": 3}, "phone")]
    assert list(open_seals(sealed, "phone")) == [open_seal(one, "phone") for one in sealed]
    for broken in (sealed[0][:-1] + b"?", sealed[0][:9], b""):
        with pytest.raises(SealBroken):
            list(open_seals([sealed[2], broken], "phone"))


def test_a_seal_by_an_unknown_key_says_which_key_is_missing(settings):
    sealed = seal("13900001234", "phone")
    settings.SEALING_KEYS = ["another"]
    with pytest.raises(SealBroken) as broken:
        open_seal(sealed, "phone")
    assert sealed[1:5].hex() in broken.value.words.en


def test_an_older_key_still_opens_and_is_resealed(settings):
    settings.SEALING_KEYS = ["old"]
    sealed = seal(IDENTITY, "person")
    assert reseal(sealed, "person") is None
    settings.SEALING_KEYS = ["new", "old"]
    assert open_seal(sealed, "person") == IDENTITY
    fresh = reseal(sealed, "person")
    settings.SEALING_KEYS = ["new"]
    assert open_seal(fresh, "person") == IDENTITY


def test_a_blind_index_is_equal_for_equal_values_of_one_purpose_and_key(settings):
    made = blind("13900001234", "phone")
    assert len(made) == 16
    assert made == blind("13900001234", "phone")
    assert made != blind("13900001235", "phone")
    assert made != blind("13900001234", "id-number")
    settings.INDEX_KEY = "another"
    assert made != blind("13900001234", "phone")


@pytest.fixture
def sealed_rows(db, settings, monkeypatch):
    """1,203 rows sealed by an old key, some empty."""
    monkeypatch.setattr(rotating, "_COLUMNS", {})
    settings.SEALING_KEYS = ["old"]
    change('CREATE TABLE "sealed rows" (id bigint PRIMARY KEY, sealed bytea)')
    with connection.cursor() as cursor:
        rows = [(number, seal(f"text {number}", "row")) for number in range(1203)] + [(2000, None)]
        cursor.executemany('INSERT INTO "sealed rows" VALUES (%s, %s)', rows)
    register_sealed("sealed rows", "id", "sealed", "row")
    register_sealed("sealed rows", "id", "sealed", "row")
    settings.SEALING_KEYS = ["new", "old"]


def read_rows():
    with connection.cursor() as cursor:
        cursor.execute('SELECT id, sealed FROM "sealed rows" WHERE sealed IS NOT NULL ORDER BY id')
        return cursor.fetchall()


def test_rotation_seals_every_row_by_the_current_key(sealed_rows, settings):
    told = []
    assert rotate_keys(lambda *done: told.append(done)) == {"sealed rows": 1203}
    assert told == [("sealed rows", count) for count in (500, 1000, 1203)]
    settings.SEALING_KEYS = ["new"]
    assert all(open_seal(sealed, "row") == f"text {number}" for number, sealed in read_rows())
    assert rotate_keys() == {"sealed rows": 0}


def test_an_interrupted_rotation_goes_on_where_it_stopped(sealed_rows):
    def stop(table, count):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotate_keys(stop)
    assert rotate_keys() == {"sealed rows": 703}


def test_a_broken_seal_is_named_and_the_rest_is_rotated(sealed_rows):
    change("UPDATE \"sealed rows\" SET sealed = 'x' WHERE id = 700")
    broken = []
    counts = rotate_keys(on_broken=lambda *named: broken.append(named[:2]))
    assert counts == {"sealed rows": 1202}
    assert broken == [("sealed rows", 700)]


def test_a_broken_seal_ends_the_rotation_when_nobody_takes_note(sealed_rows):
    change("UPDATE \"sealed rows\" SET sealed = 'x' WHERE id = 700")
    with pytest.raises(SealBroken):
        rotate_keys()

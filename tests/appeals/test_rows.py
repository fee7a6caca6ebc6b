"""Whatever a file or a row holds, it is a request or there is a reason why not."""

from __future__ import annotations

import gzip
import json
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cases.county import WEDNESDAY, ZONE

from huiyin.appeals.mapping import make_appeal
from huiyin.appeals.sources import BadRow, UnreadableFile, count_rows, read_rows


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-01T08:30:00", datetime(2026, 3, 1, 8, 30, tzinfo=ZONE)),
        ("2026-03-01T00:30:00Z", datetime(2026, 3, 1, 8, 30, tzinfo=ZONE)),
        ("2026-03-01T08:30:00+08:00", datetime(2026, 3, 1, 8, 30, tzinfo=ZONE)),
        ("2026/3/1 8:30", datetime(2026, 3, 1, 8, 30, tzinfo=ZONE)),
        ("2026/03/01 08:30:59", datetime(2026, 3, 1, 8, 30, 59, tzinfo=ZONE)),
        ("2026-03-01", datetime(2026, 3, 1, tzinfo=ZONE)),
        ("20260301", datetime(2026, 3, 1, tzinfo=ZONE)),
        ("2026年3月1日", datetime(2026, 3, 1, tzinfo=ZONE)),
        ("", WEDNESDAY),
        (None, WEDNESDAY),
    ],
)
def test_times_are_read_as_people_write_them(text, moment):
    appeal = make_appeal({"title": "停水", "time": text}, {}, "board", "hotline", WEDNESDAY, ZONE)
    assert appeal.opened_at == moment


@pytest.mark.parametrize(
    "text", ["昨天", "2026-13-01", "1989-12-31", "9999-12-31", "0001-01-01", "17:30", timedelta(days=1), 12.5]
)
def test_a_time_that_cannot_be_is_a_reason(text):
    with pytest.raises(ValueError, match="time"):
        make_appeal({"title": "停水", "time": text}, {}, "board", "hotline", WEDNESDAY, ZONE)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(["a.jsonl", "a.csv", "a.jsonl.gz", "a.csv.gz", "a.xlsx"]),
    raw=st.binary(max_size=300) | st.text(max_size=100).map(lambda text: text.encode("utf-16")),
    zipped=st.booleans(),
)
def test_any_bytes_are_rows_bad_rows_or_an_unreadable_file(tmp_path, name, raw, zipped):
    path = tmp_path / name
    path.write_bytes(gzip.compress(raw) if zipped else raw)
    count_rows(path)
    try:
        for line, row in read_rows(path):
            assert line > 0
            if not isinstance(row, BadRow):
                make_or_refuse(row)
    except UnreadableFile:
        pass


SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None), max_size=20)
)
FIELDS = ["title", "words", "id", "time", "phone", "lat", "lon", "address", "name", "detail"]


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(st.sampled_from(FIELDS) | st.text(max_size=5), SCALARS | st.lists(SCALARS, max_size=2))
)
def test_any_row_is_a_request_or_has_a_reason(row):
    make_or_refuse(json.loads(json.dumps(row)))


def make_or_refuse(row):
    try:
        appeal = make_appeal(row, {}, "board", "hotline", WEDNESDAY, ZONE)
    except ValueError:
        return
    assert appeal.words.encode()
    assert appeal.source_key.startswith("board:")


def test_a_record_that_tells_no_state_of_its_own_is_a_request():
    row = {"service_request_id": "7", "description": "路灯不亮"}
    assert make_appeal(row, {}, "portal", "hotline", WEDNESDAY, ZONE).source_key == "portal:7"

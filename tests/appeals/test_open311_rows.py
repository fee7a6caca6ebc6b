"""Records of another place's Open311 become requests that keep what they were called and how they stood."""

from __future__ import annotations

import json
from datetime import timedelta

from tests.cases.county import WEDNESDAY, ZONE

from huiyin.appeals.api import intake_file
from huiyin.appeals.mapping import make_appeal
from huiyin.cases.api import Case
from huiyin.journal.api import list_entries

RECORD = {
    "service_request_id": "101",
    "status": "closed",
    "service_name": "Street light",
    "service_code": "lamp",
    "requested_datetime": "2026-01-01T00:14:10-05:00",
    "updated_datetime": "2026-01-02T20:05:14-05:00",
    "lat": 30.12345678,
    "long": 120.5,
    "address": "80 G St",
    "description": "Dark since Monday",
    "status_notes": "Case closed.",
}


def make(**changed):
    return make_appeal({**RECORD, **changed}, {}, "open311", "hotline", WEDNESDAY, ZONE)


def test_every_field_has_its_place():
    appeal = make()
    assert (appeal.title, appeal.words, appeal.place) == ("Street light", "Dark since Monday", "80 G St")
    assert appeal.source_key == "open311:101"
    assert (appeal.lat_microdegrees, appeal.lon_microdegrees) == (30123457, 120500000)
    assert appeal.opened_at.utcoffset() == timedelta(hours=-5)


def test_a_record_without_a_description_says_what_and_where():
    assert make(description="").words == "Street light\n80 G St"
    assert make(description=None, address=None).words == "Street light"


def test_the_state_that_it_had_there_is_kept_and_the_phrase_is_not():
    assert make().source == {
        "source_status": "closed",
        "source_code": "lamp",
        "source_updated_at": "2026-01-02T20:05:14-05:00",
    }
    assert make(status=["closed"], service_code=None, updated_datetime="").source == {}


def test_a_record_that_is_closed_there_is_open_here_and_its_first_entry_says_so(desk, tmp_path):
    path = tmp_path / "city.jsonl"
    bad = {**RECORD, "service_request_id": "102", "requested_datetime": "yesterday"}
    path.write_text("\n".join(json.dumps(row) for row in (RECORD, RECORD, bad)), encoding="utf-8")
    tally = intake_file(path, "open311", "hotline", {}, WEDNESDAY)
    assert (tally.read, tally.taken, tally.skipped, tally.bad) == (3, 1, 1, 1)
    case = Case.objects.get()
    assert (case.closed_at, case.channel_id) == (None, "open311")
    [entry] = list_entries(f"case:{case.number}")
    assert entry.body["source_status"] == "closed"
    assert "Case closed." not in json.dumps(entry.body)

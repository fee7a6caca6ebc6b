"""What the bench plays to pgbench differs each turn where it must, or is not played at all."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[2]))

from bench.beside import Unwritable, Writing
from bench.inside import Asked

CASE, PERSON = 987_650_001, 876_540_001
KEY = "0f8fad5b-d9cb-469f-a165-70867728950e"
IDS = {CASE: "case_id", PERSON: "person_id"}


def write(*asked, acts=False):
    return Writing(IDS).write(asked, acts=acts)


def test_ids_are_read_from_the_statement_that_gives_them():
    given = Asked(
        "SELECT draw()", None, (("cases", f"[{CASE}]"), ("persons", f"[{PERSON}]"), ("rules", "{}"))
    )
    script = write(given, Asked("INSERT INTO t VALUES (%s, %s)", [CASE, f'{{"person_id":{PERSON}}}']))
    assert "(o.c0::json->>0)::bigint AS case_id, (o.c1::json->>0)::bigint AS person_id FROM" in script
    assert "(SELECT draw()) AS o(c0, c1, c2) \\gset" in script
    assert (
        f"VALUES (:case_id, replace(E'{{\"person_id\"\\x3a{PERSON}}}', '{PERSON}', :person_id::text))"
        in script
    )


def test_ids_that_an_insert_returns_are_taken_from_its_row():
    script = write(Asked("WITH a AS (INSERT …) SELECT id FROM a", None, (("id", str(PERSON)),)))
    assert script.endswith("SELECT id FROM a \\gset given_\n\\set person_id :given_id\n")


@pytest.mark.parametrize(
    "asked",
    [
        Asked("INSERT INTO t VALUES (%s)", [CASE]),
        Asked("INSERT INTO t VALUES (%s)", [f"HC2611{CASE}"]),
        Asked(f"VALUES ({CASE})"),
        Asked("WITH a AS (INSERT …) SELECT ids FROM a", None, (("ids", f"[{CASE}]"),)),
    ],
)
def test_what_would_stay_the_same_each_turn_is_not_played(asked):
    with pytest.raises(Unwritable):
        write(asked)


def test_an_act_without_a_client_key_is_not_played():
    with pytest.raises(Unwritable):
        write(Asked("INSERT INTO t VALUES (%s)", ["words"]), acts=True)


def test_keys_hold_the_number_of_the_turn_and_of_the_run_wherever_they_stand():
    asked = Asked("INSERT INTO t VALUES (%s, %s)", [f"open:{KEY}", f'{{"source_key": "api:3:{KEY}"}}'])
    one, other = write(asked, acts=True), write(asked, acts=True)
    assert KEY not in one
    assert one.count(":turn::text") == 2
    assert one != other


def test_a_source_key_of_its_own_differs_each_turn_too():
    assert ":turn::text" in write(Asked("INSERT INTO t VALUES (%s)", ['{"source_key":"12345-7"}']))


def test_no_two_clients_draw_the_same_turn():
    assert write().splitlines()[:2] == ["\\set at :at + 1", "\\set turn :client_id * 120000000 + :at"]

"""Whatever is done to the tables around the product is found and named."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.journal.conftest import change, make_entry

from huiyin.journal.api import (
    Finding,
    append,
    list_entries,
    make_root,
    register_witness,
    verify,
    verify_all,
)
from huiyin.journal.hashing import hash_entry
from huiyin.kernel.words import Words

pytestmark = pytest.mark.django_db
THIRD_ENTRY = "UPDATE journal_entry SET {} WHERE subject = 'case:HC1' AND seq = 3"
HEAD = "UPDATE journal_head SET {} WHERE subject = %s"
OVER = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


def found():
    return [(finding.kind, finding.subject, finding.seq) for finding in verify().findings]


def rehash(subject, seq, **changed):
    """What a patient forger does: a new content with a hash that fits it."""
    entry = next(entry for entry in list_entries(subject) if entry.seq == seq)
    names = ("subject", "seq", "actor_id", "actor", "verb", "body", "key")
    content = {name: getattr(entry, name) for name in names} | {"at": entry.at} | changed
    made = hash_entry(entry.algo, content, entry.prev.hex())
    change(
        "UPDATE journal_entry SET verb = %s, hash = %s WHERE subject = %s AND seq = %s",
        content["verb"],
        made,
        subject,
        seq,
    )
    return made


def test_an_untouched_record_is_whole(chain):
    report = verify()
    assert (report.entries, report.chains, report.findings) == (7, 2, [])


@pytest.mark.parametrize(
    "what",
    [
        "body = body || '{\"number\": 99}'",
        "body = body - 'note'",
        "body = '{\"rate\": 0.5}'",
        "body = '[]'",
        "body = 'null'",
        "body = '1e400'",
        "at = at + interval '1 microsecond'",
        "at = 'infinity'",
        "at = '0044-03-15 BC'",
        "actor = '别人'",
        "actor_id = NULL",
        "actor_id = 8",
        "verb = 'close'",
        "key = 'k'",
        "algo = 2",
        "algo = 99",
        "prev = ''",
        "hash = '\\x00'",
    ],
)
def test_an_altered_entry_is_named(chain, what):
    change(THIRD_ENTRY.format(what))
    assert found() == [("altered", "case:HC1", 3)]


@pytest.mark.parametrize("column", ["at", "actor", "verb", "body", "algo", "prev", "hash"])
def test_an_emptied_column_does_not_stop_the_verification(chain, column):
    change(f"ALTER TABLE journal_entry ALTER {column} DROP NOT NULL")
    change(THIRD_ENTRY.format(f"{column} = NULL"))
    assert found() == [("altered", "case:HC1", 3)]


def test_entries_without_subject_or_number_do_not_stop_the_verification(chain):
    change("ALTER TABLE journal_entry ALTER subject DROP NOT NULL, ALTER seq DROP NOT NULL")
    change("UPDATE journal_entry SET subject = NULL WHERE subject = 'case:HC2' AND seq = 2")
    change("UPDATE journal_entry SET seq = NULL WHERE subject = 'case:HC1' AND seq = 5")
    assert ("removed", "case:HC1", 5) in found()
    assert ("inserted", "case:HC1", 0) in found()
    assert ("removed", "case:HC2", 2) in found()


def test_a_rewritten_entry_with_a_fitting_hash_is_named(chain):
    rehash(chain, 3, verb="close")
    assert found() == [("altered", "case:HC1", 3)]


def test_a_rewritten_last_entry_does_not_match_the_head(chain):
    rehash(chain, 5, verb="close")
    assert found() == [("head", "case:HC1", 5)]


def test_a_rewritten_last_entry_with_its_head_does_not_match_the_root(chain):
    make_root(date(2026, 11, 18), OVER)
    made = rehash(chain, 5, verb="close")
    change("UPDATE journal_head SET hash = %s WHERE subject = %s", made, chain)
    assert found() == [("altered", "case:HC1", 5)]


@pytest.mark.parametrize("seqs", [(1,), (3,), (2, 3), (1, 2, 3, 4)])
def test_entries_removed_before_the_end_are_named(chain, seqs):
    change("DELETE FROM journal_entry WHERE subject = %s AND seq = ANY(%s)", chain, list(seqs))
    (finding,) = verify().findings
    assert (finding.kind, finding.seq) == ("removed", seqs[0])
    assert finding.words.zh.startswith("工单 HC1 的第 ")


def test_the_removed_end_of_a_chain_is_named(chain):
    change("DELETE FROM journal_entry WHERE subject = %s AND seq >= 4", chain)
    (finding,) = verify().findings
    assert (finding.kind, finding.seq, finding.words.en) == ("removed", 4, "Case HC1: entry 4–5 was removed.")


def test_a_removed_end_hidden_in_the_head_is_named_by_the_root(chain):
    make_root(date(2026, 11, 18), OVER)
    change("DELETE FROM journal_entry WHERE subject = %s AND seq = 5", chain)
    change(
        "UPDATE journal_head h SET seq = 4, hash = e.hash, at = e.at FROM journal_entry e "
        "WHERE e.subject = h.subject AND e.seq = 4 AND h.subject = %s",
        chain,
    )
    assert found() == [("removed", "case:HC1", 5)]


def test_a_renumbered_gap_is_named(chain):
    change("DELETE FROM journal_entry WHERE subject = %s AND seq = 3", chain)
    change("UPDATE journal_entry SET seq = 3 WHERE subject = %s AND seq = 4", chain)
    change("UPDATE journal_entry SET seq = 4 WHERE subject = %s AND seq = 5", chain)
    assert found() == [("removed", "case:HC1", 3)]


def test_a_removed_chain_is_named_by_its_head(chain):
    change("DELETE FROM journal_entry WHERE subject = %s", chain)
    (finding,) = verify().findings
    assert (finding.kind, finding.subject) == ("removed", "case:HC1")
    assert "全部记录" in finding.words.zh


def test_a_chain_removed_with_its_head_is_named_by_the_root(chain):
    make_root(date(2026, 11, 18), OVER)
    change("DELETE FROM journal_entry WHERE subject = %s", chain)
    change("DELETE FROM journal_head WHERE subject = %s", chain)
    (finding,) = verify().findings
    assert (finding.kind, finding.subject, finding.seq) == ("removed", "case:HC1", 5)
    assert "2026-11-18" in finding.words.zh


def insert_after(subject, seq, number, verb="close"):
    """A row put in by SQL as entry `number`, with a hash that fits and continues entry `seq`."""
    before = next(entry for entry in list_entries(subject) if entry.seq == seq)
    content = {
        "subject": subject,
        "seq": number,
        "at": before.at,
        "actor_id": None,
        "actor": "?",
        "verb": verb,
        "body": {},
        "key": None,
    }
    made = hash_entry(1, content, before.hash.hex())
    change(
        "INSERT INTO journal_entry (subject, seq, at, actor, verb, body, algo, prev, hash) "
        "VALUES (%s, %s, %s, '?', %s, '{}', 1, %s, %s)",
        subject,
        number,
        before.at,
        verb,
        before.hash,
        made,
    )


def test_an_entry_put_in_at_the_end_is_named(chain):
    insert_after(chain, 5, 6)
    assert found() == [("inserted", "case:HC1", 6)]


def test_an_entry_put_in_between_is_named(chain):
    change("UPDATE journal_entry SET seq = 6 WHERE subject = %s AND seq = 5", chain)
    change("UPDATE journal_entry SET seq = 5 WHERE subject = %s AND seq = 4", chain)
    insert_after(chain, 3, 4)
    assert found() == [("inserted", "case:HC1", 4)]


def test_an_entry_that_shares_its_number_is_named(chain):
    change("ALTER TABLE journal_entry DROP CONSTRAINT journal_entry_place")
    insert_after(chain, 2, 3)
    assert found() == [("inserted", "case:HC1", 3)]


def test_a_forged_chain_without_a_head_is_named(chain):
    change(
        "INSERT INTO journal_entry (subject, seq, at, actor, verb, body, algo, prev, hash) "
        "VALUES ('case:HC9', 1, now(), '', '', '{}', 1, '', '')"
    )
    assert found() == [("altered", "case:HC9", 1), ("head", "case:HC9", 1)]


@pytest.mark.parametrize("what", ["hash = '\\x00'", "at = at + interval '1 second'"])
def test_an_altered_head_is_named(chain, what):
    change(HEAD.format(what), chain)
    assert found() == [("head", "case:HC1", 5)]


def test_a_head_set_back_makes_the_rest_inserted(chain):
    change("UPDATE journal_head SET seq = 4 WHERE subject = %s", chain)
    assert ("inserted", "case:HC1", 5) in found()


def test_a_removed_head_is_named(chain):
    change("DELETE FROM journal_head WHERE subject = %s", chain)
    assert found() == [("head", "case:HC1", 5)]


def test_chosen_chains_can_be_verified_alone(chain):
    change("UPDATE journal_entry SET verb = 'x' WHERE subject = 'case:HC2'")
    assert verify(["case:HC1"]).whole
    assert verify(["case:HC1"]).entries == 5
    assert not verify(["case:HC2"]).whole


def test_every_finding_is_reported_not_the_first_alone(chain):
    change("UPDATE journal_entry SET verb = 'x' WHERE seq = 2")
    assert found() == [("altered", "case:HC1", 2), ("altered", "case:HC2", 2)]


def test_progress_is_told(chain, monkeypatch):
    monkeypatch.setattr("huiyin.journal.verifying._EVERY", 3)
    told = []
    verify(progress=told.append)
    assert told == [3, 6]


def test_a_witness_adds_what_it_found(chain, monkeypatch):
    monkeypatch.setattr("huiyin.journal.verifying._WITNESSES", {})
    register_witness(
        "headers", lambda: [Finding("case:HC1", 5, "altered", Words("工单状态不符", "Stage differs"))]
    )
    assert [finding.words.en for finding in verify_all().findings] == ["Stage differs"]
    assert verify().whole


PLAIN = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
BODIES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | PLAIN,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(PLAIN, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    bodies=st.lists(st.dictionaries(PLAIN, BODIES, max_size=4), min_size=1, max_size=4),
    verb=PLAIN,
    actor=PLAIN,
)
def test_any_body_comes_back_as_it_was_and_verifies(db, bodies, verb, actor):
    subject = f"case:{connection.cursor().execute('SELECT gen_random_uuid()').fetchone()[0]}"
    append([make_entry(subject, body=body, verb=verb, actor=actor) for body in bodies])
    assert [entry.body for entry in list_entries(subject)] == bodies
    assert verify([subject]).whole

"""Strands of several packages, written in one statement: all of them or none."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from tests.journal.conftest import make_entry

from huiyin.journal.api import Strand, append, list_entries, make_links, name_unique, write_together
from huiyin.kernel.refusals import Refusal

pytestmark = pytest.mark.django_db

HEAD = "told AS (INSERT INTO journal_head (subject, seq, hash, at) VALUES (%(head)s, 1, '', now()))"


def test_strands_travel_in_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        write_together(
            [
                make_links([make_entry(fresh=True)]),
                Strand("other AS (SELECT %(word)s)", {"word": "灯"}),
            ]
        )
    assert len(list_entries("case:HC1")) == 1


def test_when_one_strand_cannot_be_written_none_is():
    append([make_entry("case:HC2", fresh=True)])
    with pytest.raises(IntegrityError) as broken, transaction.atomic():
        write_together([make_links([make_entry(fresh=True)]), Strand(HEAD, {"head": "case:HC2"})])
    assert name_unique(broken.value) == "journal_head_pkey"
    assert list_entries("case:HC1") == []


def test_a_key_that_the_chain_has_is_refused():
    append([make_entry(fresh=True, key="k1")])
    held = {"case:HC1": (1, list_entries("case:HC1")[0].hash)}
    with pytest.raises(Refusal, match="entry-key-used"), transaction.atomic():
        write_together([make_links([make_entry(number=2, key="k1")], held=held)])


def test_two_strands_with_one_parameter_are_a_mistake():
    links = make_links([make_entry(fresh=True)])
    with pytest.raises(ValueError, match="same parameter"):
        write_together([links, links])

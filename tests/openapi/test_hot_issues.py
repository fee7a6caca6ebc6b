"""Hot issues over the interface."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.insight.saying import PLANT

from huiyin.insight.api import carry_out_run, start_run

pytestmark = pytest.mark.django_db


def test_a_machine_reads_the_hot_issues_of_a_period(intake, dispatcher):
    for title, words in PLANT:
        assert intake.open(words, title=title).status_code == 201
    now = timezone.now()
    carry_out_run(start_run(now - timedelta(days=1), now + timedelta(hours=1), None, None, now).pk, now)
    (issue,) = dispatcher.get("/hot-issues").json()["issues"]
    assert (issue["size"], issue["earlier"], issue["open"]) == (len(PLANT), 0, len(PLANT))
    assert "青云花园" in issue["places"]
    assert (
        dispatcher.get("/hot-issues?since=2020-01-01T00:00:00Z&until=2020-02-01T00:00:00Z").json()["issues"]
        == []
    )


@pytest.mark.parametrize("query", ["since=5", "limit=0", "order=loud", "who=me"])
def test_nonsense_is_refused(dispatcher, query):
    assert dispatcher.get(f"/hot-issues?{query}").status_code in {400, 422}


def test_a_unit_that_handles_cases_sees_no_issues(machine_of):
    assert machine_of("tanxue").get("/hot-issues").status_code == 403

"""Every limit is a setting within the law's own bounds, with a reason, on record."""

from __future__ import annotations

import pytest
from django.utils import timezone

from huiyin.economy.organisations.api import LIMITS, clear_limit, get_limit, set_limit
from huiyin.journal.api import list_entries
from huiyin.kernel.refusals import Refusal

NOW = timezone.now()


def test_a_township_sets_its_own_line_and_the_others_keep_the_countys(village, villages, officer):
    other = next(one for one in villages if one.township_id != village.township_id)
    set_limit("filing-line", 300_000, "镇备案办法", officer("rural"), NOW, village.township_id)
    set_limit("filing-line", 800_000, "县备案办法", None, NOW)
    assert get_limit("filing-line", village.township_id) == 300_000
    assert get_limit("filing-line", other.township_id) == 800_000
    clear_limit("filing-line", "办法废止", officer("rural"), NOW, village.township_id)
    assert get_limit("filing-line", village.township_id) == 800_000
    assert [one.verb for one in list_entries("economy")] == ["set-limit", "set-limit", "clear-limit"]


@pytest.mark.parametrize(
    ("key", "value", "article"),
    [("cooperative-volume", 599, "第44条"), ("extra-votes", 201, "第22条"), ("farmers", 799, "第20条")],
)
def test_no_setting_goes_below_what_the_law_demands(db, key, value, article):
    with pytest.raises(Refusal) as refused:
        set_limit(key, value, "本地规定", None, NOW)
    assert refused.value.code == "limit-out-of-range"
    assert article in refused.value.rule


def test_every_default_lies_within_its_own_bounds_and_cites_a_rule():
    assert [
        one.key for one in LIMITS.values() if not one.least <= one.default <= one.most or not one.rule
    ] == []


def test_the_clerk_sets_a_limit_in_the_browser_and_is_told_what_is_wrong(village, browse):
    clerk = browse("rural")
    wrong = clerk.post(
        "/console/villages/limits/filing-line", {"value": "三千", "reason": "办法", "do": "set"}
    )
    assert wrong.status_code == 422
    assert "三千" in wrong.content.decode()
    clerk.post("/console/villages/limits/filing-line", {"value": "3000", "reason": "办法", "do": "set"})
    assert get_limit("filing-line", village.township_id) == 300_000
    assert "3,000.00" in clerk.get("/console/villages/limits").content.decode()

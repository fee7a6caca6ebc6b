"""A process that would let a matter come to a unit off the duty list is refused before a case runs on it."""

from __future__ import annotations

import pytest

from huiyin.process.api import check_process, read_process, shipped_texts

HOTLINE, ADMISSION = (shipped_texts()[f"{key}.1.toml"] for key in ("hotline", "admission"))


@pytest.mark.parametrize(
    ("text", "before", "after", "fault"),
    [
        (HOTLINE, 'needs = ["unit-on-register"]\n', "", "move “dispatch” dispatches without guard"),
        (
            HOTLINE,
            '"reason", "designate", "note"]',
            '"designate", "note"]',
            "move “dispatch” may designate a unit but does not ask for “reason”",
        ),
        (
            HOTLINE,
            'asks = ["grade!", "urgent", "reason!"]',
            'asks = ["grade!", "urgent", "reason!", "designate"]',
            "move “regrade” may designate a unit without a dispatch",
        ),
        (
            HOTLINE,
            'asks = ["grade!", "urgent", "reason!"]',
            'asks = ["grade!", "category", "reason!"]',
            "move “regrade” changes the category after the dispatch",
        ),
        (
            ADMISSION,
            'asks = ["note"]\nneeds = ["second-person"]\ndoes = ["opine"]',
            'asks = ["reply!"]\ndoes = ["answer"]',
            "move “consent” is for units that are heard",
        ),
    ],
)
def test_a_way_around_the_list_is_found_and_named(text, before, after, fault):
    assert before in text
    spoilt = check_process(read_process(text.replace(before, after, 1)))
    assert any(words.en.startswith(fault) for words in spoilt), [words.en for words in spoilt]
    assert all(words.zh for words in spoilt)


def test_a_category_may_be_set_before_any_unit_holds_the_case():
    told = HOTLINE.replace('asks = ["grade", "urgent", "note"]', 'asks = ["grade", "category", "note"]', 1)
    assert check_process(read_process(told)) == []

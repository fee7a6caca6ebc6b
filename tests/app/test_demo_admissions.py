"""The demo county shows an admission in each of its states."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from huiyin.app.demo.admissions import SCENES, fill_admissions
from huiyin.cases.api import Case, count_designated
from huiyin.register.api import list_versions


@pytest.mark.usefixtures("county")
def test_one_is_on_the_register_one_refused_one_disputed_and_others_wait():
    before = len(list_versions())
    assert fill_admissions(timezone.now()) == len(SCENES)
    stages = Case.objects.filter(process="admission").values_list("stage", flat=True)
    assert sorted(stages) == ["consulting", "deciding", "disputed", "in-force", "refused"]
    assert len(list_versions()) == before + 1
    assert count_designated(date(2020, 1, 1), date(2099, 1, 1), None) == 2

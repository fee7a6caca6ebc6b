"""What is suggested for a case, as another system reads it."""

from __future__ import annotations

import pytest
from django.utils import timezone

from huiyin.cases.api import Case
from huiyin.triage.api import take_up

pytestmark = pytest.mark.django_db


def test_a_suggestion_is_read_with_its_reasons(intake):
    number = intake.open(words="三号楼停水两天了，家里没水").json()["number"]
    assert intake.get(f"/cases/{number}/suggestion").json() == {"number": number, "suggestion": None}
    take_up(Case.objects.get(number=number).pk, timezone.now())
    told = intake.get(f"/cases/{number}/suggestion").json()["suggestion"]
    assert told["category"] == {"code": "010101", "name": "停水"}
    assert told["unit"]["key"] == "water"
    assert told["clause"]
    assert "停水" in told["reasons"]
    assert (told["version"], told["basis"], told["outcome"]) == (0, "words", "")


def test_another_number_is_as_good_as_none(intake):
    assert intake.get("/cases/HC26112199999/suggestion").status_code == 404

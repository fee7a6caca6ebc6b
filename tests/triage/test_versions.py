"""Versions are compared before one is put in force; one that is taken back speaks again at once."""

from __future__ import annotations

import pytest
from django.utils import timezone

from huiyin.appeals.api import NewAppeal, report
from huiyin.kernel.refusals import Refusal
from huiyin.triage.api import Prediction, promote, take_up
from huiyin.triage.models import ModelVersion


def _version(number, state="candidate", macro_f1=800, **more):
    figures = {"macro_f1": macro_f1, "accuracy": 800}
    return ModelVersion.objects.create(
        number=number, origin="cases", state=state, trained_at=timezone.now(), figures=figures, **more
    )


def test_the_first_version_is_put_in_force_without_more(desk):
    _version(1)
    assert promote(1, "", by=None, now=desk.now).state == "promoted"


def test_a_worse_one_is_refused_unless_somebody_gives_a_reason(desk):
    _version(1, "promoted")
    _version(2, macro_f1=700, compared={"version": 1, "macro_f1": 800, "accuracy": 800})
    with pytest.raises(Refusal) as caught:
        promote(2, "", by=None, now=desk.now)
    assert caught.value.code == "worse-than-present"
    assert promote(2, "换了类别体系", by=None, now=desk.now).state == "promoted"
    assert ModelVersion.objects.get(number=1).state == "retired"


def test_one_that_was_compared_with_another_is_refused(desk):
    _version(3, "promoted")
    _version(4, macro_f1=900, compared={"version": 1, "macro_f1": 800, "accuracy": 800})
    with pytest.raises(Refusal) as caught:
        promote(4, "", by=None, now=desk.now)
    assert caught.value.code == "not-compared"


def test_a_version_that_failed_is_never_put_in_force(desk):
    _version(1, "failed")
    with pytest.raises(Refusal):
        promote(1, "还是要用", by=None, now=desk.now)


def test_the_version_that_was_taken_back_makes_the_next_prediction(desk, put_in_force):
    first = put_in_force("010101")
    second = put_in_force("020101")
    assert ModelVersion.objects.get(number=second).state == "promoted"
    promote(first, "新版把停水认成了占道", by=None, now=desk.now)
    new = NewAppeal(process="hotline", channel="hotline", words="三号楼", opened_at=desk.now)
    case_id = report(new, desk.acting("linxiao")).case_id
    take_up(case_id, desk.now)
    prediction = Prediction.objects.get(case_id=case_id)
    assert prediction.version.number == first
    assert prediction.category_id == desk.categories["010101"]

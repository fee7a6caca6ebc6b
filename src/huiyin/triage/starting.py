"""Has a version trained by the worker; kept apart from the training, which needs much more of the machine."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from procrastinate.contrib.django import app

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand
from huiyin.triage.models import ModelVersion

LONGEST = timedelta(hours=2)
"""A training that has not ended by then was cut short."""


@transaction.atomic
def begin(origin: str, source: str, *, by: AccountInHand | None, now: datetime) -> ModelVersion:
    """The row of a version that is to be trained. Refuses `training-already` while another one is at work."""
    at_work = ModelVersion.objects.filter(state="training")
    at_work.filter(trained_at__lt=now - LONGEST).update(state="failed")
    if at_work.exists():
        words = Words("正在训练一版，请等它完成。", "A version is being trained; wait for it.")
        raise Refusal("training-already", words)
    number = (ModelVersion.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    signature = by.signature if by else ""
    return ModelVersion.objects.create(
        number=number, origin=origin, source=source, trained_at=now, trained_by=signature
    )


@transaction.atomic
def start_training(by: AccountInHand, now: datetime) -> ModelVersion:
    """Have a version trained on the county's own cases, in the background. Refuses `training-already`."""
    version = begin("cases", "", by=by, now=now)
    app.configure_task("train-triage", queue="triage").defer(number=version.number)
    return version

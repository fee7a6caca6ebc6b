"""Which version is in force: promoting one, going back to an earlier one; both stand on record."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand, note_thing
from huiyin.triage.holding import get_version
from huiyin.triage.models import ModelVersion

CHAIN = "triage:models"
RULE = "生成新模型须在同一批留出数据上不差于在用模型"


@transaction.atomic
def promote(number: int, reason: str, *, by: AccountInHand | None, now: datetime) -> ModelVersion:
    """Put a version in force in place of the one before, which is retired. Journalled.

    Going back to a retired version is the same act. Refuses `version-not-usable` and, without a reason,
    `worse-than-present`, `not-compared`, `reason-missing`: a person may promote it all the same, with one.
    """
    list(ModelVersion.objects.select_for_update().filter(state="promoted").values_list("pk"))
    version, reason = get_version(number), clean(reason)
    before = ModelVersion.objects.filter(state="promoted").first()
    if version.state not in {"candidate", "retired"}:
        words = Words("第 {number} 版不能启用。", "Version {number} cannot be put in force.")
        raise Refusal("version-not-usable", words.fill(number=number))
    if not reason:
        _demand_better(version, before)
    if before is not None:
        ModelVersion.objects.filter(pk=before.pk).update(state="retired")
    ModelVersion.objects.filter(pk=version.pk).update(state="promoted", promoted_at=now)
    verb = "model-rolled-back" if version.state == "retired" else "model-promoted"
    note_thing(CHAIN, verb, by, now, version=number, before=before.number if before else None, reason=reason)
    return get_version(number)


def _demand_better(version: ModelVersion, before: ModelVersion | None) -> None:
    if version.state == "retired":
        words = Words("请写明为什么换回这一版。", "Say why this version is taken back.")
        raise Refusal("reason-missing", words, rule=RULE, field="reason")
    if before is None:
        return
    if version.compared.get("version") != before.number:
        words = Words(
            "这一版没有和在用的第 {number} 版在同一批数据上比较过。要启用，请写明理由。",
            "It was not compared with version {number}, which is in force. To promote it, give a reason.",
        )
        raise Refusal("not-compared", words.fill(number=before.number), rule=RULE, field="reason")
    if is_worse(version):
        words = Words(
            "在同一批留出数据上，这一版比在用的差。要启用，请写明理由。",
            "On the same rows it does worse than the version in force. To promote it, give a reason.",
        )
        raise Refusal("worse-than-present", words, rule=RULE, field="reason")


def is_worse(version: ModelVersion) -> bool:
    """Whether the version was worse than the one in force on the same rows: by macro F1, then by accuracy."""
    return _rank(version.figures) < _rank(version.compared)


def _rank(figures: dict[str, Any]) -> tuple[int, int]:
    return int(figures.get("macro_f1", 0)), int(figures.get("accuracy", 0))

"""Admissions of duties in the demo county: one in each state, so that every step can be seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from huiyin.admissions.api import Proposal, Row, enter_register, propose
from huiyin.app.demo.requests.acting import Cast
from huiyin.appeals.api import NewAppeal, report
from huiyin.cases.api import Acting, Case, move_case
from huiyin.people.api import Unit
from huiyin.register.api import Category


@dataclass(frozen=True, slots=True)
class _Scene:
    """What was proposed for a unit so many days ago, by whom, and the moves after: (who, move, words)."""

    days: int
    unit: str
    category: str
    clause: str
    reason: str
    by: tuple[str, str] = ("handler", "urban")
    moves: tuple[tuple[str, str, str], ...] = field(default_factory=tuple)


_CENTRE, _UNIT = "centre", "unit"
SCENES = (
    _Scene(
        20, "longquan", "020301", "《赋权乡镇事项清单（2026年版）》增补第1项：镇区路灯维修", "镇里修得快",
        moves=((_UNIT, "consent", "可以承接"), (_CENTRE, "agree", "同意")),
    ),
    _Scene(
        12, "gaoping", "030202", "《赋权乡镇事项清单（2026年版）》增补第2项：农房裂缝鉴定", "就近处理",
        by=("handler", "housing"),
        moves=(
            (_UNIT, "object", "乡里没有鉴定资质，也没有专业人员"),
            (_CENTRE, "refuse", "属部门职责，不得下放；仍由住建局办"),
        ),
    ),
    _Scene(
        6, "liuhe", "040305", "《赋权乡镇事项清单（2026年版）》增补第3项：边坡巡查", "养护站设在镇上",
        by=("handler", "transport"),
        moves=((_UNIT, "object", "没有养护经费和设备"),),
    ),
    _Scene(
        4, "donghu", "050101", "《赋权乡镇事项清单（2026年版）》增补第4项：夜间施工噪声巡查", "街道离工地近",
        moves=((_UNIT, "consent", "可以承接，请明确由谁检测"),),
    ),
    _Scene(
        1, "shimen", "090102", "《赋权乡镇事项清单（2026年版）》增补第5项：小额消费纠纷调解", "镇里更方便",
        by=("handler", "market"),
    ),
)  # fmt: skip


def fill_admissions(now: datetime) -> int:
    """Play every scene up to now; how many there are."""
    cast, units = Cast(), {unit.key: unit for unit in Unit.objects.all()}
    categories = dict(Category.objects.values_list("code", "pk"))
    _designate(cast, units, categories, now)
    return sum(_play(scene, cast, units, categories, now) for scene in SCENES)


_DESIGNATED = (
    (9, "校门口路灯坏了，接孩子看不见路", "020301", "education", "校门口归学校管护，会商后指定教育局牵头"),
    (3, "新小区到车站没有班车", "040101", "transport", "线路开通前由交通运输局先办，会商后指定"),
)
"""How many days ago, words, category, unit off the list for it, reason."""


def _designate(cast: Cast, units: Mapping[str, Unit], categories: Mapping[str, int], now: datetime) -> None:
    """Two matters that the centre gave to a unit off the list, each with its reason."""
    home = units["service-centre"].pk
    for days, words, category, unit, reason in _DESIGNATED:
        at = now - timedelta(days=days)
        clerk, dispatcher = cast.get_first("intake", home), cast.get_first("dispatcher", home)
        told = NewAppeal(
            process="hotline", channel="hotline", words=words, opened_at=at, category_id=categories[category]
        )
        number = report(told, clerk).number
        given = {"lead": units[unit].pk, "designate": True, "reason": reason}
        move_case(number, "dispatch", given, dispatcher, at + timedelta(hours=2))


def _play(
    scene: _Scene, cast: Cast, units: Mapping[str, Unit], categories: Mapping[str, int], now: datetime
) -> bool:
    at, unit = now - timedelta(days=scene.days), units[scene.unit]
    row = Row(
        unit_id=unit.pk,
        category_id=categories[scene.category],
        area_id=unit.area_id,
        clause=scene.clause,
        basis="禾政发〔2026〕12号",
        valid_from=timezone.localdate(now),
    )
    role, home = scene.by
    number = propose(Proposal((row,), scene.reason), cast.get_first(role, units[home].pk), at)
    for who, move, words in scene.moves:
        at += timedelta(hours=5)
        post = ("handler", unit.pk) if who == _UNIT else ("centre", units["service-centre"].pk)
        acting: Acting = cast.get_first(*post)
        move_case(number, move, {"reason": words, "note": words}, acting, at)
    enter_register(Case.objects.get(number=number).pk, at + timedelta(minutes=1))
    return True

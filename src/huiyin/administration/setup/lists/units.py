"""The units of the county, as a list."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count

from huiyin.administration.setup.fields import NO, Field, Row
from huiyin.administration.setup.keeping import read_kept, save_kept
from huiyin.administration.setup.listings import Listing
from huiyin.administration.setup.lists.options import ACTIVE, SORT, list_area_options, list_unit_options
from huiyin.cases.api import Assignment
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import UNIT_KEEPER, Order, UnitKind

KINDS = {
    UnitKind.CENTRE: Words("中心", "Centre"),
    UnitKind.DEPARTMENT: Words("部门", "Department"),
    UnitKind.TOWNSHIP: Words("乡镇街道", "Township"),
    UnitKind.COMPANY: Words("公共服务企业", "Public utility"),
    UnitKind.BOARD: Words("复核委员会", "Review board"),
    UnitKind.COLLECTIVE: Words("集体经济组织", "Collective"),
}
FIELDS = (
    Field(
        "key",
        Words("代码", "Code"),
        required=True,
        fixed=True,
        listed=True,
        width=20,
        most=60,
        hint=Words("字母、数字和 -，定了不再改", "Letters, digits and -; it stays for good"),
    ),
    Field("name", Words("全称", "Full name"), required=True, width=40),
    Field("short", Words("简称", "Short name"), required=True, listed=True, most=40),
    Field("name_en", Words("英文名", "English name"), width=32),
    Field(
        "kind",
        Words("性质", "Kind"),
        "choice",
        required=True,
        options=lambda: [(kind.value, words) for kind, words in KINDS.items()],
        listed=True,
    ),
    Field(
        "parent",
        Words("上级单位", "Parent unit"),
        "ref",
        options=list_unit_options,
        loose=True,
        listed=True,
        width=28,
    ),
    Field("area", Words("所在地方", "Area"), "ref", options=list_area_options, width=28),
    Field("phone", Words("对外电话", "Public phone"), listed=True, most=60),
    SORT,
    ACTIVE,
)


def _check_held(orders: Sequence[Order[Row]]) -> dict[int, Refusal]:
    """A unit that holds cases is not closed."""
    closed = {order.card["key"]: at for at, order in enumerate(orders) if order.card["active"] == NO}
    held = Assignment.objects.filter(unit__key__in=closed, unit__active=True, ended_at__isnull=True)
    counts = held.values_list("unit__key").annotate(count=Count("pk"))
    return {
        closed[key]: Refusal("unit-in-use", _HELD.fill(held=count), field="active") for key, count in counts
    }


_HELD = Words("这个单位手里还有 {held} 件工单，先办完或改派。", "The unit still holds {held} cases.")

UNITS = Listing(
    key="units",
    title=Words("单位", "Units"),
    about=Words("能接办工单的部门、乡镇街道和企业", "Offices, townships and companies that can hold cases"),
    icon="network",
    fields=FIELDS,
    identity="key",
    name="short",
    rows=read_kept(UNIT_KEEPER, FIELDS),
    save=save_kept(UNIT_KEEPER, FIELDS, _check_held),
    subject=lambda row: f"unit:{row['key']}",
)

"""The units of the county, as a list."""

from __future__ import annotations

from huiyin.administration.setup.fields import NO, Field, Row
from huiyin.administration.setup.listings import Acts, Listing, card_of, rows_of
from huiyin.administration.setup.lists.options import ACTIVE, SORT, list_area_options, list_unit_options
from huiyin.cases.api import Assignment
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import UnitCard, UnitKind, add_unit, change_unit, find_unit, list_unit_cards

KINDS = {
    UnitKind.CENTRE: Words("中心", "Centre"),
    UnitKind.DEPARTMENT: Words("部门", "Department"),
    UnitKind.TOWNSHIP: Words("乡镇街道", "Township"),
    UnitKind.COMPANY: Words("公共服务企业", "Public utility"),
    UnitKind.BOARD: Words("复核委员会", "Review board"),
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


def _list_rows() -> list[Row]:
    return rows_of(list_unit_cards(), FIELDS)


def _add(row: Row, acts: Acts) -> None:
    add_unit(card_of(UnitCard, FIELDS, row), by=acts.by, now=acts.now)


def _change(row: Row, acts: Acts) -> None:
    unit = find_unit(row["key"])
    held = Assignment.objects.filter(unit=unit, ended_at__isnull=True).count() if unit else 0
    if held and row["active"] == NO:
        words = Words("这个单位手里还有 {held} 件工单，先办完或改派。", "The unit still holds {held} cases.")
        raise Refusal("unit-in-use", words.fill(held=held), field="active")
    change_unit(card_of(UnitCard, FIELDS, row), by=acts.by, now=acts.now)


UNITS = Listing(
    key="units",
    title=Words("单位", "Units"),
    about=Words("能接办工单的部门、乡镇街道和企业", "Offices, townships and companies that can hold cases"),
    icon="network",
    fields=FIELDS,
    identity="key",
    name="short",
    rows=_list_rows,
    add=_add,
    change=_change,
    subject=lambda row: f"unit:{row['key']}",
)

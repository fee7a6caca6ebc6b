"""The duty register, as a list: which unit answers for what, where, by which clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from huiyin.administration.setup.fields import Field, Row
from huiyin.administration.setup.listings import Acts, Listing
from huiyin.administration.setup.lists.options import (
    list_area_options,
    list_category_options,
    list_unit_options,
)
from huiyin.journal.api import StoredEntry, list_entries
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import Order, list_units, map_areas
from huiyin.register.api import (
    Cause,
    NewDuty,
    Part,
    change_register,
    check_duty,
    list_all_duties,
    list_categories,
)

PARTS = {Part.LEAD: Words("主办", "Lead"), Part.ASSISTING: Words("协办", "Assisting")}
FIELDS = (
    Field("id", Words("编号", "Number"), "id", width=8, hint=Words("新增的空着", "Empty for a new one")),
    Field(
        "unit",
        Words("单位", "Unit"),
        "ref",
        required=True,
        fixed=True,
        options=list_unit_options,
        listed=True,
        width=28,
    ),
    Field(
        "category",
        Words("类别", "Category"),
        "ref",
        required=True,
        fixed=True,
        options=list_category_options,
        listed=True,
        width=24,
    ),
    Field(
        "area",
        Words("地方", "Area"),
        "ref",
        fixed=True,
        options=list_area_options,
        listed=True,
        width=28,
        hint=Words("空着就是全县", "Empty: the whole county"),
    ),
    Field(
        "part",
        Words("主办或协办", "Part"),
        "choice",
        required=True,
        fixed=True,
        options=lambda: [(part.value, words) for part, words in PARTS.items()],
        default=Part.LEAD.value,
        listed=True,
    ),
    Field("clause", Words("条款", "Clause"), required=True, fixed=True, listed=True, width=32, most=400),
    Field("basis", Words("依据", "Basis"), fixed=True, width=32, most=400),
    Field("since", Words("生效", "Valid from"), "date", required=True, fixed=True, listed=True),
    Field(
        "until",
        Words("失效", "Valid until"),
        "date",
        listed=True,
        hint=Words("含这一天；空着就是一直有效", "That day included; empty: until further notice"),
    ),
)


def _list_rows() -> list[Row]:
    return [
        {
            "id": str(duty.pk),
            "unit": duty.unit.key,
            "category": duty.category.code,
            "area": duty.area.code if duty.area else "",
            "part": duty.part,
            "clause": duty.clause,
            "basis": duty.basis,
            "since": duty.valid_from.isoformat(),
            "until": duty.valid_until.isoformat() if duty.valid_until else "",
        }
        for duty in list_all_duties()
    ]


@dataclass(frozen=True, slots=True)
class _Known:
    """The ids that the codes of a sheet stand for: of units and categories in use, and of areas."""

    units: dict[str, int]
    categories: dict[str, int]
    areas: dict[str, int]


def _look_up(orders: Sequence[Order[Row]]) -> _Known:
    areas = map_areas(order.card["area"] for order in orders)
    return _Known(
        {unit.key: unit.pk for unit in list_units()},
        {category.code: category.pk for category in list_categories()},
        {code: area.pk for code, area in areas.items() if area.active},
    )


def _save(orders: Sequence[Order[Row]], acts: Acts) -> list[Refusal | None]:
    known = _look_up(orders)
    done: list[Refusal | None] = [None] * len(orders)
    news: list[NewDuty] = []
    ends: dict[int, date] = {}
    for at, order in enumerate(orders):
        try:
            if order.adds:
                news.append(_read_new(order.card, known))
            else:
                ends[int(order.card["id"])] = _read_end(order.card)
        except Refusal as refusal:
            done[at] = refusal
    cause = Cause(acts.reason, acts.source)
    changed = change_register(
        news, ends, by=acts.by, now=acts.now, cause=cause, version=acts.kept.get("version")
    )
    acts.kept["version"] = changed.version
    ended = {str(number): refusal for number, refusal in changed.refused.items()}
    return [refusal or ended.get(order.card["id"]) for order, refusal in zip(orders, done, strict=True)]


def _read_new(row: Row, known: _Known) -> NewDuty:
    for field, codes in (("unit", known.units), ("category", known.categories), ("area", known.areas)):
        if row[field] and row[field] not in codes:
            words = Words("已经停用，不能再安排职责。", "It is closed and is given no duties.")
            raise Refusal("entry-not-found", words, field=field)
    new = NewDuty(
        unit_id=known.units[row["unit"]],
        category_id=known.categories[row["category"]],
        clause=row["clause"],
        valid_from=date.fromisoformat(row["since"]),
        area_id=known.areas[row["area"]] if row["area"] else None,
        part=row["part"],
        basis=row["basis"],
        valid_until=date.fromisoformat(row["until"]) if row["until"] else None,
    )
    check_duty(new)
    return new


def _read_end(row: Row) -> date:
    if not row["until"]:
        words = Words("已定失效日期的职责不能恢复，请另加一条。", "An ended duty is not taken up again.")
        raise Refusal("duty-over", words, field="until")
    return date.fromisoformat(row["until"])


def _list_entries(row: Row) -> list[StoredEntry]:
    return [entry for entry in list_entries("register") if str(entry.body.get("duty", "")) == row["id"]]


def _call(row: Row) -> Words:
    parts = {one.key: one.title_of(row[one.key]) for one in FIELDS if one.key in {"unit", "category"}}
    return Words("{unit} {category}", "{unit}, {category}").fill(**parts)


DUTIES = Listing(
    key="duties",
    title=Words("职责清单", "Duties"),
    about=Words(
        "哪个单位管哪类事、管哪里，依据哪一条", "Which unit answers for what, where, by which clause"
    ),
    icon="book-open",
    fields=FIELDS,
    identity="id",
    name="unit",
    rows=_list_rows,
    save=_save,
    entries=_list_entries,
    called=_call,
    why=Words("变更依据（文号或理由）", "Paper or reason of the change"),
)

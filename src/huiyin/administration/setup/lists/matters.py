"""The frequent matters on the citizens' pages, as a list."""

from __future__ import annotations

from huiyin.administration.setup.fields import Field, Row
from huiyin.administration.setup.listings import Acts, Listing, card_of, rows_of
from huiyin.administration.setup.lists.options import ACTIVE, SORT, list_category_options, list_icon_options
from huiyin.kernel.words import Words
from huiyin.register.api import MatterCard, add_matter, change_matter, list_matter_cards

FIELDS = (
    Field(
        "id",
        Words("编号", "Number"),
        "id",
        width=8,
        hint=Words("新增的空着", "Empty for a new one"),
    ),
    Field("title", Words("名称", "Title"), required=True, listed=True, width=24, most=40),
    Field("title_en", Words("英文名", "English title"), width=28),
    Field(
        "category",
        Words("类别", "Category"),
        "ref",
        required=True,
        options=list_category_options,
        listed=True,
        width=24,
    ),
    Field("icon", Words("图标", "Icon"), "ref", options=list_icon_options),
    SORT,
    ACTIVE,
)


def _list_rows() -> list[Row]:
    return rows_of(list_matter_cards(), FIELDS)


def _add(row: Row, acts: Acts) -> None:
    add_matter(card_of(MatterCard, FIELDS, row), by=acts.by, now=acts.now)


def _change(row: Row, acts: Acts) -> None:
    change_matter(card_of(MatterCard, FIELDS, row), by=acts.by, now=acts.now)


MATTERS = Listing(
    key="matters",
    title=Words("高频事项", "Frequent matters"),
    about=Words("群众页面上的快捷按钮", "The tiles on the citizens' pages"),
    icon="star",
    fields=FIELDS,
    identity="id",
    name="title",
    rows=_list_rows,
    add=_add,
    change=_change,
    subject=lambda row: f"matter:{row['id']}",
)

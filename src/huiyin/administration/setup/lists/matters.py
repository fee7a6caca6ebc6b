"""The frequent matters on the citizens' pages, as a list."""

from __future__ import annotations

from huiyin.administration.setup.fields import Field
from huiyin.administration.setup.keeping import read_kept, save_kept
from huiyin.administration.setup.listings import Listing
from huiyin.administration.setup.lists.options import ACTIVE, SORT, list_category_options, list_icon_options
from huiyin.kernel.words import Words
from huiyin.register.api import MATTER_KEEPER

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


MATTERS = Listing(
    key="matters",
    title=Words("高频事项", "Frequent matters"),
    about=Words("群众页面上的快捷按钮", "The tiles on the citizens' pages"),
    icon="star",
    fields=FIELDS,
    identity="id",
    name="title",
    rows=read_kept(MATTER_KEEPER, FIELDS),
    save=save_kept(MATTER_KEEPER, FIELDS),
    subject=lambda row: f"matter:{row['id']}",
)

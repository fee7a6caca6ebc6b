"""Who answers for which cell, as a list: the responsible person and the substitutes in their order."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.administration.setup.fields import Field
from huiyin.administration.setup.keeping import read_kept, save_kept
from huiyin.administration.setup.listings import Listing
from huiyin.administration.setup.lists.options import Option, list_cell_options, list_login_options
from huiyin.grid.api import HOLDER_KEEPER
from huiyin.kernel.words import Words

RANKS: Sequence[Option] = (
    ("0", Words("网格员", "Responsible")),
    *((str(at), Words(f"替补{at}", f"Substitute {at}")) for at in range(1, 10)),
)
FIELDS = (
    Field("id", Words("编号", "Number"), "id", width=8, hint=Words("新增的空着", "Empty for a new one")),
    Field(
        "cell",
        Words("网格", "Cell"),
        "ref",
        required=True,
        options=list_cell_options,
        listed=True,
        width=28,
    ),
    Field(
        "rank",
        Words("顺序", "Order"),
        "whole",
        default="0",
        listed=True,
        speak=lambda text: dict(RANKS).get(text, Words(text)),
        hint=Words("0 是网格员，1 起是替补的先后", "0 is the responsible person, substitutes follow from 1"),
    ),
    Field(
        "name",
        Words("姓名", "Name"),
        listed=True,
        most=40,
        hint=Words("有账号的可以空着", "May be empty with an account"),
    ),
    Field(
        "login",
        Words("账号", "Account"),
        "ref",
        options=list_login_options,
        listed=True,
        hint=Words("能登录的填登录名，“我的网格”才有内容", "With it “My cells” shows the cases"),
    ),
    Field(
        "phone",
        Words("电话", "Phone"),
        listed=True,
        most=60,
        hint=Words("只显示打了星号的；不改就原样留着", "Shown with stars; leave them, and the number stays"),
    ),
    Field("since", Words("从", "From"), "date", required=True, listed=True),
    Field(
        "until",
        Words("到", "Until"),
        "date",
        listed=True,
        hint=Words("含这一天；空着就是一直负责", "That day included; empty: until further notice"),
    ),
)

HOLDERS = Listing(
    key="holders",
    title=Words("网格员", "Holders of cells"),
    about=Words(
        "每个网格谁负责、谁替补，从哪天到哪天", "Who answers for each cell, who stands in, from when"
    ),
    icon="users",
    fields=FIELDS,
    identity="id",
    name="name",
    rows=read_kept(HOLDER_KEEPER, FIELDS),
    save=save_kept(HOLDER_KEEPER, FIELDS),
    subject=lambda row: f"holder:{row['id']}",
)

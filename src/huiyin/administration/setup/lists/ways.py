"""The ways that the law has laid down, as a list."""

from __future__ import annotations

from huiyin.administration.setup.fields import Field
from huiyin.administration.setup.keeping import read_kept, save_kept
from huiyin.administration.setup.listings import Listing
from huiyin.administration.setup.lists.options import ACTIVE, SORT
from huiyin.kernel.words import Words
from huiyin.register.api import WAY_KEEPER

FIELDS = (
    Field("key", Words("代码", "Code"), required=True, fixed=True, listed=True, width=24, most=40),
    Field("title", Words("名称", "Title"), required=True, listed=True, most=60),
    Field("title_en", Words("英文名", "English title"), width=24),
    Field("basis", Words("法律依据", "Legal basis"), required=True, listed=True, width=40, most=400),
    Field(
        "words",
        Words("告诉诉求人的话", "Words to the person"),
        "text",
        required=True,
        width=60,
        most=4000,
    ),
    Field("words_en", Words("英文的话", "Words in English"), "text", width=60, most=4000),
    SORT,
    ACTIVE,
)


WAYS = Listing(
    key="ways",
    title=Words("法定途径", "Lawful ways"),
    about=Words("诉讼、仲裁、信访等不派单的事，告诉人该去哪里", "Where matters go that are not dispatched"),
    icon="scale",
    fields=FIELDS,
    identity="key",
    name="title",
    rows=read_kept(WAY_KEEPER, FIELDS),
    save=save_kept(WAY_KEEPER, FIELDS),
    subject=lambda row: f"lawful-way:{row['key']}",
)

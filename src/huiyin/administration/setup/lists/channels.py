"""The channels by which matters come in, as a list."""

from __future__ import annotations

from huiyin.administration.setup.fields import Field
from huiyin.administration.setup.keeping import read_kept, save_kept
from huiyin.administration.setup.listings import Listing
from huiyin.administration.setup.lists.options import ACTIVE, SORT
from huiyin.kernel.words import Words
from huiyin.register.api import CHANNEL_KEEPER, CHANNEL_KINDS

FIELDS = (
    Field("key", Words("代码", "Code"), required=True, fixed=True, listed=True, width=20, most=40),
    Field("name", Words("名称", "Name"), required=True, listed=True, width=24, most=60),
    Field("name_en", Words("英文名", "English name"), width=28),
    Field(
        "kind",
        Words("方式", "Kind"),
        "choice",
        required=True,
        options=lambda: list(CHANNEL_KINDS.items()),
        listed=True,
    ),
    SORT,
    ACTIVE,
)


CHANNELS = Listing(
    key="channels",
    title=Words("渠道", "Channels"),
    about=Words("诉求从哪里来：热线、网页、窗口、走访", "The doors by which matters come in"),
    icon="phone",
    fields=FIELDS,
    identity="key",
    name="name",
    rows=read_kept(CHANNEL_KEEPER, FIELDS),
    save=save_kept(CHANNEL_KEEPER, FIELDS),
    subject=lambda row: f"channel:{row['key']}",
)

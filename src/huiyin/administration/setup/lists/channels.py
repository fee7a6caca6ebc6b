"""The channels by which matters come in, as a list."""

from __future__ import annotations

from huiyin.administration.setup.fields import Field, Row
from huiyin.administration.setup.listings import Acts, Listing, card_of, rows_of
from huiyin.administration.setup.lists.options import ACTIVE, SORT
from huiyin.kernel.words import Words
from huiyin.register.api import CHANNEL_KINDS, ChannelCard, add_channel, change_channel, list_channel_cards

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


def _list_rows() -> list[Row]:
    return rows_of(list_channel_cards(), FIELDS)


def _add(row: Row, acts: Acts) -> None:
    add_channel(card_of(ChannelCard, FIELDS, row), by=acts.by, now=acts.now)


def _change(row: Row, acts: Acts) -> None:
    change_channel(card_of(ChannelCard, FIELDS, row), by=acts.by, now=acts.now)


CHANNELS = Listing(
    key="channels",
    title=Words("渠道", "Channels"),
    about=Words("诉求从哪里来：热线、网页、窗口、走访", "The doors by which matters come in"),
    icon="phone",
    fields=FIELDS,
    identity="key",
    name="name",
    rows=_list_rows,
    add=_add,
    change=_change,
    subject=lambda row: f"channel:{row['key']}",
)

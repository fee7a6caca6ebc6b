"""Places with a QR code, as a list."""

from __future__ import annotations

from huiyin.administration.setup.fields import Field, Row
from huiyin.administration.setup.listings import Acts, Listing, card_of, rows_of
from huiyin.administration.setup.lists.options import ACTIVE, list_area_options
from huiyin.kernel.words import Words
from huiyin.people.api import PlaceCard, add_place, change_place, list_place_cards

FIELDS = (
    Field(
        "code",
        Words("编号", "Code"),
        required=True,
        fixed=True,
        listed=True,
        most=20,
        hint=Words("印在二维码里，定了不再改", "It is printed in the QR code and stays"),
    ),
    Field("title", Words("名称", "Title"), required=True, listed=True, width=32),
    Field("title_en", Words("英文名", "English title"), width=32),
    Field(
        "area",
        Words("所在地方", "Area"),
        "ref",
        required=True,
        options=list_area_options,
        listed=True,
        width=28,
    ),
    Field("lon", Words("经度", "Longitude"), "degrees", hint=Words("例如 112.342991", "Like 112.342991")),
    Field("lat", Words("纬度", "Latitude"), "degrees", hint=Words("例如 29.172353", "Like 29.172353")),
    ACTIVE,
)


def _list_rows() -> list[Row]:
    return rows_of(list_place_cards(), FIELDS)


def _add(row: Row, acts: Acts) -> None:
    add_place(card_of(PlaceCard, FIELDS, row), by=acts.by, now=acts.now)


def _change(row: Row, acts: Acts) -> None:
    change_place(card_of(PlaceCard, FIELDS, row), by=acts.by, now=acts.now)


PLACES = Listing(
    key="places",
    title=Words("扫码点位", "QR places"),
    about=Words("贴二维码的地方，扫一扫就能反映", "Spots with a QR code by which people report"),
    icon="qr-code",
    fields=FIELDS,
    identity="code",
    name="title",
    rows=_list_rows,
    add=_add,
    change=_change,
    subject=lambda row: f"place:{row['code']}",
    links=lambda row: [
        (Words("打印海报", "Print the poster"), f"/p/{row['code']}/poster"),
        (Words("二维码图片", "QR code"), f"/p/{row['code']}/code.svg"),
    ],
)

"""Places with a QR code, as a list."""

from __future__ import annotations

from huiyin.administration.setup.fields import Field
from huiyin.administration.setup.keeping import read_kept, save_kept
from huiyin.administration.setup.listings import Listing
from huiyin.administration.setup.lists.options import ACTIVE, LAT, LON, list_area_options
from huiyin.kernel.words import Words
from huiyin.people.api import PLACE_KEEPER

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
    LON,
    LAT,
    ACTIVE,
)


PLACES = Listing(
    key="places",
    title=Words("扫码点位", "QR places"),
    about=Words("贴二维码的地方，扫一扫就能反映", "Spots with a QR code by which people report"),
    icon="qr-code",
    fields=FIELDS,
    identity="code",
    name="title",
    rows=read_kept(PLACE_KEEPER, FIELDS),
    save=save_kept(PLACE_KEEPER, FIELDS),
    subject=lambda row: f"place:{row['code']}",
    links=lambda row: [
        (Words("打印海报", "Print the poster"), f"/p/{row['code']}/poster"),
        (Words("二维码图片", "QR code"), f"/p/{row['code']}/code.svg"),
    ],
)

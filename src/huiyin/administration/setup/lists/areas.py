"""The areas of the county, as a list: each under the one above it."""

from __future__ import annotations

from huiyin.administration.setup.fields import Field
from huiyin.administration.setup.keeping import read_kept, save_kept
from huiyin.administration.setup.listings import Listing
from huiyin.administration.setup.lists.options import ACTIVE, LAT, LON, list_area_options
from huiyin.kernel.words import Words
from huiyin.people.api import AREA_KEEPER

FIELDS = (
    Field(
        "code",
        Words("代码", "Code"),
        required=True,
        fixed=True,
        listed=True,
        most=20,
        hint=Words("行政区划代码；定了不再改", "The code of the division; it stays for good"),
    ),
    Field("name", Words("名称", "Name"), required=True, listed=True, width=28, most=60),
    Field("name_en", Words("英文名", "English name"), listed=True, width=28),
    Field(
        "parent",
        Words("上级", "Lies in"),
        "ref",
        options=list_area_options,
        loose=True,
        listed=True,
        width=28,
        hint=Words(
            "县、乡镇街道、村社区、网格四级。村可以换乡镇，以前的工单仍归原来的乡镇",
            "County, township, village, cell. A village may move; its earlier cases stay where they were",
        ),
    ),
    LON,
    LAT,
    ACTIVE,
)

AREAS = Listing(
    key="areas",
    title=Words("地方", "Areas"),
    about=Words("县、乡镇街道、村社区、网格", "The county, its townships, villages and cells"),
    icon="map-pin",
    fields=FIELDS,
    identity="code",
    name="name",
    rows=read_kept(AREA_KEEPER, FIELDS),
    save=save_kept(AREA_KEEPER, FIELDS),
    subject=lambda row: f"area:{row['code']}",
)

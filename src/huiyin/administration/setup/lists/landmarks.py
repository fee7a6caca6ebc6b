"""Names of places that people use, as a list: roads, estates, buildings, other names of areas."""

from __future__ import annotations

from huiyin.administration.setup.fields import Field
from huiyin.administration.setup.keeping import read_kept, save_kept
from huiyin.administration.setup.listings import Listing
from huiyin.administration.setup.lists.options import ACTIVE, LAT, LON, list_area_options
from huiyin.grid.api import KINDS, LANDMARK_KEEPER
from huiyin.kernel.words import Words

FIELDS = (
    Field("id", Words("编号", "Number"), "id", width=8, hint=Words("新增的空着", "Empty for a new one")),
    Field("name", Words("名称", "Name"), required=True, listed=True, width=24, most=60),
    Field(
        "aliases",
        Words("别名", "Other names"),
        "words",
        listed=True,
        width=28,
        most=400,
        hint=Words("群众怎么叫，用顿号隔开", "What people call it, parted by commas"),
    ),
    Field(
        "kind",
        Words("种类", "Kind"),
        "choice",
        required=True,
        options=lambda: list(KINDS.items()),
        default="estate",
        listed=True,
    ),
    Field(
        "area",
        Words("所在地方", "Area"),
        "ref",
        options=list_area_options,
        listed=True,
        width=28,
        hint=Words(
            "能填到网格最好；填了经纬度可以空着", "A cell is best; it may be empty when the point is given"
        ),
    ),
    LON,
    LAT,
    ACTIVE,
)

LANDMARKS = Listing(
    key="landmarks",
    title=Words("地名", "Landmarks"),
    about=Words(
        "道路、小区、地标、老地名：诉求里说到就知道在哪个网格",
        "Roads, estates, buildings, old names: a matter that names one finds its cell",
    ),
    icon="map-pin",
    fields=FIELDS,
    identity="id",
    name="name",
    rows=read_kept(LANDMARK_KEEPER, FIELDS),
    save=save_kept(LANDMARK_KEEPER, FIELDS),
    subject=lambda row: f"landmark:{row['id']}",
)

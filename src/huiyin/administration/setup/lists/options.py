"""What references and choices may be, and the fields that many lists have."""

from __future__ import annotations

from huiyin.administration.setup.fields import YES, Field
from huiyin.kernel.words import Words
from huiyin.people.api import AREA_KEEPER, UNIT_KEEPER, list_accounts, list_areas
from huiyin.register.api import CATEGORY_KEEPER

Option = tuple[str, Words]
ICONS = (
    "badge-check", "bell-ring", "bus", "camera", "circle-alert",
    "circle-dot", "clock", "droplets", "file-text", "hand-helping",
    "heart-handshake", "house", "lightbulb", "map-pin", "message-circle",
    "mic", "phone", "scale", "shield-check", "sprout",
    "star", "store", "trash-2", "triangle-alert", "user-check",
    "users", "wallet",
)  # fmt: skip
"""Icons that both the citizens' and the staff's pages carry."""

SORT = Field(
    "sort",
    Words("顺序", "Order"),
    "whole",
    hint=Words("数字小的排在前面", "Smaller numbers come first"),
    default="0",
    width=8,
)
LON = Field("lon", Words("经度", "Longitude"), "degrees", hint=Words("例如 112.342991", "Like 112.342991"))
LAT = Field("lat", Words("纬度", "Latitude"), "degrees", hint=Words("例如 29.172353", "Like 29.172353"))
ACTIVE = Field("active", Words("在用", "Active"), "yes-no", default=YES, width=8)


def list_unit_options() -> list[Option]:
    """Units by key; closed ones say so."""
    return [(card.key, _mark(card.short, card.name_en, card.active)) for card in UNIT_KEEPER.list_cards()]


def _mark(name: str, name_en: str, active: bool) -> Words:
    return Words(name, name_en) if active else Words(f"{name}（已停用）", f"{name_en or name} (closed)")


def list_area_options() -> list[Option]:
    """Areas by code, each under the one above it and the deeper the further in; ended ones say so."""
    depth = {"": -1}
    options = []
    for card in AREA_KEEPER.list_cards():
        depth[card.code] = depth[card.parent] + 1
        title = _mark(card.name, card.name_en, card.active)
        options.append((card.code, _indent(title, depth[card.code])))
    return options


def list_cell_options() -> list[Option]:
    """Cells in use by code."""
    return [(area.code, Words(area.name, area.name_en)) for area in list_areas("cell")]


def list_login_options() -> list[Option]:
    """Accounts in use by login."""
    return [(one.login, Words(one.name, one.name)) for one in list_accounts() if one.active]


def _indent(title: Words, depth: int) -> Words:
    return Words("　" * depth + title.zh, "　" * depth + title.en if title.en else "")


def list_category_options() -> list[Option]:
    """Categories by code, each under the one above it; closed ones say so."""
    return [(card.code, _mark(card.name, card.name_en, card.active)) for card in CATEGORY_KEEPER.list_cards()]


def list_icon_options() -> list[Option]:
    """Icons by name."""
    return [(name, Words(name, name)) for name in ICONS]

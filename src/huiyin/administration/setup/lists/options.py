"""What references and choices may be, and the fields that many lists have."""

from __future__ import annotations

from huiyin.administration.setup.fields import YES, Field
from huiyin.kernel.words import Words
from huiyin.people.api import AreaLevel, list_areas, list_unit_cards
from huiyin.register.api import list_category_cards

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
ACTIVE = Field("active", Words("在用", "Active"), "yes-no", default=YES, width=8)


def list_unit_options() -> list[Option]:
    """Units by key; closed ones say so."""
    return [(card.key, _mark(card.short, card.name_en, card.active)) for card in list_unit_cards()]


def _mark(name: str, name_en: str, active: bool) -> Words:
    return Words(name, name_en) if active else Words(f"{name}（已停用）", f"{name_en or name} (closed)")


def list_area_options() -> list[Option]:
    """Areas by code, the deeper the further in."""
    depth = {level: at for at, level in enumerate(AreaLevel.values)}
    return [
        (area.code, Words("　" * depth[area.level] + area.name, "　" * depth[area.level] + area.name_en))
        for area in list_areas()
    ]


def list_category_options() -> list[Option]:
    """Categories by code, each under the one above it; closed ones say so."""
    return [(card.code, _mark(card.name, card.name_en, card.active)) for card in list_category_cards()]


def list_icon_options() -> list[Option]:
    """Icons by name."""
    return [(name, Words(name, name)) for name in ICONS]

"""The built styles, scripts and icons: their addresses, and the markup of one icon."""

from __future__ import annotations

import json
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from markupsafe import Markup

DIST = Path(__file__).parent / "static" / "dist"

# Which face is being drawn: citizens load a sprite of few icons. Set for the length of one rendering.
surface: ContextVar[str] = ContextVar("surface", default="console")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the build made: file names by plain name, and the icons in each sprite."""

    files: dict[str, str]
    icons: dict[str, frozenset[str]]


def read_manifest(folder: Path = DIST) -> Manifest:
    """The manifest of the last build; an empty one when nothing was built (a system check says so)."""
    path = folder / "manifest.json"
    if not path.is_file():
        return Manifest({}, {})
    read = json.loads(path.read_text(encoding="utf-8"))
    return Manifest(read["files"], {sprite: frozenset(names) for sprite, names in read["icons"].items()})


_kept = lru_cache(maxsize=1)(read_manifest)


def manifest() -> Manifest:
    """The manifest, read once per process; while developing it is read each time."""
    return read_manifest() if settings.DEBUG else _kept()


def asset(name: str) -> str:
    """The address of a built file by its plain name, `console.css`."""
    return f"{settings.STATIC_URL}{manifest().files.get(name, name)}"


def icon(name: str, label: str = "", size: str = "") -> Markup:
    """One icon of the sprite. It is hidden from screen readers unless `label` says what it means.

    `size` is empty (16 px), `small` (14 px) or `large` (24 px).
    """
    return _read_icon(name, label, size) if settings.DEBUG else _keep_icon(name, label, size, surface.get())


@lru_cache(maxsize=2048)
def _keep_icon(name: str, label: str, size: str, _surface: str) -> Markup:
    return _read_icon(name, label, size)


def _read_icon(name: str, label: str, size: str) -> Markup:
    sprites = manifest().icons
    known = name in sprites.get(surface.get(), ())
    sprite = surface.get() if known else "console"
    drawn = name if known or name in sprites.get("console", ()) else "circle-dot"
    kind = f"icon icon-{size}" if size else "icon"
    spoken = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    return Markup('<svg class="{}" {}><use href="{}#{}"></use></svg>').format(
        kind, spoken, asset(f"{sprite}.svg"), drawn
    )

"""The package as Django knows it, and the check that its assets were built."""

from __future__ import annotations

from django.apps import AppConfig
from django.core import checks

from huiyin.pages import assets


class PagesConfig(AppConfig):
    """Frames, macros, assets and middleware."""

    name = "huiyin.pages"


@checks.register
def find_unbuilt_assets(**_: object) -> list[checks.CheckMessage]:
    """A warning when pages would be drawn without styles, scripts and icons."""
    if assets.read_manifest().files:
        return []
    return [
        checks.Warning(
            "styles, scripts and icons are not built", hint="node assets/build.mjs", id="pages.W001"
        )
    ]

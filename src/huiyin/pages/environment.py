"""The Jinja2 environment that draws every page."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import jinja2
from django.urls import get_urlconf, reverse
from django.utils.translation import gettext, ngettext, npgettext, pgettext
from markupsafe import Markup

from huiyin.pages import assets, kept, names
from huiyin.pages.filters import FILTERS

_PACKAGES = (
    "pages",
    "people",
    "register",
    "cases",
    "appeals",
    "portal",
    "console",
    "openapi",
    "administration",
    "villages",
    "noticeboard",
)


def find_templates() -> jinja2.BaseLoader:
    """Each package keeps `templates/<package>/…`, asked for as `<package>/…`."""
    root = Path(__file__).resolve().parent.parent
    return jinja2.FileSystemLoader([root / package / "templates" for package in _PACKAGES])


def url(name: str, *args: object, **kwargs: object) -> str:
    """The address of a named route."""
    return _reverse(get_urlconf(), name, args, tuple(sorted(kwargs.items())))


@lru_cache(maxsize=8192)
def _reverse(
    _urlconf: str | None, name: str, args: tuple[Any, ...], kwargs: tuple[tuple[str, Any], ...]
) -> str:
    return reverse(name, args=args or None, kwargs=dict(kwargs) or None)


def client_key() -> Markup:
    """A hidden field with a fresh key: the act that it is sent with happens at most once."""
    return Markup('<input type="hidden" name="client_key" value="{}">').format(uuid4())


def make_environment(**options: Any) -> jinja2.Environment:
    """The environment for Django's Jinja2 backend; unknown names in templates are errors, never blanks."""
    options.update(
        loader=find_templates(),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=-1,
    )
    environment = jinja2.Environment(  # noqa: S701 -- the backend passes autoescape=True  # nosec B701
        extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"], **options
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_callables(  # type: ignore[attr-defined]  # added by the i18n extension
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    environment.globals.update(
        _=kept.say,
        gettext=kept.say,
        once=kept.once,
        url=url,
        asset=assets.asset,
        icon=assets.icon,
        client_key=client_key,
        staff_title=names.staff_title,
        citizen_title=names.citizen_title,
    )
    environment.filters.update(FILTERS)
    return environment

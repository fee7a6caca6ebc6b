"""What stands around the villages' public pages: the citizens' frame, with a way back to the village."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from huiyin.kernel.words import Words
from huiyin.pages.api import NavItem, render
from huiyin.people.api import Unit

_FOOT = (
    (Words("村里的公示", "Village postings"), "village:home"),
    (Words("反映问题", "Report a matter"), "portal:report"),
    (Words("查办理进度", "Look up a matter"), "portal:find"),
    (Words("帮助和隐私", "Help and privacy"), "portal:help"),
)


def name_unit(unit: Unit) -> str:
    """A unit by its short name in the reader's language."""
    return Words(unit.short, unit.name_en).tell(get_language() or "zh")


def show(
    request: HttpRequest,
    template: str,
    context: Mapping[str, object] | None = None,
    status: int = 200,
    *,
    private: bool = False,
) -> HttpResponse:
    """Draw a public page of a village. A `private` one, of one person, is neither indexed nor kept."""
    foot = [NavItem(title, reverse(route), "") for title, route in _FOOT]
    known = {"foot_items": foot, "private": private, "now": timezone.now(), "name_unit": name_unit}
    response = render(request, template, {**known, **(context or {})}, status)
    if private:
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Cache-Control"] = "private, no-store"
    return response

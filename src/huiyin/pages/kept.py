"""Parts of pages that are drawn once for each content: texts in a language, menus, choices, headings."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import lru_cache
from threading import Lock

from django.conf import settings
from django.utils.translation import gettext
from markupsafe import Markup

from huiyin.pages import assets, filters

MOST = 512
"""How many parts a process keeps; beyond it the one that was asked for longest ago is drawn anew."""


class Parts:
    """What was drawn, by what it was drawn from: equal content looks equal, so that nothing grows stale."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._drawn: OrderedDict[Hashable, Markup] = OrderedDict()
        self._lock = Lock()

    def get(self, content: Hashable, draw: Callable[[], Markup]) -> Markup:
        """The part for this content, drawn now if it is not there."""
        with self._lock:
            found = self._drawn.get(content)
            if found is not None:
                self._drawn.move_to_end(content)
                return found
        drawn = draw()
        with self._lock:
            self._drawn[content] = drawn
            if len(self._drawn) > self.most:
                self._drawn.popitem(last=False)
        return drawn


_parts = Parts(MOST)


def once(name: str, *content: Hashable, caller: Callable[[], Markup]) -> Markup:
    """For templates: `{% call once('name', all, that, the, body, shows) %}body{% endcall %}`.

    The body may differ by nothing but its `content`, the language and the face; while developing it is
    drawn each time.
    """
    if settings.DEBUG:
        return caller()
    return _parts.get((name, filters.spoken_language(), assets.surface.get(), *content), caller)


def say(text: str, /, **parts: object) -> Markup:
    """`_` of the templates: the text in the language of the page, `%(names)s` filled in and escaped."""
    language = filters.spoken_language()
    return _translate(language, text) % parts if parts else _say_plain(language, text)


@lru_cache(maxsize=4096)
def _translate(_language: str, text: str) -> Markup:
    return Markup(gettext(text))  # noqa: S704  what translators write is ours  # nosec B704


@lru_cache(maxsize=4096)
def _say_plain(language: str, text: str) -> Markup:
    return _translate(language, text) % {}

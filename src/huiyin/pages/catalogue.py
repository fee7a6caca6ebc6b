"""The English catalogue: find new texts, compile, and list what is not translated yet.

`python -m huiyin.pages.catalogue update|compile|missing`, in the source tree. Chinese is the source.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parent.parent
FOLDER = PACKAGE / "app" / "locale" / "en" / "LC_MESSAGES"
PO, MO = FOLDER / "django.po", FOLDER / "django.mo"
MAPPING = PACKAGE.parent.parent / "babel.cfg"
_KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def _start() -> Catalog:
    return Catalog(
        locale="en",
        charset="utf-8",
        fuzzy=False,
        project="Huiyin",
        version="1",
        header_comment="# The English of Huiyin; its source language is Chinese.",
        msgid_bugs_address="-",
        creation_date=datetime(2026, 1, 1, tzinfo=UTC),
        revision_date=datetime(2026, 1, 1, tzinfo=UTC),
        last_translator="Huiyin",
        language_team="en",
    )


def extract() -> Catalog:
    """Every text of the Python code and the templates, without translations."""
    found = _start()
    with MAPPING.open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]  # Babel leaves it untyped
    for name, _line, message, comments, context in extract_from_dir(
        PACKAGE, method_map=methods, options_map=options, keywords=_KEYWORDS, comment_tags=("Translators:",)
    ):
        found.add(message, None, [(f"src/huiyin/{name}", 0)], auto_comments=comments, context=context)
    return found


def read() -> Catalog:
    """The catalogue as it is kept."""
    if not PO.is_file():
        return _start()
    with PO.open("rb") as file:
        return read_po(file, locale="en", charset="utf-8")


def update() -> None:
    """Take in new texts and drop those no longer used; translations stay, and none is guessed."""
    kept = read()
    kept.update(extract(), no_fuzzy_matching=True, update_creation_date=False)
    kept.obsolete.clear()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as file:
        write_po(file, kept, sort_output=True, width=110, include_lineno=False, ignore_obsolete=True)


def compile_catalogue() -> None:
    """Write the compiled catalogue that the running product reads."""
    with MO.open("wb") as file:
        write_mo(file, read())


def find_missing() -> Iterator[str]:
    """Texts in use that have no English, in the order of the sources."""
    kept = read()
    for message in extract():
        if not message.id:
            continue
        known = kept.get(message.id[0] if isinstance(message.id, tuple) else message.id, message.context)
        texts = (
            known.string if known and isinstance(known.string, tuple) else (known.string if known else "",)
        )
        if not all(texts):
            yield message.id if isinstance(message.id, str) else message.id[0]


def _list_missing() -> None:
    missing = list(find_missing())
    sys.stdout.writelines(f"{text}\n" for text in missing)
    if missing:
        sys.exit(1)


ACTS: dict[str, Callable[[], None]] = {
    "update": update,
    "compile": compile_catalogue,
    "missing": _list_missing,
}

if __name__ == "__main__":
    act = ACTS.get(sys.argv[1]) if len(sys.argv) == 2 else None
    if act is None:
        sys.exit(__doc__)
    act()

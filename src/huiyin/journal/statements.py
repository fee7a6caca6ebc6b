"""Reads the named SQL statements that stand beside the code of a package."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

_NAME = re.compile(r"^-- name: (\w+)\s*$")


def load_queries(source: str | Path) -> Mapping[str, str]:
    """Name → SQL of the blocks `-- name: xyz`.

    `source` is a package (`__package__`: its `queries.sql` is read), a `.py` file (the `queries.sql` beside
    it) or the SQL file itself. Comment lines and the space before lines are dropped. A name that comes
    twice, and SQL before the first name, are refused.
    """
    blocks: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in _read(source).splitlines():
        named = _NAME.match(line)
        if named:
            if named[1] in blocks:
                raise ValueError(f"the query {named[1]} is there twice")
            current = blocks[named[1]] = []
        elif line.strip() and not line.lstrip().startswith("--"):
            if current is None:
                raise ValueError(f"SQL before the first name: {line}")
            current.append(line.strip())
    return MappingProxyType({name: "\n".join(lines) for name, lines in blocks.items()})


def _read(source: str | Path) -> str:
    if Path(source).suffix == ".py":
        return Path(source).with_name("queries.sql").read_text(encoding="utf-8")
    if Path(source).suffix == ".sql":
        return Path(source).read_text(encoding="utf-8")
    return files(str(source)).joinpath("queries.sql").read_text(encoding="utf-8")

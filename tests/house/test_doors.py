"""Every package is entered by its door, and no module keeps what another process would need."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path

OPEN = {"kernel"}
"""A package of single words without a door: each of its modules may be imported."""

HOUSES = {"economy"}
"""Packages of packages: each one inside has its own door."""


def _home(parts: Sequence[str]) -> str:
    """The package that a module belongs to; each of those inside `HOUSES` is one by itself."""
    return ".".join(parts[:2]) if parts[0] in HOUSES else parts[0]


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("huiyin."):
            whole = node.module.count(".") == 1
            yield from (f"{node.module}.{name.name}" if whole else node.module for name in node.names)
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name.startswith("huiyin."))


def test_other_packages_import_the_door_alone(modules: list[Path], source: Path) -> None:
    trespasses = []
    for path in modules:
        home = _home(path.relative_to(source).parts)
        if home == "app":
            continue  # the wiring mounts commands, addresses and jobs by their own modules
        for module in _imports(path):
            parts = module.split(".")[1:]
            inside = _home(parts)
            if inside not in {home, *OPEN} and parts[inside.count(".") + 1 :] != ["api"]:
                trespasses.append(f"{path.relative_to(source)} imports {module}")
    assert trespasses == []


def test_the_wiring_alone_reads_the_environment(modules: list[Path], source: Path) -> None:
    readers = [
        str(path.relative_to(source))
        for path in modules
        if path.relative_to(source).parts[0] != "app" and "os.environ" in path.read_text(encoding="utf-8")
    ]
    assert readers == []


def test_no_code_names_a_schema_or_makes_a_trigger(source: Path) -> None:
    own = [path for path in source.rglob("*") if path.suffix in {".py", ".sql"} and path.is_file()]
    found = [
        path.name
        for path in own
        for word in ("public.cases_", "SET search_path", "CREATE TRIGGER", "create trigger")
        if word in path.read_text(encoding="utf-8")
    ]
    assert found == []

"""Every query that is kept is used, and every table is made by a linear chain of migrations."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

NAME = re.compile(r"^-- name: (\w+)", re.MULTILINE)


def test_every_query_is_used(source: Path) -> None:
    unused = []
    for file in source.rglob("*.sql"):
        code = "".join(path.read_text(encoding="utf-8") for path in file.parent.rglob("*.py"))
        unused += [
            f"{file.parent.name}: {name}"
            for name in NAME.findall(file.read_text(encoding="utf-8"))
            if f'"{name}"' not in code
        ]
    assert unused == []


def test_migrations_stand_in_one_line() -> None:
    loader = MigrationLoader(None)
    ours = {key for key in loader.graph.nodes if loader.graph.nodes[key].__module__.startswith("huiyin.")}
    for app in {app for app, _ in ours}:
        assert len(loader.graph.leaf_nodes(app)) == 1


@pytest.mark.django_db
def test_no_model_waits_for_a_migration() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_migrations_are_named_by_what_they_do(source: Path) -> None:
    files = [path.stem for path in source.rglob("migrations/0*.py")]
    assert files
    assert [name for name in files if "_auto_" in name or name.endswith("_initial")] == []

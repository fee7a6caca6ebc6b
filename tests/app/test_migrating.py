"""Before an upgrade an operator sees which migrations will run."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from django.db.migrations.recorder import MigrationRecorder

from huiyin.app.commands import migrate
from huiyin.app.migrating import list_missing


@pytest.mark.django_db
def test_nothing_is_missing_after_an_upgrade():
    assert list_missing() == []
    assert CliRunner().invoke(migrate, ["--check"]).exit_code == 0


@pytest.mark.django_db
def test_what_is_missing_is_named_and_not_run():
    newest = MigrationRecorder.Migration.objects.filter(app="journal").order_by("name").last()
    newest.delete()
    answer = CliRunner().invoke(migrate, ["--check"])
    assert answer.exit_code == 1
    assert f"journal.{newest.name}\n" in answer.output
    assert list_missing()[0] == f"journal.{newest.name}"

"""Backup → restore into an empty home → the same counts, digests and files; what is not whole is refused."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

import huiyin
from huiyin.app.backup import passphrases
from huiyin.app.backup.checking import Checked, check_backup
from huiyin.app.backup.facts import Manifest
from huiyin.app.backup.progress import Progress
from huiyin.app.backup.proving import check_version
from huiyin.app.backup.restoring import make_plan
from huiyin.app.backup.target import Target, name_another
from huiyin.kernel.refusals import Refusal

SERVER = os.environ["HUIYIN_DATABASE_URL"]
SOURCE = str(Path(huiyin.__file__).parents[1])
KEY, PASSPHRASE = "a backup key for tests", "another one for the keys"  # pragma: allowlist secret
FILL = """
import django, io, pathlib
django.setup()
from django.conf import settings
from django.utils import timezone
from huiyin.app.migrating import migrate_if_needed
from huiyin.app.demo.county.loader import install_county
from huiyin.appeals.api import NewAppeal, report
from huiyin.cases.api import PERSON, Upload, keep_files
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
migrate_if_needed()
install_county()
files = {"证明.pdf": b"%PDF-1.7 " + b"x" * 700_000, "二.pdf": b"%PDF-2"}
kept = keep_files([Upload(name, io.BytesIO(content)) for name, content in files.items()])
now = timezone.now()
new = NewAppeal(process="hotline", channel="portal", words="路灯坏了", opened_at=now, phone="10100001234")
report(new, PERSON, kept)
"""


@dataclass
class Home:
    """A data folder with a database of its own on the tests' server."""

    folder: Path
    url: str

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run Python here as another process."""
        given = {"HUIYIN_DATA": str(self.folder), "HUIYIN_DATABASE_URL": self.url, "PYTHONPATH": SOURCE}
        given |= {
            "DJANGO_SETTINGS_MODULE": "huiyin.app.settings",
            "HUIYIN_LANGUAGE": "en",
            "HUIYIN_BACKUP_KEY": KEY,
        }
        return subprocess.run(
            [sys.executable, "-P", *arguments],
            env=os.environ | given | environment,
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
        )

    def huiyin(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the product."""
        return self.run("-m", "huiyin.app.cli", *arguments, **environment)

    def files(self) -> dict[str, bytes]:
        """Every attachment by name."""
        found = (self.folder / "attachments").rglob("*")
        return {path.name: path.read_bytes() for path in found if path.is_file()}

    def databases(self) -> set[str]:
        """The names of this database and of those beside it."""
        name = conninfo_to_dict(self.url)["dbname"]
        with psycopg.connect(SERVER) as connection:
            rows = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{name}%"])
            return {row[0] for row in rows}


@pytest.fixture(scope="module")
def new_home(tmp_path_factory) -> Iterator[object]:
    """Makes empty homes; their databases are dropped at the end."""
    made: list[Home] = []

    def make() -> Home:
        name = f"backup_{uuid.uuid4().hex[:8]}"
        with psycopg.connect(SERVER, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        made.append(Home(tmp_path_factory.mktemp("home"), name_another(SERVER, name)))
        return made[-1]

    yield make
    with psycopg.connect(SERVER, autocommit=True) as connection:
        for home in made:
            for name in home.databases():
                connection.execute(f"DROP DATABASE {name}")


@pytest.fixture(scope="module")
def source(new_home) -> Home:
    """A home with the demo county, one case and two files."""
    home = new_home()
    done = home.run("-c", FILL)
    assert done.returncode == 0, done.stderr
    return home


@pytest.fixture(scope="module")
def backup(source, tmp_path_factory) -> Path:
    """A backup of it with its keys."""
    file = tmp_path_factory.mktemp("backups") / "county.backup"
    done = source.huiyin(
        "backup", str(file), "--with-keys", "--json", HUIYIN_BACKUP_KEYS_PASSPHRASE=PASSPHRASE
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["attachments"] == 2
    assert told["tables"]["cases_case"]["rows"] == 1
    return file


def test_a_backup_is_for_its_owner_alone_and_leaves_word(source, backup):
    assert backup.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in backup.parent.iterdir()] == ["county.backup"]
    assert "路灯".encode() not in backup.read_bytes()
    assert json.loads((source.folder / "last-backup.json").read_text())["file"] == str(backup)
    told = source.huiyin(
        "backup", "verify", str(backup), "--json", HUIYIN_DATABASE_URL="postgresql://nowhere.invalid/"
    )
    assert json.loads(told.stdout)["rows"] > 100


def test_a_backup_is_never_overwritten_unasked(source, backup):
    before = backup.read_bytes()
    done = source.huiyin("backup", str(backup))
    assert (done.returncode, backup.read_bytes()) == (1, before)
    assert "--force" in done.stderr


def test_an_empty_home_gets_the_same_counts_digests_and_files(source, backup, new_home):
    goal = new_home()
    given = {"HUIYIN_BACKUP_KEYS_PASSPHRASE": PASSPHRASE}
    done = goal.huiyin("restore", str(backup), "--with-keys", "--json", **given)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    proof = told["proof"]
    assert proof["missing"] == proof["findings"] == proof["unopened"] == []
    assert proof["journal_entries"] > 0
    assert goal.files() == source.files()
    again = goal.folder / "again.backup"
    copied = json.loads(goal.huiyin("backup", str(again), "--json").stdout)
    assert copied["tables"] == told["tables"]
    assert copied["sealing_keys"] == told["sealing_keys"]
    assert len(goal.databases()) == 1
    refused = goal.huiyin("restore", str(backup))
    assert refused.returncode == 1
    assert "--replace" in refused.stderr
    replaced = goal.huiyin("restore", str(backup), "--replace", "--yes", "--json")
    assert replaced.returncode == 0, replaced.stderr
    assert json.loads(replaced.stdout)["proof"]["kept_as"] in goal.databases()


@pytest.fixture(scope="module")
def untouched(new_home) -> Home:
    """A home that nothing may change."""
    return new_home()


def refuse(untouched, file, *options, **environment):
    done = untouched.huiyin("restore", str(file), *options, **environment)
    assert done.returncode == 1, done.stdout
    assert "Traceback" not in done.stderr
    assert untouched.files() == {}
    assert len(untouched.databases()) == 1
    with psycopg.connect(untouched.url) as connection:
        assert connection.execute(
            "SELECT count(*) FROM pg_class WHERE relname LIKE 'cases%%'"
        ).fetchone() == (0,)
    return done.stderr


def test_a_wrong_key_is_refused_before_anything_is_changed(untouched, backup):
    assert "key is wrong" in refuse(untouched, backup, HUIYIN_BACKUP_KEY="this is another key")


def test_a_truncated_file_is_refused_before_anything_is_changed(untouched, backup, tmp_path):
    cut = tmp_path / "cut.backup"
    cut.write_bytes(backup.read_bytes()[:-1])
    assert "cut short or damaged" in refuse(untouched, cut)


@pytest.mark.parametrize("part", [0.001, 0.3, 0.7, 0.99])
def test_a_flipped_byte_or_a_cut_is_refused_wherever_it_is(backup, tmp_path, part):
    raw = bytearray(backup.read_bytes())
    at = int(len(raw) * part)
    raw[at] ^= 4
    for wrong in (raw, backup.read_bytes()[:at]):
        (tmp_path / "wrong.backup").write_bytes(wrong)
        with pytest.raises(Refusal):
            check_backup(tmp_path / "wrong.backup", KEY, Progress())


def test_without_the_keys_a_restore_says_what_to_do(untouched, backup):
    assert "--with-keys" in refuse(untouched, backup)
    wrong = {"HUIYIN_BACKUP_KEYS_PASSPHRASE": "not the passphrase"}
    assert "passphrase of the keys is wrong" in refuse(untouched, backup, "--with-keys", **wrong)


def test_a_database_in_use_is_not_restored_into(untouched, backup):
    with psycopg.connect(untouched.url):
        assert "in use" in refuse(untouched, backup, "--without-keys")


def test_an_attachment_that_is_gone_is_named(source, tmp_path, backup):
    gone = max((source.folder / "attachments").rglob("*"), key=lambda path: len(path.name))
    content = gone.read_bytes()
    gone.unlink()
    done = source.huiyin("backup", str(tmp_path / "poor.backup"))
    gone.write_bytes(content)
    assert done.returncode == 1
    assert gone.name in done.stderr
    assert (tmp_path / "poor.backup").exists()


def test_an_interrupted_backup_leaves_no_half_file(source, tmp_path, backup):
    done = source.huiyin("backup", str(tmp_path / "no-such-folder" / "x.backup"))
    assert done.returncode == 1
    assert "could not be written" in done.stderr
    limit = "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
    limit += "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)); "
    limit += (
        "import sys; sys.argv = ['huiyin', 'backup', sys.argv[1]]; from huiyin.app.cli import main; main()"
    )
    full = source.run("-c", limit, str(tmp_path / "full.backup"))
    assert full.returncode == 1
    assert "could not be written" in full.stderr, full.stderr
    assert list(tmp_path.iterdir()) == []


def test_no_key_no_backup_and_no_short_one(monkeypatch):
    monkeypatch.delenv(passphrases.KEY, raising=False)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert refuse_key() == "no-passphrase"
    monkeypatch.setenv(passphrases.KEY, "short")
    assert refuse_key() == "passphrase-short"
    monkeypatch.setenv(passphrases.KEYS_PASSPHRASE, KEY)
    with pytest.raises(Refusal) as caught:
        passphrases.read_keys_passphrase(new=True, key=KEY)
    assert caught.value.code == "same-passphrase"


def refuse_key():
    with pytest.raises(Refusal) as caught:
        passphrases.read_key(new=True)
    return caught.value.code


def manifest(**changed):
    told = {"version": "9.9", "county": "禾川县", "made_at": "2026-11-26T02:30:00+08:00", "postgres": 15}
    told |= {"dumped_by": 15, "migrations": [], "tables": {}, "journal_root": ""}
    return Manifest(**(told | changed))


def test_a_backup_of_a_newer_version_is_refused():
    check_version(manifest(migrations=[["cases", "0001_create_cases"], ["of_another_program", "0001_x"]]))
    with pytest.raises(Refusal) as caught:
        check_version(manifest(migrations=[["cases", "9999_add_wings"]]))
    assert caught.value.code == "backup-newer"
    assert "cases.9999_add_wings" in caught.value.words.en


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"major": 14}, "server-older"),
        ({"others": 1}, "database-in-use"),
        ({"may_create": False, "tables": 3}, "may-not-create"),
    ],
)
def test_a_target_that_cannot_take_a_backup_is_refused(tmp_path, changed, code):
    told = {"url": SERVER, "name": "x", "major": 15, "tables": 0, "filled": False, "others": 0}
    found = Target(**(told | {"may_create": True, "locale": None} | changed))
    now = datetime(2026, 11, 27, 4, tzinfo=UTC)
    with pytest.raises(Refusal) as caught:
        make_plan(tmp_path / "x", KEY, Checked(manifest(), 0, b""), found, tmp_path, now)
    assert caught.value.code == code

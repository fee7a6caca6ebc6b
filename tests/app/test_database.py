"""The embedded server's life, with real servers."""

from __future__ import annotations

import os
import signal
import stat
import time
from pathlib import Path

import psycopg
import pytest

from huiyin.app.database import ensure_database, find_running, stop_running, watch_database
from huiyin.app.database.binaries import choose_binaries
from huiyin.app.database.home import find_home
from huiyin.app.database.server import read_server
from huiyin.app.database.supervisor import be_silent
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words

USE = """
from huiyin.app.database import ensure_database
with ensure_database(durable=False) as url:
    print(url, flush=True)
    input()
"""


def ask(url: str, question: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(question).fetchone()
    assert row is not None
    return row[0]


def server_pid(data: Path) -> int:
    server = read_server(find_home(data) / "cluster")
    assert server is not None
    return server.pid


def wait_until_gone(pid: int) -> None:
    until = time.monotonic() + 10
    while Path(f"/proc/{pid}").exists() and time.monotonic() < until:
        time.sleep(0.02)


def test_a_server_runs_inside_the_block_and_is_gone_after_it(empty_folder):
    with ensure_database(durable=False) as url:
        assert ask(url, "SELECT current_user::text") == "huiyin"
        assert ask(url, "SELECT rolsuper FROM pg_roles WHERE rolname = 'huiyin'") is False
        assert ask(url, "SHOW server_encoding") == "UTF8"
        assert ask(url, "SHOW data_checksums") == "on"
        assert ask(url, r"SELECT '中' ~ '\w'") is True
        assert find_running() == url
    assert find_running() is None


def test_only_the_loopback_with_the_password_is_let_in(data_folder):
    with ensure_database(durable=False) as url:
        assert ask(url, "SELECT inet_server_addr()::text") == "127.0.0.1/32"
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(url, password="wrong")
    secret = data_folder / "secrets" / "database-password"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600


def test_what_was_written_is_there_after_a_stop_and_a_start_on_the_same_port(data_folder):
    with ensure_database(durable=False) as first, psycopg.connect(first) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
        connection.commit()
    with ensure_database(durable=False) as second:
        assert ask(second, "SELECT number FROM kept") == 7
        assert second == first


def test_a_second_process_shares_the_server_and_the_last_one_stops_it(data_folder, start):
    with ensure_database(durable=False) as url:
        pid = server_pid(data_folder)
        other = start("-c", USE)
        assert other.stdout.readline().strip() == url
        with pytest.raises(Refusal) as refused:
            stop_running(be_silent)
        assert refused.value.code == "database-in-use"
    assert server_pid(data_folder) == pid, "the other process still uses it"
    other.communicate("\n")
    assert find_running() is None


def test_a_server_left_by_a_killed_process_is_taken_over_and_stopped(data_folder, start):
    killed = start("-c", USE)
    left = killed.stdout.readline().strip()
    killed.kill()
    killed.wait()
    pid = server_pid(data_folder)
    with ensure_database() as url:
        assert url == left
        assert server_pid(data_folder) == pid
    wait_until_gone(pid)
    assert find_running() is None


def test_a_server_that_was_killed_itself_recovers_what_was_committed(data_folder):
    with watch_database() as database:
        with psycopg.connect(database.url) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
        pid = server_pid(data_folder)
        os.kill(pid, signal.SIGKILL)
        until = time.monotonic() + 10
        while not database.revive():
            assert time.monotonic() < until
            time.sleep(0.02)
        assert server_pid(data_folder) != pid
        assert ask(database.url, "SELECT number FROM kept") == 7


def test_a_server_whose_folder_was_taken_away_is_stopped_at_once(data_folder):
    with ensure_database(durable=False):
        pid, began = server_pid(data_folder), time.monotonic()
        (data_folder / "postgres" / "cluster" / "postmaster.pid").unlink()
    wait_until_gone(pid)
    assert not Path(f"/proc/{pid}").exists()
    assert time.monotonic() - began < 30, "PostgreSQL itself looks once a minute"


def test_a_note_of_another_process_with_the_same_number_is_not_believed(data_folder):
    with ensure_database(durable=False):
        pass
    note = find_home(data_folder) / "cluster" / "postmaster.pid"
    note.write_text(f"{os.getpid()}\n{note.parent}\n0\n5432\n\n127.0.0.1\n0 0\nready\n")
    assert find_running() is None
    with ensure_database(durable=False) as url:
        assert ask(url, "SELECT 1") == 1


def test_a_process_told_to_end_stops_its_server(data_folder, start):
    command = start(
        "-m", "huiyin.app.cli", "database", "psql", "-qAtc", "SELECT pg_backend_pid(); SELECT pg_sleep(60)"
    )
    until = time.monotonic() + 20
    while find_running() is None:
        assert time.monotonic() < until
        time.sleep(0.05)
    command.send_signal(signal.SIGTERM)
    assert command.wait(20) == 128 + signal.SIGTERM
    assert find_running() is None


def test_a_given_database_is_used_and_nothing_is_started(empty_folder, monkeypatch):
    monkeypatch.setenv("HUIYIN_DATABASE_URL", "postgresql://somewhere/else")
    with ensure_database() as url:
        assert url == "postgresql://somewhere/else"
    assert not (empty_folder / "postgres").exists()


def test_data_of_another_major_version_is_refused_with_what_to_do(data_folder):
    with ensure_database(durable=False):
        pass
    (find_home(data_folder) / "cluster" / "PG_VERSION").write_text("9\n")
    with pytest.raises(Refusal) as refused, ensure_database(durable=False):
        pass
    assert refused.value.code == "other-postgres"
    assert "pg_dump" in refused.value.words.zh


def test_a_lost_password_is_refused_and_the_server_does_not_stay(data_folder):
    with ensure_database(durable=False):
        pass
    (data_folder / "secrets" / "database-password").unlink()
    with pytest.raises(Refusal) as refused, ensure_database(durable=False):
        pass
    assert refused.value.code == "database-password-lost"
    assert read_server(find_home(data_folder) / "cluster") is None


def test_the_programs_of_the_wheel_serve_as_well(empty_folder, monkeypatch):
    monkeypatch.setenv("HUIYIN_POSTGRES", "wheel")
    with ensure_database(durable=False) as url:
        assert ask(url, "SHOW server_version_num") >= "180000"
        assert ask(url, r"SELECT '中' ~ '\w'") is True


def test_programs_that_are_not_there_are_refused(empty_folder, monkeypatch, tmp_path):
    monkeypatch.setenv("HUIYIN_POSTGRES", str(tmp_path))
    with pytest.raises(Refusal) as refused, ensure_database():
        pass
    assert refused.value.code == "no-postgres"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands the server to another account")
def test_root_leaves_a_closed_folder_closed_and_puts_the_cluster_elsewhere(empty_folder, monkeypatch):
    closed = empty_folder / "closed"
    closed.mkdir(mode=0o700)
    monkeypatch.setenv("HUIYIN_DATA", str(closed / "data"))
    monkeypatch.setattr("huiyin.app.database.home.PLACES", (empty_folder,))
    told: list[Words] = []
    with ensure_database(told.append, durable=False) as url:
        assert ask(url, "SELECT 1") == 1
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    home = find_home(closed / "data")
    assert home.parent == empty_folder
    assert any(str(home) in words.zh for words in told)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands the server to another account")
def test_programs_in_a_closed_folder_are_copied_to_where_the_account_may_run_them(empty_folder, monkeypatch):
    monkeypatch.setenv("HUIYIN_POSTGRES", "wheel")
    binaries = choose_binaries(None)
    monkeypatch.setattr(
        "huiyin.app.database.home.can_enter", lambda _account, folder: folder != binaries.folder
    )
    with ensure_database(durable=False) as url:
        assert ask(url, "SELECT 1") == 1
    assert (
        empty_folder / "postgres" / f"programs-{binaries.major}" / "package" / "install" / "bin" / "postgres"
    ).exists()

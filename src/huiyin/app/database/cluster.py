"""A cluster on disk: made once with checksums and UTF-8, its settings written at every start."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from huiyin.app.database.account import Account, as_account
from huiyin.app.database.binaries import Binaries
from huiyin.app.database.failures import explain_failure

SUPERUSER = "postgres"
# An operator's own values (ALTER SYSTEM) stand in postgresql.auto.conf and win over these.
SETTINGS = """\
# Written by Huiyin at every start. Change values with ALTER SYSTEM instead.
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 100
shared_buffers = 256MB
effective_cache_size = 1GB
work_mem = 8MB
maintenance_work_mem = 128MB
wal_compression = on
max_wal_size = 2GB
checkpoint_timeout = 15min
random_page_cost = 1.1
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
log_line_prefix = '%m [%p] '
"""
ACCESS = "host all all 127.0.0.1/32 scram-sha-256\n"


def read_major(cluster: Path) -> int | None:
    """The major version that made the cluster; None when there is none yet."""
    try:
        return int((cluster / "PG_VERSION").read_text(encoding="ascii"))
    except FileNotFoundError:
        return None


def make_cluster(binaries: Binaries, account: Account | None, cluster: Path, password: str) -> None:
    """A new cluster: whole, or not there at all (an interrupted attempt is thrown away)."""
    draft = cluster.with_name("cluster.new")
    if draft.exists():
        shutil.rmtree(draft)
    draft.mkdir(mode=0o700)
    secret = draft.with_name("password.new")
    try:
        secret.touch(mode=0o600)
        secret.write_text(password, encoding="ascii")
        _give(account, draft, secret)
        _run_initdb(binaries, account, draft, secret)
    finally:
        secret.unlink(missing_ok=True)
    with (draft / "postgresql.conf").open("a", encoding="utf-8") as file:
        file.write("\ninclude_if_exists = 'huiyin.conf'\n")
    (draft / "pg_hba.conf").write_text(ACCESS, encoding="ascii")
    draft.rename(cluster)


def write_settings(cluster: Path, account: Account | None) -> None:
    """The settings of this version of Huiyin, whatever version made the cluster."""
    file, draft = cluster / "huiyin.conf", cluster / "huiyin.conf.new"
    if file.exists() and file.read_text(encoding="ascii") == SETTINGS:
        return
    draft.write_text(SETTINGS, encoding="ascii")  # a full disk must not leave half of them
    _give(account, draft)
    draft.replace(file)


def _give(account: Account | None, *paths: Path) -> None:
    for path in paths:
        if account is not None:
            os.chown(path, account.uid, account.gid)


def _run_initdb(binaries: Binaries, account: Account | None, folder: Path, secret: Path) -> None:
    fixed = [binaries["initdb"], f"--pgdata={folder}", f"--username={SUPERUSER}", f"--pwfile={secret}"]
    fixed += [
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",
        "--data-checksums",
        "--no-instructions",
    ]
    told = ""
    for locale in _locales(binaries.major):
        command = [*fixed, *locale]
        done = subprocess.run(command, capture_output=True, text=True, check=False, **as_account(account))  # noqa: S603
        if done.returncode == 0:
            return
        told = done.stderr
        if "locale" not in told:
            break
    raise explain_failure(told, folder)


def _locales(major: int) -> list[list[str]]:
    """Code-point order everywhere, and letters beyond ASCII known as letters wherever that can be had."""
    if major >= 17:
        return [["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]]
    return [["--lc-ctype=C.UTF-8"], []]

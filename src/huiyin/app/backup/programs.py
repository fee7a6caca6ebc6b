"""Runs pg_dump and pg_restore as streams; the password goes by the environment alone."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from typing import IO

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from huiyin.app.database.binaries import find_client
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words

BLOCK = 256 * 1024
_TOLD = 2000  # signs of a program's complaint that are passed on


def choose_program(name: str, at_least: int) -> tuple[str, int]:
    """The program of that PostgreSQL version, or the next newer one, and its version. Refused: neither."""
    found = find_client(name, at_least)
    if found is None:
        raise Refusal("no-client", _NO_CLIENT.fill(name=name, major=at_least))
    return found


def dump(url: str, snapshot: str, program: str) -> Iterator[bytes]:
    """The database as `snapshot` sees it, in PostgreSQL's custom format. Refused: `dump-failed`."""
    options = ["--format=custom", "--compress=3", "--no-owner", "--no-privileges", "--no-password"]
    command = [program, *options, f"--snapshot={snapshot}", f"--dbname={_without_password(url)}"]
    with tempfile.TemporaryFile() as complaints:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=complaints, env=_environment(url))  # noqa: S603  our own program
        try:
            assert process.stdout is not None  # noqa: S101  asked for above
            while block := process.stdout.read(BLOCK):
                yield block
        finally:
            process.stdout.close()  # type: ignore[union-attr]
            code = process.wait()
        if code != 0:
            raise Refusal("dump-failed", _DUMP_FAILED.fill(told=_read(complaints)))


def restore(url: str, blocks: Iterable[bytes], program: str) -> None:
    """Fill the empty database at `url`, all of it or nothing. Refused: `restore-failed`."""
    options = ["--no-owner", "--no-privileges", "--no-password", "--exit-on-error", "--single-transaction"]
    command = [program, *options, f"--dbname={_without_password(url)}"]
    with tempfile.TemporaryFile() as complaints:
        streams = {"stdin": subprocess.PIPE, "stdout": complaints, "stderr": complaints}
        process = subprocess.Popen(command, env=_environment(url), **streams)  # type: ignore[call-overload]  # noqa: S603
        try:
            _feed(process.stdin, blocks)
        except BaseException:
            process.kill()
            process.wait()
            raise
        if process.wait() != 0:
            raise Refusal("restore-failed", _RESTORE_FAILED.fill(told=_read(complaints)))


def _feed(stdin: IO[bytes], blocks: Iterable[bytes]) -> None:
    try:
        for block in blocks:
            stdin.write(block)
        stdin.close()
    except BrokenPipeError:  # it has ended: its complaint says why
        pass


def _without_password(url: str) -> str:
    return make_conninfo("", **{**conninfo_to_dict(url), "password": None})


def _environment(url: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    password = conninfo_to_dict(url).get("password")
    return kept | ({"PGPASSWORD": str(password)} if password else {})


def _read(complaints: IO[bytes]) -> str:
    complaints.seek(0)
    return complaints.read(_TOLD).decode(errors="replace").strip()


_NO_CLIENT = Words(
    "本机没有 {name}（需要 PostgreSQL {major} 或更高版本的客户端）。请安装 postgresql-client-{major}。",
    "There is no {name} on this machine (of PostgreSQL {major} or newer). Install postgresql-client-{major}.",
)
_DUMP_FAILED = Words("数据库没有导出成功：{told}", "The database could not be dumped: {told}")
_RESTORE_FAILED = Words(
    "数据库没有恢复成功，原有数据没有改动：{told}",
    "The database could not be restored; what was there is unchanged: {told}",
)

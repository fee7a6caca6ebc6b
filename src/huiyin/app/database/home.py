"""The folder in which the server lives, and the programs it is started with."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from huiyin.app.database.account import Account, can_enter
from huiyin.app.database.binaries import Binaries
from huiyin.kernel.words import Words

Say = Callable[[Words], None]
PLACES = (
    Path("/var/lib"),
    Path(tempfile.gettempdir()),
)  # where root may put a cluster that the data folder cannot hold


def desk(data: Path) -> Path:
    """The folder inside the data folder for locks and notes; made when missing."""
    folder = data / "postgres"
    if not folder.exists():
        folder.mkdir(parents=True)
        folder.chmod(0o755)  # the server's account goes through it; the cluster inside is closed to others
    return folder


def find_home(data: Path) -> Path:
    """Where the cluster is: the data folder, or the place noted there."""
    note = data / "postgres" / "elsewhere"
    return Path(note.read_text(encoding="utf-8").strip()) if note.exists() else data / "postgres"


def settle_home(data: Path, account: Account | None, say: Say) -> Path:
    """`find_home`, or a new place noted in the data folder when `account` may not enter the data folder.

    The modes of folders above are never changed.
    """
    home = find_home(data)
    if home != data / "postgres" or can_enter(account, home):
        return home
    home = _make_elsewhere(data)
    (data / "postgres" / "elsewhere").write_text(f"{home}\n", encoding="utf-8")
    say(_ELSEWHERE.fill(name=account.name if account else "", home=home))
    return home


def _make_elsewhere(data: Path) -> Path:
    above = next(place for place in PLACES if os.access(place, os.W_OK))
    home = above / f"huiyin-{hashlib.sha256(str(data).encode()).hexdigest()[:12]}"
    home.mkdir(exist_ok=True)
    home.chmod(0o755)
    return home


def bring_binaries(binaries: Binaries, home: Path, account: Account | None) -> Binaries:
    """The same programs where `account` may run them: copied into `home` when their folder is "
    "closed to it."""
    if can_enter(account, binaries.folder):
        return binaries
    copy = home / f"programs-{binaries.major}"
    if not copy.exists():
        draft = Path(tempfile.mkdtemp(prefix="programs-", dir=home))
        _copy_programs(binaries.folder, draft)
        draft.rename(copy)
    return Binaries(copy / "package" / "install" / "bin", binaries.major)


def _copy_programs(folder: Path, target: Path) -> None:
    """The layout stays as in the wheel: its programs look for their libraries three folders up."""
    install, package = folder.parent, folder.parent.parent
    for part in ("bin", "lib", "share"):
        shutil.copytree(install / part, target / "package" / "install" / part)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, target / libraries.name)
    _open_tree(target)


def _open_tree(top: Path) -> None:
    for folder, _, _ in os.walk(top):
        Path(folder).chmod(0o755)


_ELSEWHERE = Words(
    "数据目录不允许账户 {name} 进入，数据库改放在 {home}（已记入数据目录，备份时请一并备份）。",
    "The account {name} may not enter the data folder, so the database lives in {home} "
    "(noted in the data folder; back it up as well).",
)

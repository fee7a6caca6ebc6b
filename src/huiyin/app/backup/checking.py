"""Reads a whole backup without changing anything: what does not pass here is never restored."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from huiyin.app.backup import archive, files
from huiyin.app.backup.envelope import SealedReader, damaged
from huiyin.app.backup.facts import Manifest
from huiyin.app.backup.progress import Progress
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words


@dataclass(frozen=True, slots=True)
class Checked:
    """What a whole backup holds."""

    manifest: Manifest
    attachments: int
    locked_keys: bytes


@contextmanager
def opened(path: Path, key: str) -> Iterator[Iterator[archive.Part]]:
    """The parts of the backup at `path`, in order."""
    try:
        with path.open("rb") as file:
            yield archive.read_parts(SealedReader(file, key))
    except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
        raise Refusal("no-backup", _NO_FILE.fill(file=path, why=error.strerror)) from error


def check_backup(path: Path, key: str, progress: Progress) -> Checked:
    """Decrypt all, compare every digest. Refused: `backup-key-wrong`, `backup-damaged`, `no-backup`."""
    progress.begin(_CHECKING)
    manifest, locked, dumped, count, size = None, b"", False, 0, 0
    with opened(path, key) as parts:
        for part in parts:
            if part.name == archive.MANIFEST:
                manifest = Manifest.read(part.text())
            elif part.name == archive.KEYS:
                locked = part.text()
            elif part.name == archive.DATABASE:
                for block in part.blocks:
                    size += len(block)
                    progress.megabytes(size)
                dumped = size > 0
            elif part.name.startswith(archive.ATTACHMENTS):
                size += files.check_content(part.name.removeprefix(archive.ATTACHMENTS), part.blocks)
                count += 1
                progress.megabytes(size)
    progress.end()
    if manifest is None or not dumped:
        raise damaged()
    return Checked(manifest, count, locked)


_CHECKING = Words("核对备份文件……", "Checking the backup…")
_NO_FILE = Words("打不开 {file}：{why}。", "{file} cannot be opened: {why}.")

"""The attachments on their way into a backup and out of it; the name of each is the hash of its content."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from huiyin.app.backup.envelope import damaged

BLOCK = 256 * 1024
_NAME = re.compile(r"[0-9a-f]{64}")


def list_files(folder: Path) -> Iterator[Path]:
    """Every attachment under `folder`, one subfolder in memory at a time; drafts are passed over."""
    if not folder.is_dir():
        return
    for shelf in sorted(path for path in folder.iterdir() if path.is_dir()):
        yield from sorted(path for path in shelf.iterdir() if _NAME.fullmatch(path.name))


def place_of(folder: Path, sha256: str) -> Path:
    """Where the attachment of that hash lies."""
    return folder / sha256[:2] / sha256


@contextmanager
def opened_whole(path: Path) -> Iterator[Iterator[bytes] | None]:
    """The content in blocks; None when the file is gone or is not what its name says.

    It is read twice through one handle: what is removed meanwhile is still read to its end.
    """
    try:
        file = path.open("rb")
    except FileNotFoundError:
        yield None
        return
    with file:
        whole = hashlib.file_digest(file, "sha256").hexdigest() == path.name
        file.seek(0)
        yield iter(lambda: file.read(BLOCK), b"") if whole else None


def check_content(sha256: str, blocks: Iterable[bytes]) -> int:
    """The size; `backup-damaged` when the content is not what its name says."""
    hashed, size = hashlib.sha256(), 0
    for block in blocks:
        hashed.update(block)
        size += len(block)
    if not _NAME.fullmatch(sha256) or hashed.hexdigest() != sha256:
        raise damaged()
    return size


def is_whole(path: Path) -> bool:
    """Whether the file is there and its content is what its name says."""
    with opened_whole(path) as blocks:
        return blocks is not None


def write_file(folder: Path, sha256: str, blocks: Iterable[bytes]) -> bool:
    """Keep an attachment; whether it had been missing. A whole one is left; a broken one is mended."""
    path = place_of(folder, sha256)
    if path.exists() and is_whole(path):
        check_content(sha256, blocks)
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}.part")
    try:
        with draft.open("wb") as file:
            check_content(sha256, _copied(blocks, file))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return True


def _copied(blocks: Iterable[bytes], file: BinaryIO) -> Iterator[bytes]:
    for block in blocks:
        file.write(block)
        yield block

"""The outside of a backup: AES-256-GCM in chunks, so that a cut, swapped or altered piece is found."""

from __future__ import annotations

import json
import os
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words

# MAGIC, length of the head (4 bytes), head (JSON), then chunks: length (4 bytes), ciphertext with its tag.
# The nonce of a chunk is its number and whether it is the last: each file has a key of its own, by its salt.
MAGIC = b"HUIYIN-BACKUP-1\n"
CHUNK = 1024 * 1024
TAG = 16
_LONGEST_HEAD = 4096
_N, _R, _P = 2**16, 8, 1  # 64 MB and a fraction of a second a try


class SealedWriter:
    """A stream that is written once, from front to end; without `finish` the file does not open."""

    def __init__(self, file: BinaryIO, key: str) -> None:
        salt = os.urandom(32)
        head = json.dumps({"kdf": "scrypt", "n": _N, "r": _R, "p": _P, "salt": salt.hex()}).encode()
        self._file, self._cipher = file, AESGCM(derive(key, salt))
        self._bound = MAGIC + head
        self._number, self._waiting = 0, bytearray()
        file.write(MAGIC + len(head).to_bytes(4, "big") + head)

    def write(self, content: bytes | bytearray | memoryview) -> int:
        """Take any number of bytes; they reach the file in whole chunks."""
        self._waiting += content
        while len(self._waiting) > CHUNK:
            self._put(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]
        return len(content)

    def finish(self) -> None:
        """Write the last chunk, by which a reader knows that nothing is missing."""
        self._put(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _put(self, plain: bytes, *, last: bool) -> None:
        sealed = self._cipher.encrypt(_nonce(self._number, last=last), plain, self._bound)
        self._file.write(len(sealed).to_bytes(4, "big") + sealed)
        self._number += 1


class SealedReader:
    """The same stream back, in one chunk of memory.

    Refused: `backup-not-one` (another kind of file), `backup-key-wrong` (the first chunk does not open),
    `backup-damaged` (a later one does not, or the file ends early or goes on after its end).
    """

    def __init__(self, file: BinaryIO, key: str) -> None:
        self._file = file
        salt, self._bound = _read_head(file)
        self._cipher = AESGCM(derive(key, salt))
        self._number, self._ended, self._ready = 0, False, b""

    def read(self, size: int) -> bytes:
        """Exactly `size` bytes, or fewer when the stream ends."""
        found = bytearray()
        while len(found) < size and (self._ready or not self._ended):
            if not self._ready:
                self._ready = self._next()
            taken = size - len(found)
            found += self._ready[:taken]
            self._ready = self._ready[taken:]
        return bytes(found)

    def _next(self) -> bytes:
        size = int.from_bytes(self._exactly(4), "big")
        if not TAG <= size <= CHUNK + TAG:
            raise damaged()
        sealed = self._exactly(size)
        for last in (False, True):
            try:
                plain = self._cipher.decrypt(_nonce(self._number, last=last), sealed, self._bound)
            except InvalidTag:
                continue
            self._number, self._ended = self._number + 1, last
            if last and self._file.read(1):
                raise damaged()
            return plain
        raise damaged() if self._number else Refusal("backup-key-wrong", _KEY_WRONG)

    def _exactly(self, size: int) -> bytes:
        found = self._file.read(size)
        if len(found) != size:
            raise damaged()
        return found


def derive(key: str, salt: bytes) -> bytes:
    """32 bytes from a passphrase and a salt (scrypt)."""
    return Scrypt(salt=salt, length=32, n=_N, r=_R, p=_P).derive(key.encode())


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _read_head(file: BinaryIO) -> tuple[bytes, bytes]:
    """The salt, and what every chunk is bound to. Other costs than ours are refused, not tried."""
    if file.read(len(MAGIC)) != MAGIC:
        raise Refusal("backup-not-one", _NOT_ONE)
    size = int.from_bytes(file.read(4), "big")
    raw = file.read(size) if 0 < size <= _LONGEST_HEAD else b""
    try:
        head: dict[str, Any] = json.loads(raw)
        salt = bytes.fromhex(head["salt"])
    except (ValueError, KeyError, TypeError):
        raise damaged() from None
    if (head.get("kdf"), head.get("n"), head.get("r"), head.get("p")) != ("scrypt", _N, _R, _P):
        raise damaged()
    return salt, MAGIC + raw


def damaged() -> Refusal:
    """The file is not whole."""
    return Refusal("backup-damaged", _DAMAGED)


_NOT_ONE = Words("这不是回音的备份文件。", "This is no backup of Huiyin.")
_KEY_WRONG = Words(
    "备份口令不对（或文件开头已损坏），没有改动任何数据。请换用备份时的 HUIYIN_BACKUP_KEY。",
    "The backup key is wrong (or the file's beginning is damaged); nothing was changed. "
    "Use the HUIYIN_BACKUP_KEY that the backup was made with.",
)
_DAMAGED = Words(
    "备份文件不完整或已损坏，没有改动任何数据。请换一份备份。",
    "The backup file is cut short or damaged; nothing was changed. Take another backup.",
)

"""The inside of a backup: named parts one after the other, and at the end what each must come out as."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from huiyin.app.backup.envelope import damaged

# A part: length of its name (4 bytes), name, then blocks: length (4 bytes), content; an empty block ends it.
# An empty name ends the archive; the last part, DIGESTS, names size and SHA-256 of every part before it.
BLOCK = 256 * 1024
MANIFEST, DATABASE, KEYS, DIGESTS = "manifest.json", "database.dump", "keys.sealed", "digests.jsonl"
ATTACHMENTS = "attachments/"
_LONGEST_NAME = 1000
_LONGEST_TEXT = 16 * 1024 * 1024


class Sink(Protocol):
    """Takes bytes."""

    def write(self, content: bytes, /) -> Any: ...


class Source(Protocol):
    """Gives exactly so many bytes, or fewer at its end."""

    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Digest:
    """What a part is: its size in bytes and the SHA-256 of its content, in hex."""

    name: str
    size: int
    sha256: str


class PartWriter:
    """Writes parts; remembers nothing of them but one running hash over their digests."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._all = hashlib.sha256()
        self.count = 0

    def add(self, name: str, blocks: Iterable[bytes]) -> Digest:
        """Write one part from blocks of any size; answers its digest."""
        self._number(len(name.encode()))
        self._sink.write(name.encode())
        hashed, size = hashlib.sha256(), 0
        for block in blocks:
            for at in range(0, len(block), BLOCK):
                piece = block[at : at + BLOCK]
                self._number(len(piece))
                self._sink.write(piece)
                hashed.update(piece)
                size += len(piece)
        self._number(0)
        made = Digest(name, size, hashed.hexdigest())
        self._all.update(_line(made))
        self.count += 1
        return made

    def finish(self) -> None:
        """The sum of all digests, and the end."""
        self.add(DIGESTS, [json.dumps({"parts": self.count, "sha256": self._all.hexdigest()}).encode()])
        self._number(0)

    def _number(self, number: int) -> None:
        self._sink.write(number.to_bytes(4, "big"))


@dataclass(slots=True)
class Part:
    """A part on its way by: its blocks can be read once, and must be before the next part."""

    name: str
    blocks: Iterator[bytes]

    def text(self) -> bytes:
        """The whole content of a small part; a large one is refused as damage."""
        found = bytearray()
        for block in self.blocks:
            found += block
            if len(found) > _LONGEST_TEXT:
                raise damaged()
        return bytes(found)


def read_parts(source: Source) -> Iterator[Part]:
    """Every part in order, in the memory of one block. `backup-damaged` where a digest differs."""
    every, count = hashlib.sha256(), 0
    told: dict[str, Any] | None = None
    while name := _read_name(source):
        if told is not None:
            raise damaged()
        seen: list[Digest] = []
        kept = bytearray()
        part = Part(name, _blocks(source, name, seen, kept))
        yield part
        for _ in part.blocks:  # whatever the reader has left
            pass
        if name == DIGESTS:
            told = json.loads(bytes(kept))
        else:
            every.update(_line(seen[0]))
            count += 1
    if told != {"parts": count, "sha256": every.hexdigest()} or source.read(1):
        raise damaged()


def _blocks(source: Source, name: str, seen: list[Digest], kept: bytearray) -> Iterator[bytes]:
    hashed, size = hashlib.sha256(), 0
    while length := _read_number(source):
        if length > BLOCK:
            raise damaged()
        block = _exactly(source, length)
        hashed.update(block)
        size += length
        if name == DIGESTS and len(kept) < BLOCK:
            kept += block
        yield block
    seen.append(Digest(name, size, hashed.hexdigest()))


def _read_name(source: Source) -> str:
    length = _read_number(source)
    if length > _LONGEST_NAME:
        raise damaged()
    return _exactly(source, length).decode()


def _read_number(source: Source) -> int:
    return int.from_bytes(_exactly(source, 4), "big")


def _exactly(source: Source, size: int) -> bytes:
    found = source.read(size)
    if len(found) != size:
        raise damaged()
    return found


def _line(made: Digest) -> bytes:
    return f"{made.sha256} {made.size} {made.name}\n".encode()

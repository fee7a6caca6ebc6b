"""The outside and the inside of a backup: whatever is cut, swapped, altered or added is found."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.app.backup import archive, envelope
from huiyin.app.backup.archive import PartWriter, read_parts
from huiyin.app.backup.envelope import SealedReader, SealedWriter
from huiyin.kernel.refusals import Refusal

KEY = "a key for tests alone"


@pytest.fixture(autouse=True)
def _small_and_quick(monkeypatch):
    """Chunks of 64 bytes, and a cheap derivation: the format is the same."""
    monkeypatch.setattr(envelope, "CHUNK", 64)
    monkeypatch.setattr(envelope, "derive", lambda key, salt: (key.encode() + salt)[:32].ljust(32, b"."))


def make(parts):
    out = io.BytesIO()
    sink = SealedWriter(out, KEY)
    writer = PartWriter(sink)
    for name, content in parts.items():
        writer.add(name, [content[:7], content[7:]])
    writer.finish()
    sink.finish()
    return out.getvalue()


def read(raw, key=KEY):
    return {part.name: part.text() for part in read_parts(SealedReader(io.BytesIO(raw), key))}


def refuse(raw, key=KEY):
    with pytest.raises(Refusal) as caught:
        read(raw, key)
    return caught.value.code


PARTS = {
    "manifest.json": b"{}",
    "database.dump": bytes(range(256)),
    "attachments/a": b"",
    "attachments/b": b"x" * 64,
}


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(st.text("abc/", min_size=1, max_size=9), st.binary(max_size=300), max_size=5))
def test_what_was_put_in_comes_out(parts):
    found = read(make(parts))
    found.pop(archive.DIGESTS)
    assert found == parts


def test_nothing_of_the_content_can_be_read_from_outside():
    assert b"manifest" not in make(PARTS)
    assert b"x" * 16 not in make(PARTS)


def test_another_key_is_refused_as_such():
    assert refuse(make(PARTS), "another key") == "backup-key-wrong"


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04", b"HUIYIN", b"HUIYIN-BACKUP-2\n" + b"0" * 200])
def test_another_file_is_no_backup(raw):
    assert refuse(raw) == "backup-not-one"


def test_a_file_cut_anywhere_is_refused():
    whole = make(PARTS)
    codes = {refuse(whole[:length]) for length in range(len(whole))}
    assert codes == {"backup-not-one", "backup-damaged"}


def test_a_bit_flipped_anywhere_is_refused():
    whole = make(PARTS)
    for at in range(len(whole)):
        altered = bytearray(whole)
        altered[at] ^= 1
        assert refuse(bytes(altered)) in {"backup-not-one", "backup-damaged", "backup-key-wrong"}


def chunks_of(whole):
    at = len(envelope.MAGIC)
    at += 4 + int.from_bytes(whole[at : at + 4], "big")
    head, found = whole[:at], []
    while at < len(whole):
        size = 4 + int.from_bytes(whole[at : at + 4], "big")
        found.append(whole[at : at + size])
        at += size
    return head, found


def test_chunks_that_are_swapped_left_out_doubled_or_added_are_refused():
    head, chunks = chunks_of(make(PARTS))
    assert len(chunks) > 4
    swapped = [chunks[0], chunks[2], chunks[1], *chunks[3:]]
    without = [chunks[0], *chunks[2:]]
    doubled = [chunks[0], chunks[0], *chunks[1:]]
    for wrong in (swapped, without, doubled, chunks[:-1], [*chunks, chunks[-1]], [*chunks, b"more"]):
        assert refuse(head + b"".join(wrong)) == "backup-damaged"


def test_chunks_of_another_backup_do_not_fit():
    head, chunks = chunks_of(make(PARTS))
    _, others = chunks_of(make(PARTS))
    assert refuse(head + b"".join([chunks[0], *others[1:]])) == "backup-damaged"


def test_a_hostile_head_costs_nothing():
    head = b'{"kdf": "scrypt", "n": 1073741824, "r": 8, "p": 1, "salt": "00"}'
    assert refuse(envelope.MAGIC + len(head).to_bytes(4, "big") + head) == "backup-damaged"
    assert refuse(envelope.MAGIC + b"\xff\xff\xff\xff" + head) == "backup-damaged"

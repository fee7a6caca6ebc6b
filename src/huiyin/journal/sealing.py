"""Seals personal data (AES-256-GCM), and makes blind indexes by which it is found unopened."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, TypeVar

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from huiyin.kernel.words import Words

# Envelope: version (1 byte), key id (4), shape (1: text or dict), nonce (12), ciphertext with tag.
_VERSION = b"\x01"
_TEXT, _DICT = b"t", b"d"
_HEADER, _NONCE = 6, 12

Sealable = TypeVar("Sealable", str, dict[str, Any])


class SealBroken(Exception):
    """A seal that does not open: changed, made for another purpose, or by a key that is not here."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.zh)
        self.words = words


def seal(value: str | dict[str, Any], purpose: str) -> bytes:
    """`value` encrypted by the first sealing key and bound to `purpose`: it opens for no other one."""
    shape, plain = (
        (_TEXT, value) if isinstance(value, str) else (_DICT, json.dumps(value, ensure_ascii=False))
    )
    identity, key = list_keys(tuple(settings.SEALING_KEYS))[0]
    header, nonce = _VERSION + identity + shape, os.urandom(_NONCE)
    return header + nonce + AESGCM(key).encrypt(nonce, plain.encode(), _bound(header, purpose))


def open_seal(sealed: bytes | memoryview, purpose: str) -> Any:
    """What was sealed, a text or a dict. `SealBroken` when it was changed or its key is not here."""
    envelope = bytes(sealed)
    header, rest = envelope[:_HEADER], envelope[_HEADER:]
    if len(envelope) < _HEADER + _NONCE + 16 or header[:1] != _VERSION:
        raise SealBroken(_NO_SEAL)
    keys = [key for identity, key in list_keys(tuple(settings.SEALING_KEYS)) if identity == header[1:5]]
    if not keys:
        raise SealBroken(_UNKNOWN_KEY.fill(key=header[1:5].hex()))
    try:
        plain = AESGCM(keys[0]).decrypt(rest[:_NONCE], rest[_NONCE:], _bound(header, purpose)).decode()
    except InvalidTag:
        raise SealBroken(_CHANGED) from None
    return json.loads(plain) if header[5:] == _DICT else plain


def open_seals(sealed: Iterable[bytes], purpose: str) -> Iterator[Any]:
    """What was sealed in each, in order: for hundreds of thousands at once. `SealBroken` as `open_seal`."""
    ready: dict[bytes, tuple[AESGCM, bytes]] = {}
    keys = dict(list_keys(tuple(settings.SEALING_KEYS)))
    for one in sealed:
        envelope = bytes(one)
        header = envelope[:_HEADER]
        if header not in ready and (key := keys.get(header[1:5])):
            ready[header] = AESGCM(key), _bound(header, purpose)
        if header not in ready or header[:1] != _VERSION or header[5:] != _DICT:
            yield open_seal(envelope, purpose)
            continue
        cipher, bound = ready[header]
        try:
            plain = cipher.decrypt(envelope[_HEADER : _HEADER + _NONCE], envelope[_HEADER + _NONCE :], bound)
        except (InvalidTag, ValueError):
            raise SealBroken(_CHANGED) from None
        yield msgspec.json.decode(plain)


def reseal(sealed: bytes | memoryview, purpose: str) -> bytes | None:
    """The same content sealed by the current key; None when it already is."""
    return None if bytes(sealed[:5]) == current_mark() else seal(open_seal(sealed, purpose), purpose)


def current_mark() -> bytes:
    """The first five bytes of every seal made by the current key: version and key id."""
    return _VERSION + list_keys(tuple(settings.SEALING_KEYS))[0][0]


def blind(value: str, purpose: str) -> bytes:
    """16 bytes, equal for equal values of one purpose, that say nothing without the index key (HMAC)."""
    content = purpose.encode() + b"\0" + value.encode()
    return hmac.digest(_derive(settings.INDEX_KEY, b"huiyin blind index"), content, "sha256")[:16]


def _bound(header: bytes, purpose: str) -> bytes:
    return b"huiyin seal" + header + purpose.encode()


@lru_cache(maxsize=8)
def list_keys(texts: tuple[str, ...]) -> list[tuple[bytes, bytes]]:
    """Of each secret: key id (first four bytes of the key's SHA-256) and key, the current one first."""
    keys = [_derive(text, b"huiyin sealing key") for text in texts]
    return [(hashlib.sha256(key).digest()[:4], key) for key in keys]


@lru_cache(maxsize=8)
def _derive(text: str, use: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=use).derive(text.encode())


_NO_SEAL = Words("这不是封存的数据，或已被截断。", "This is no sealed data, or it was cut short.")
_UNKNOWN_KEY = Words(
    "封存此数据的密钥（{key}）不在设置中。请把旧密钥放回 HUIYIN_SEALING_KEYS。",
    "The key that sealed this ({key}) is not in the settings. Put the old key back into HUIYIN_SEALING_KEYS.",
)
_CHANGED = Words(
    "封存的数据被改动过，或用途不符，无法打开。",
    "The sealed data was changed, or belongs to another purpose; it does not open.",
)

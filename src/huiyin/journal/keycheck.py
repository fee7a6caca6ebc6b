"""Which keys are here, and whether they open what is sealed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.db import connection

from huiyin.journal.rotating import list_sealed_columns, read_newest_seal
from huiyin.journal.sealing import SealBroken, blind, list_keys, open_seal
from huiyin.kernel.words import Words


@dataclass(frozen=True, slots=True)
class KeyNames:
    """Short names of the keys in the settings (hex), by which they are told apart; they give no key away."""

    sealing: tuple[str, ...]
    index: str


@dataclass(frozen=True, slots=True)
class UnopenedSeal:
    """The newest seal of a table, which does not open here, and why."""

    table: str
    why: Words


def name_keys() -> KeyNames:
    """The sealing keys, the current one first, and the index key."""
    sealing = tuple(identity.hex() for identity, _ in list_keys(tuple(settings.SEALING_KEYS)))
    return KeyNames(sealing, hashlib.sha256(blind("key", "huiyin key name")).hexdigest()[:8])


def try_seals() -> list[UnopenedSeal]:
    """Open the newest seal of every table that has one; those that do not open. Shows nothing."""
    broken = []
    with connection.cursor() as cursor:
        for column in list_sealed_columns():
            newest = read_newest_seal(cursor, column)
            if newest is None:
                continue
            try:
                open_seal(newest, column.purpose)
            except SealBroken as why:
                broken.append(UnopenedSeal(column.table, why.words))
    return broken

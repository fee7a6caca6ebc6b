"""Where the words come from that lock a backup, and the keys inside it."""

from __future__ import annotations

import os
import sys

import click

from huiyin.app.terminal import language
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words

KEY, KEYS_PASSPHRASE = "HUIYIN_BACKUP_KEY", "HUIYIN_BACKUP_KEYS_PASSPHRASE"
SHORTEST = 12


def read_key(*, new: bool) -> str:
    """The backup key: `HUIYIN_BACKUP_KEY`, else asked for. A `new` one that is short is refused."""
    return _read(KEY, _ASK_KEY, new=new)


def read_keys_passphrase(*, new: bool, key: str) -> str:
    """What locks the keys inside a backup; the backup key is refused: one find must not open both."""
    found = _read(KEYS_PASSPHRASE, _ASK_PASSPHRASE, new=new)
    if found == key:
        raise Refusal("same-passphrase", _SAME)
    return found


def _read(name: str, ask: Words, *, new: bool) -> str:
    found = os.environ.get(name, "") or _ask(name, ask, new=new)
    if new and len(found) < SHORTEST:
        raise Refusal("passphrase-short", _SHORT.fill(name=name, shortest=SHORTEST))
    return found


def _ask(name: str, ask: Words, *, new: bool) -> str:
    if not sys.stdin.isatty():
        raise Refusal("no-passphrase", _NONE.fill(name=name))
    text: str = click.prompt(ask.tell(language()), hide_input=True, confirmation_prompt=new, err=True)
    return text


_ASK_KEY = Words("备份口令", "Backup key")
_ASK_PASSPHRASE = Words("密钥口令（与备份口令不同）", "Passphrase of the keys (another than the backup key)")
_NONE = Words("请设置 {name}，或在终端中运行。", "Set {name}, or run this in a terminal.")
_SHORT = Words("{name} 至少要 {shortest} 位。", "{name} needs at least {shortest} signs.")
_SAME = Words(
    "密钥口令不能与备份口令相同：拿到备份口令的人不应同时能打开封存的个人信息。",
    "The passphrase of the keys may not be the backup key: whoever has that must not "
    "open sealed data as well.",
)

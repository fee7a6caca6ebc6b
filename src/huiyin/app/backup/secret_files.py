"""The secrets of an installation as they travel in a backup: locked by a passphrase of their own."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from huiyin.app.backup.envelope import derive
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words

OF_THE_MACHINE = "database-password"  # belongs to the cluster here, not to the data
ENVIRONMENT = {
    "sealing-key": "HUIYIN_SEALING_KEYS",
    "index-key": "HUIYIN_INDEX_KEY",
    "secret-key": "HUIYIN_SECRET_KEY",
}
_SALT, _NONCE = 32, 12
_BOUND = b"huiyin keys in a backup"


def gather_secrets(folder: Path, in_use: Mapping[str, str]) -> dict[str, str]:
    """File name → secret: what is `in_use`, and every other file in `folder` but the database's."""
    files = {path.name: path for path in folder.glob("[!.]*") if path.is_file()} if folder.is_dir() else {}
    kept = {name: path.read_text(encoding="utf-8").strip() for name, path in files.items() if "." not in name}
    kept.pop(OF_THE_MACHINE, None)
    return kept | dict(in_use)


def lock_secrets(secrets: Mapping[str, str], passphrase: str) -> bytes:
    """`secrets` encrypted (scrypt, AES-256-GCM)."""
    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    plain = json.dumps(dict(secrets)).encode()
    return salt + nonce + AESGCM(derive(passphrase, salt)).encrypt(nonce, plain, _BOUND)


def unlock_secrets(locked: bytes, passphrase: str) -> dict[str, str]:
    """Back again; `keys-passphrase-wrong` otherwise."""
    salt, nonce, sealed = locked[:_SALT], locked[_SALT : _SALT + _NONCE], locked[_SALT + _NONCE :]
    try:
        plain = AESGCM(derive(passphrase, salt)).decrypt(nonce, sealed, _BOUND)
    except (InvalidTag, ValueError):
        raise Refusal("keys-passphrase-wrong", _WRONG) from None
    return {Path(str(name)).name: str(value) for name, value in json.loads(plain).items()}


def put_in_force(secrets: Mapping[str, str]) -> None:
    """For this process alone, before the settings are read. Refused: the environment says otherwise."""
    for file_name, variable in ENVIRONMENT.items():
        wanted, given = secrets.get(file_name), os.environ.get(variable)
        if given and wanted and given != wanted:
            raise Refusal("keys-in-environment", _IN_ENVIRONMENT.fill(name=variable))
        if wanted:
            os.environ[variable] = wanted


def write_secrets(folder: Path, secrets: Mapping[str, str], now: datetime) -> list[str]:
    """Keep them in `folder` (mode 600); a file that holds something else is kept beside it, and named."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    aside = []
    for name, value in secrets.items():
        path = folder / name
        if path.exists() and path.read_text(encoding="utf-8").strip() != value:
            aside.append(f"{name}.before-{now:%Y%m%d%H%M%S}")
            path.rename(folder / aside[-1])
        draft = folder / f".{name}.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(value, encoding="utf-8")
        draft.replace(path)
    return aside


_WRONG = Words(
    "密钥口令不对，没有改动任何数据。", "The passphrase of the keys is wrong; nothing was changed."
)
_IN_ENVIRONMENT = Words(
    "环境变量 {name} 与备份里的密钥不同。请先去掉它（或改成备份时的值）再恢复；没有改动任何数据。",
    "{name} in the environment is not the key in the backup. Unset it (or set the value of then) and "
    "restore again; nothing was changed.",
)

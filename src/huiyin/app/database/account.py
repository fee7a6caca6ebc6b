"""Whom the server runs as: PostgreSQL refuses root, so root hands it to an account without rights."""

from __future__ import annotations

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words

CANDIDATES = ("postgres", "nobody")
NOBODY = 65534  # the number of `nobody` wherever the account itself is missing


@dataclass(frozen=True, slots=True)
class Account:
    """Another account than the one running now."""

    name: str
    uid: int
    gid: int


def choose_account() -> Account | None:
    """None when the current account may run it itself; else `postgres`, else `nobody`. Creates none."""
    if os.geteuid() != 0:
        return None
    for name in CANDIDATES:
        try:
            known = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, known.pw_uid, known.pw_gid)
    return Account("nobody", NOBODY, NOBODY)


def as_account(account: Account | None) -> dict[str, Any]:
    """What `subprocess` needs to start a program as `account`, away from folders that it may not enter."""
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}
    if "LD_LIBRARY_PATH" in os.environ:
        environment["LD_LIBRARY_PATH"] = os.environ["LD_LIBRARY_PATH"]
    options: dict[str, Any] = {"env": environment, "cwd": "/", "stdin": subprocess.DEVNULL}
    if account is not None:
        options |= {"user": account.uid, "group": account.gid, "extra_groups": []}
    return options


def can_enter(account: Account | None, folder: Path) -> bool:
    """Whether `account` may go into `folder` through all the folders above it."""
    if account is None:
        return os.access(folder, os.X_OK)
    try:
        test = ["/bin/sh", "-c", 'cd -- "$1"', "sh", str(folder)]
        done = subprocess.run(test, stderr=subprocess.DEVNULL, check=False, **as_account(account))  # noqa: S603  fixed
    except PermissionError as error:
        raise Refusal("cannot-drop-rights", _CANNOT_DROP.fill(name=account.name)) from error
    return done.returncode == 0


_CANNOT_DROP = Words(
    "当前是 root，但系统不允许切换到无特权账户 {name}，而 PostgreSQL 不能以 root 运行。"
    "请改用普通用户运行，或设置 HUIYIN_DATABASE_URL 使用现有数据库。",
    "Running as root, but the system does not allow switching to the account {name}, and "
    "PostgreSQL refuses root. "
    "Run as an ordinary user, or set HUIYIN_DATABASE_URL to a database of your own.",
)

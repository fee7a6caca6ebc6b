"""The machine: Python, disk, who may read the secrets, backups."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from huiyin.app.backup.note import NOTE, find_last_backup
from huiyin.app.doctor.findings import Finding, Level, judge
from huiyin.kernel.words import Words

GIGABYTE = 1024**3
LITTLE, ALMOST_NOTHING = 5 * GIGABYTE, GIGABYTE
BACKUP_EVERY = timedelta(hours=36)
OPEN_TO_OTHERS = 0o077


def examine_python() -> Iterator[Finding]:
    """The version that runs now."""
    version = ".".join(map(str, sys.version_info[:3]))
    yield judge(
        "python",
        sys.version_info >= (3, 11),
        Words(f"Python {version}", f"Python {version}"),
        Words(f"Python {version} 太旧", f"Python {version} is too old"),
        Words("请使用 Python 3.11 或更高版本。", "Use Python 3.11 or newer."),
    )


def examine_disk(data: Path) -> Iterator[Finding]:
    """Room where the data folder is."""
    free = shutil.disk_usage(data).free
    told = Words(f"数据盘剩余 {free / GIGABYTE:.1f} GB", f"{free / GIGABYTE:.1f} GB left for data")
    yield judge(
        "disk",
        free >= LITTLE,
        told,
        told,
        Words(
            "请清理或扩容：磁盘写满后不能再受理新诉求。旧备份移到别的机器上。",
            "Make room: with a full disk nothing can be taken in. Move old backups to another machine.",
        ),
        Level.LOOK if free >= ALMOST_NOTHING else Level.WRONG,
    )


def examine_secrets(data: Path) -> Iterator[Finding]:
    """Nobody but the owner reads the keys."""
    folder = data / "secrets"
    paths = [folder, *folder.glob("*")] if folder.is_dir() else []
    loose = [path.name for path in paths if path.stat().st_mode & OPEN_TO_OTHERS]
    yield judge(
        "secrets",
        not loose,
        Words("密钥文件只有本账号可读", "The keys are readable by their owner alone"),
        Words(f"别人也能读密钥：{'、'.join(loose)}", f"Others may read the keys: {', '.join(loose)}"),
        Words(f"执行：chmod -R go= {folder}", f"Run: chmod -R go= {folder}"),
    )


def examine_backup(data: Path, now: datetime) -> Iterator[Finding]:
    """The newest backup made from this data folder."""
    made_at = find_last_backup(data / NOTE)
    mend = Words(
        "每天定时执行 huiyin backup，并把文件放到另一台机器；见 docs/operate.md。",
        "Run huiyin backup every day, and keep the file on another machine; see docs/operate.md.",
    )
    if made_at is None:
        yield Finding("backup", Level.LOOK, Words("还没有备份", "There is no backup yet"), mend)
        return
    hours = int((now - made_at).total_seconds() // 3600)
    told = Words(f"最近一次备份在 {hours} 小时前", f"The newest backup is {hours} h old")
    yield judge("backup", now - made_at < BACKUP_EVERY, told, told, mend, Level.LOOK)

"""What the server's own messages mean for the person who started it."""

from __future__ import annotations

from pathlib import Path

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words

PORT_TAKEN = "database-port-taken"
_KNOWN = {
    "No space left on device": (
        "disk-full",
        Words(
            "磁盘已满，数据库不能写入。请清理空间后再启动。",
            "The disk is full. Free some space and start again.",
        ),
    ),
    "Address already in use": (
        PORT_TAKEN,
        Words("数据库端口被其他程序占用。", "Another program uses the database's port."),
    ),
    "could not map anonymous shared memory": (
        "memory-full",
        Words("内存不足，数据库不能启动。", "There is not enough memory for the database."),
    ),
    "database files are incompatible": (
        "other-postgres",
        Words("数据由另一个版本的 PostgreSQL 建立。", "The data was made by another version of PostgreSQL."),
    ),
    "Permission denied": (
        "no-permission",
        Words("数据库账户没有权限读写它的目录。", "The database's account may not use its own folder."),
    ),
}


def explain_failure(told: str, where: Path) -> Refusal:
    """The refusal for what the server told before it gave up; `where` names the log or folder to look at."""
    place = Words(f"详见 {where}", f"See {where}")
    for sign, (code, words) in _KNOWN.items():
        if sign in told:
            return Refusal(code, Words(f"{words.zh}{place.zh}", f"{words.en} {place.en}"))
    lines = [line for line in told.splitlines() if line.strip()][-5:]
    last = "\n".join(lines)
    return Refusal(
        "database-failed",
        Words(f"数据库没有启动。{place.zh}\n{last}", f"The database did not start. {place.en}\n{last}"),
    )

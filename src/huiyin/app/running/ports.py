"""Whether the address for the web pages is free, and who has it otherwise."""

from __future__ import annotations

import errno
import socket
from pathlib import Path

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words


def check_address(host: str, port: int) -> None:
    """Refuses `port-taken` with the program that has it, where the system tells, and a port that is free."""
    try:
        _bind(host, port)
    except PermissionError as error:
        raise Refusal("port-forbidden", _FORBIDDEN.fill(port=port), field="port") from error
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise Refusal(
                "no-such-address", _NO_ADDRESS.fill(host=host, reason=error), field="host"
            ) from error
        words = _TAKEN.fill(port=port, owner=_tell_owner(port), free=_find_free(host, port))
        raise Refusal("port-taken", words, field="port") from error


def _bind(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))


def _find_free(host: str, taken: int) -> int:
    for port in range(taken + 1, min(taken + 100, 65536)):
        try:
            _bind(host, port)
        except OSError:
            continue
        return port
    return 0


def _tell_owner(port: int) -> Words:
    name = _find_owner(port)
    return Words(f"（{name}）", f" ({name})") if name else Words("")


def _find_owner(port: int) -> str:
    """`name, pid N` of who listens on `port`; empty where the system does not show it."""
    sockets = {f"socket:[{inode}]" for inode in _list_listeners(port)}
    for link in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            if str(link.readlink()) in sockets:
                process = link.parent.parent
                return f"{(process / 'comm').read_text(encoding='utf-8').strip()}, pid {process.name}"
        except OSError:  # another account's process, or one that has just ended
            continue
    return ""


def _list_listeners(port: int) -> list[str]:
    found = []
    for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6")):
        lines = table.read_text(encoding="ascii").splitlines()[1:] if table.exists() else []
        parts = [line.split() for line in lines]
        found += [
            part[9] for part in parts if part[3] == "0A" and int(part[1].rpartition(":")[2], 16) == port
        ]
    return found


_TAKEN = Words(
    "端口 {port} 已被其他程序{owner}占用。请停止它，或换一个端口：huiyin run --port {free}",
    "Port {port} is taken by another program{owner}. Stop it, or take another port: huiyin run --port {free}",
)
_FORBIDDEN = Words(
    "没有权限使用端口 {port}（1024 以下通常需要管理员权限）。请换一个端口，例如 --port 8000。",
    "Port {port} may not be used (below 1024 rights are needed). Take another one, such as --port 8000.",
)
_NO_ADDRESS = Words("不能使用地址 {host}：{reason}", "The address {host} cannot be used: {reason}")

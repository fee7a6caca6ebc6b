"""`python bench/distribution.py [--members N] [--collectives M] [--data FOLDER]`: a year paid at full size.

Fills an empty county (or takes the one in FOLDER as it is), copies it, distributes it twice, verifies it, and
copies the same rows barely (COPY out, COPY into tables without keys). Tells seconds, CPU, memory and ratio.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

TABLES = ("distributions_line", "distributions_entry", "distributions_payment")
HUIYIN = str(Path(sys.executable).with_name("huiyin"))


def main() -> None:
    """Fill, distribute, verify, copy; print what was measured as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=1_106_900)
    parser.add_argument("--collectives", type=int, default=374)
    parser.add_argument("--data", type=Path, help="a data folder that is filled already; it is not changed")
    options = parser.parse_args()
    told: dict[str, object] = {"load_before": os.getloadavg()[0]}
    with tempfile.TemporaryDirectory(prefix="huiyin-distribution-") as name:
        room = Path(name)
        room.chmod(0o711)
        full = options.data or _fill(room / "full", options.members, options.collectives, told)
        digests = [_distribute(full, room / f"turn{turn}", told, turn) for turn in (1, 2)]
        told["same_files_twice"] = digests[0] == digests[1]
        told["verify"] = _huiyin(room / "turn2", "economy", "verify", "--json")
        told["bare_copy_seconds"] = _copy_barely(room / "turn2", room)
        told["ratio_to_copy"] = round(float(str(told["seconds"])) / float(str(told["bare_copy_seconds"])), 2)
    told["load_after"] = os.getloadavg()[0]
    print(json.dumps(told, indent=1))


def _huiyin(data: Path, *words: str) -> dict[str, object]:
    known = {**os.environ, "HUIYIN_DATA": str(data), "HUIYIN_DEMO": "0"}
    ran = subprocess.run([HUIYIN, *words], env=known, stdout=subprocess.PIPE, text=True, check=True)
    found = re.search(r"^\{.*\}$", ran.stdout, re.MULTILINE)
    return dict(json.loads(found.group())) if found else {}


def _fill(data: Path, members: int, collectives: int, told: dict[str, object]) -> Path:
    data.mkdir(mode=0o711)
    _huiyin(data, "migrate")
    many = ("--members", str(members), "--collectives", str(collectives))
    told["generated"] = _huiyin(data, "economy", "generate", *many)
    return data


def _distribute(full: Path, data: Path, told: dict[str, object], turn: int) -> str:
    """Distribute a copy of the county; the digest of all its files."""
    if turn == 2:
        shutil.rmtree(data.with_name("turn1"))
    subprocess.run(["cp", "-a", str(full), str(data)], check=True)  # owners too: the database has its own
    out = data.with_name(f"{data.name}-files")
    before, watch = _cpu(), Watch(data)
    watch.start()
    done = _huiyin(data, "economy", "distribute", "all", "--json", "--out", str(out))
    watch.stop()
    if turn == 1:
        told |= {**done, "cpu_seconds": round(_cpu() - before, 1), "peak_mib": watch.peak // 1024}
    files = sorted(out.iterdir())
    told["files"] = len(files)
    return hashlib.sha256(b"".join(path.name.encode() + path.read_bytes() for path in files)).hexdigest()


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class Watch(threading.Thread):
    """Looks ten times a second how much memory the product and its database hold, shared pages once."""

    def __init__(self, data: Path) -> None:
        super().__init__(daemon=True)
        self.data, self.peak, self.over = str(data), 0, threading.Event()

    def run(self) -> None:
        """Until it is stopped."""
        while not self.over.wait(0.1):
            self.peak = max(self.peak, sum(map(_held, self._list_processes())))

    def stop(self) -> None:
        """The run is over."""
        self.over.set()
        self.join()

    def _list_processes(self) -> set[str]:
        """The command, the postmaster, and whatever they started."""
        parents = {path.name: _parent(path) for path in Path("/proc").iterdir() if path.name.isdigit()}
        ours = {pid for pid in parents if self.data in _words(pid)}
        while more := {pid for pid, parent in parents.items() if parent in ours} - ours:
            ours |= more
        return ours


def _words(pid: str) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def _parent(path: Path) -> str:
    try:
        return (path / "stat").read_text().rpartition(")")[2].split()[1]
    except OSError:
        return ""


def _held(pid: str) -> int:
    """KiB, shared pages divided among those who share them."""
    try:
        found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    except OSError:
        return 0
    return int(found.group(1)) if found else 0


def _copy_barely(data: Path, room: Path) -> float:
    """Seconds to COPY the same rows, one table after the other, into tables that hold nothing but them."""
    seconds = 0.0
    for table in TABLES:
        file = room / table
        _psql(data, f"\\copy {table} TO '{file}' (FORMAT binary)")
        _psql(data, f"CREATE TABLE bare_{table} AS TABLE {table} WITH NO DATA")
        began = time.monotonic()
        _psql(data, f"\\copy bare_{table} FROM '{file}' (FORMAT binary)")
        seconds += time.monotonic() - began - _idle(data)
        file.unlink()
    return round(seconds, 2)


def _idle(data: Path) -> float:
    """What a statement that does nothing takes, the start of the database included."""
    began = time.monotonic()
    _psql(data, "SELECT 1")
    return time.monotonic() - began


def _psql(data: Path, statement: str) -> None:
    known = {**os.environ, "HUIYIN_DATA": str(data), "HUIYIN_DEMO": "0"}
    words = [HUIYIN, "database", "psql", "--", "-qc", statement]
    subprocess.run(words, env=known, capture_output=True, text=True, check=True)


if __name__ == "__main__":
    main()

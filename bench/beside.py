"""pgbench with the same statements: how fast the database alone would be."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from psycopg.conninfo import conninfo_to_dict

from bench.inside import Asked

TURN = 987_654_329
"""Stands in written statements for a number that each turn draws."""

CLIENTS = 16
_APART = 120_000_000  # numbers that a client has to itself: sixteen times as many fit into an integer

_PLACE = re.compile(r"%\((\w+)\)s|%s|%%")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_SECRET = re.compile(r'("secret_hash": ?")[^"]*"')
_SOURCE = re.compile(r'("source_key": ?")([^"]*)"')
_DRAW = (
    "SELECT id AS case_id, number FROM bench_received"
    " WHERE turn = 1 + abs(hashint8(:turn)::bigint) % (SELECT max(turn) FROM bench_received)"
)
_SEQ = re.compile(r'"seq": ?\d+')


class Unwritable(Exception):
    """A captured statement cannot be played: what must differ each turn would stay the same."""


class Writing:
    """Writes captured statements as a pgbench script: what must differ each turn becomes a variable.

    `ids` are the ids that the captured turn made, and the variables for them; no other number in the
    statements may hold their digits. They are read from the statement that gave them. With a `number`, cases
    are drawn from the table `bench_received`, and the place in their chain is the turn's number. Client keys
    are those of the captured turn with the turn's number, which no client and no run draws twice.
    """

    def __init__(self, ids: Mapping[int, str], number: str = "") -> None:
        self.ids, self.number = {str(made): name for made, name in ids.items()}, number
        self._known = set(self.ids.values()) if number else set[str]()
        self._run, self._keys = uuid4().hex[:8], dict[str, str]()

    def write(self, asked: Sequence[Asked], *, acts: bool = False) -> str:
        """The script. `Unwritable` when an id is used that none gave, or when what `acts` carries no key."""
        lines = ["\\set at :at + 1", f"\\set turn :client_id * {_APART} + :at"]
        if self.number:
            lines.append(f"{_DRAW} \\gset")
        for statement in asked:
            text = " ".join(self._merge(statement).split("\n")).strip().rstrip(";")
            lines += self._end(text, self._find_given(statement.row), len(statement.row))
        if acts and not self._keys:
            raise Unwritable("no client key is in the statements: each turn would be the same act")
        return "\n".join(lines) + "\n"

    def _find_given(self, row: Sequence[tuple[str, str]]) -> dict[str, tuple[int, str, bool]]:
        """The variables that a row gives first: at which place, in which column, whether in a list."""
        given = {}
        for at, (column, value) in enumerate(row):
            name = self.ids.get(value.strip("[]"))
            if name and name not in self._known | set(given):
                given[name] = at, column, value.startswith("[")
        self._known |= set(given)
        return given

    def _end(self, text: str, given: dict[str, tuple[int, str, bool]], width: int) -> list[str]:
        if not given:
            return [f"{text};"]
        if text.startswith("SELECT"):
            takes = [
                f"({f'o.c{at}::json->>0' if listed else f'o.c{at}'})::bigint AS {name}"
                for name, (at, _, listed) in given.items()
            ]
            columns = ", ".join(f"c{at}" for at in range(width))
            return [f"SELECT {', '.join(takes)} FROM ({text}) AS o({columns}) \\gset"]
        if any(listed for _, _, listed in given.values()):
            raise Unwritable(
                f"ids in a list, from a statement that cannot be asked within another: {text[:200]}"
            )
        return [
            f"{text} \\gset given_",
            *(f"\\set {name} :given_{column}" for name, (_, column, _) in given.items()),
        ]

    def _merge(self, statement: Asked) -> str:
        params = statement.params
        if any(made in statement.sql for made in self.ids):
            raise Unwritable(f"an id stands in the statement itself: {statement.sql[:200]}")
        if params is None:
            return statement.sql
        given = iter(()) if isinstance(params, dict) else iter(params)

        def put(found: re.Match[str]) -> str:
            if found[0] == "%%":
                return "%"
            return self._write(params[found[1]] if found[1] else next(given))

        return _PLACE.sub(put, statement.sql)

    def _write(self, value: Any) -> str:
        value = getattr(value, "obj", value) if isinstance(getattr(value, "obj", None), bytes) else value
        if value is None or isinstance(value, bool):
            return "NULL" if value is None else str(value).lower()
        if isinstance(value, int):
            return self._refer(self.ids[str(value)]) if str(value) in self.ids else str(value)
        if isinstance(value, datetime | date):
            return f"{_quote(value.isoformat())}::{'timestamptz' if isinstance(value, datetime) else 'date'}"
        if isinstance(value, bytes | memoryview):
            return f"{_quote(chr(92) + 'x' + bytes(value).hex())}::bytea"
        if isinstance(value, list | tuple):
            return f"ARRAY[{', '.join(map(self._write, value))}]" if value else "'{}'"
        return self._write_text(value if isinstance(value, str) else json.dumps(getattr(value, "obj", value)))

    def _refer(self, name: str) -> str:
        if name not in self._known:
            raise Unwritable(f"{name} is used before a statement gave it")
        return f":{name}"

    def _write_text(self, text: str) -> str:
        text = _UUID.sub(
            lambda key: self._keys.setdefault(key[0], f"{self._run}-{len(self._keys)}-{TURN}"), text
        )
        text = _SOURCE.sub(self._write_source, text)
        text = _SECRET.sub(r'\g<1>SECRET"', text)
        if self.number:
            text = _SEQ.sub(f'"seq":{TURN}', text)
        written = _quote(text)
        for token, variable in self._list_variables():
            if token in text:
                written = f"replace({written}, '{token}', {variable})"
        for made, name in self.ids.items():
            if made in text.replace(self.number or "-", ""):
                written = f"replace({written}, '{made}', {self._refer(name)}::text)"
        return written

    def _write_source(self, found: re.Match[str]) -> str:
        """A source key holds the client key; one that does not would be that of every turn."""
        return found[0] if str(TURN) in found[2] else f'{found[1]}{self._run}-{TURN}"'

    def _list_variables(self) -> list[tuple[str, str]]:
        found = [
            (str(TURN), ":turn::text"),
            ("SECRET", "encode(sha256((:turn::text || clock_timestamp()::text)::bytea), 'base64')"),
        ]
        return [*found, (self.number, ":number::text")] if self.number else found


def _quote(text: str) -> str:
    """A literal in which pgbench sees no variable."""
    return (
        "E'" + text.replace("\\", "\\\\").replace("'", "''").replace(":", "\\x3a").replace("\n", "\\n") + "'"
    )


def run_pgbench(url: str, script: str, seconds: float) -> tuple[float, str]:
    """Transactions a second, and what went wrong; a rate of 0 when anything did, for it would be none."""
    parts = conninfo_to_dict(url)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "script.sql"
        file.write_text(script, encoding="utf-8")
        command = [_find_pgbench(), "-n", "-M", "prepared", "-f", str(file), "-c", str(CLIENTS), "-j", "1"]
        command += ["-D", f"at={time.time_ns() // 1_000_000 % 100_000_000}"]
        command += ["-T", str(max(3, round(seconds))), "-h", str(parts.get("host", "127.0.0.1"))]
        command += [
            "-p",
            str(parts.get("port", 5432)),
            "-U",
            str(parts.get("user", "")),
            str(parts["dbname"]),
        ]
        environment = {**os.environ, "PGPASSWORD": str(parts.get("password", ""))}
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    found = re.search(r"tps = ([\d.]+)", done.stdout)
    fault = next((line for line in done.stderr.splitlines() if "ERROR" in line or "error" in line), "")
    return float(found[1]) if found and not fault else 0.0, fault


def _find_pgbench() -> str:
    from huiyin.app.database.binaries import choose_binaries

    return choose_binaries(None)["pgbench"]

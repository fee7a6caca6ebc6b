"""pgbench with the same statements: how fast the database alone would be."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

from bench.inside import Asked

TURN = 987_654_329
"""Stands in written statements for a number that each turn draws."""

_PLACE = re.compile(r"%\((\w+)\)s|%s|%%")
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_SECRET = re.compile(r'("secret_hash":")[^"]*"')
_SOURCE = re.compile(r'("source_key":")[^"]*"')
_DRAW = (
    "SELECT id AS case_id, number FROM bench_received"
    " WHERE turn = 1 + :turn % (SELECT max(turn) FROM bench_received)"
)
_SEQ = re.compile(r'"seq":\d+')
_NEW_ID = "nextval(pg_get_serial_sequence('cases_case'"


class Writing:
    """Writes captured statements as a pgbench script: what must differ each turn becomes a variable.

    `case_id` is the id of the captured case; with a `number`, cases are drawn from the table `bench_received`
    and the place in their chain is the turn's number.
    """

    def __init__(self, case_id: int = 0, number: str = "") -> None:
        self.case_id, self.number = case_id, number
        self._keys: dict[str, str] = {}

    def write(self, asked: Sequence[Asked]) -> str:
        """The script."""
        lines = [f"\\set turn random(1, {10**9})"]
        if self.number:
            lines.append(f"{_DRAW} \\gset")
        for statement in asked:
            text = " ".join(self._merge(statement).split("\n")).strip().rstrip(";")
            if _NEW_ID in text:
                lines.append(f"SELECT (o.ids::json->>0)::bigint AS case_id FROM ({text}) AS o(ids) \\gset")
            else:
                lines.append(f"{text};")
        return "\n".join(lines) + "\n"

    def _merge(self, statement: Asked) -> str:
        params = statement.params
        if params is None:
            return statement.sql
        given = iter(()) if isinstance(params, dict) else iter(params)

        def put(found: re.Match[str]) -> str:
            if found[0] == "%%":
                return "%"
            return self._write(params[found[1]] if found[1] else next(given))

        return _PLACE.sub(put, statement.sql)

    def _write(self, value: Any) -> str:
        if value is None or isinstance(value, bool):
            return "NULL" if value is None else str(value).lower()
        if isinstance(value, int):
            return ":case_id" if value == self.case_id else str(value)
        if isinstance(value, datetime | date):
            return f"{_quote(value.isoformat())}::{'timestamptz' if isinstance(value, datetime) else 'date'}"
        if isinstance(value, bytes | memoryview):
            return f"{_quote(chr(92) + 'x' + bytes(value).hex())}::bytea"
        if isinstance(value, list | tuple):
            return f"ARRAY[{', '.join(map(self._write, value))}]" if value else "'{}'"
        return self._write_text(value if isinstance(value, str) else json.dumps(getattr(value, "obj", value)))

    def _write_text(self, text: str) -> str:
        text = _UUID.sub(lambda key: f"{self._keys.setdefault(key[0], f'key{len(self._keys)}')}-{TURN}", text)
        text = _SOURCE.sub(rf"\g<1>bench-{TURN}" + '"', text)
        text = _SECRET.sub(r'\g<1>SECRET"', text)
        if self.number:
            text = _SEQ.sub(f'"seq":{TURN}', text)
        written = _quote(text)
        for token, variable in self._variables():
            if token in text:
                written = f"replace({written}, '{token}', {variable})"
        return written

    def _variables(self) -> list[tuple[str, str]]:
        found = [
            (str(TURN), ":turn::text"),
            ("SECRET", "encode(sha256((:turn::text || clock_timestamp()::text)::bytea), 'base64')"),
        ]
        if self.number:
            found.append((self.number, ":number::text"))
        elif self.case_id:
            found.append((str(self.case_id), ":case_id::text"))
        return found


def _quote(text: str) -> str:
    """A literal in which pgbench sees no variable."""
    return (
        "E'" + text.replace("\\", "\\\\").replace("'", "''").replace(":", "\\x3a").replace("\n", "\\n") + "'"
    )


def run_pgbench(url: str, script: str, seconds: float, clients: int = 16) -> tuple[float, str]:
    """Transactions a second, and what went wrong, if anything did."""
    parts = conninfo_to_dict(url)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "script.sql"
        file.write_text(script, encoding="utf-8")
        command = [_find_pgbench(), "-n", "-M", "prepared", "-f", str(file), "-c", str(clients), "-j", "1"]
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
    return float(found[1]) if found else 0.0, fault


def _find_pgbench() -> str:
    from huiyin.app.database.binaries import choose_binaries

    return choose_binaries(None)["pgbench"]

"""The result as a table in `bench/FAULTS.md`, part by part: a part that was not run keeps what it said."""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from checking import Findings
from killing import Kill
from load import Ledger

BENCH = Path(__file__).resolve().parents[1]


@dataclass(slots=True)
class Result:
    """One part: what was asked, what was found, how it ended."""

    name: str
    ledger: Ledger
    found: Findings
    kills: list[Kill] = field(default_factory=list)
    seconds: float = 0.0
    code: int = 0
    log: str = ""
    notes: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def is_clean(self) -> bool:
        """Nothing lost, doubled, half, left undone or answered by a fault; ended in order."""
        return self.found.is_clean() and not self.ledger.faulty and not self.wrong and self.code == 0


def write(results: list[Result], seed: int) -> None:
    """Put the results into the page and print them."""
    page = BENCH / "FAULTS.md"
    parts = _read_parts(page)
    for result in results:
        parts[result.name] = _tell(result, seed)
        print(parts[result.name])
    order = ["kills", *sorted(part for part in parts if part != "kills")]
    page.write_text(HEAD + "\n".join(parts[name] for name in order if name in parts), encoding="utf-8")


def _read_parts(page: Path) -> dict[str, str]:
    if not page.exists():
        return {}
    pieces = page.read_text(encoding="utf-8").split("\n## ")[1:]
    return {piece.split("\n", 1)[0]: f"## {piece.rstrip()}\n" for piece in pieces}


def _tell(result: Result, seed: int) -> str:
    found, acts = result.found, result.ledger.acts
    rows = [
        ("seed · commit", f"{seed} · {_commit()}"),
        ("machine", f"{os.cpu_count()} cores, Python {platform.python_version()}"),
        ("seconds", f"{result.seconds:.0f}"),
        *_tell_kills(result.kills),
        ("asked for: creates, moves", f"{_count(acts, create=True)}, {_count(acts, create=False)}"),
        (
            "acknowledged: creates, moves",
            f"{_acknowledged(acts, create=True)}, {_acknowledged(acts, create=False)}",
        ),
        ("acts that needed a second try or more", str(sum(act.attempts > 1 for act in acts))),
        ("done though nobody was told", str(found.silent_done)),
        ("refused", str(sum(bool(act.refused) for act in acts))),
        ("**acknowledged and lost**", f"**{len(found.lost)}**"),
        ("**done twice**", f"**{len(found.doubled)}**"),
        ("half written", str(found.half)),
        ("header and journal out of step", str(found.out_of_step)),
        ("moves without exactly one message", str(found.untold)),
        (
            "jobs failed · events set aside · left undone",
            f"{found.failed_jobs} · {found.set_aside} · {found.undone}",
        ),
        ("worker caught up after", f"{found.settled_after:.0f} s"),
        ("journal", found.journal),
        ("answers by status (0: none)", json.dumps(dict(sorted(result.ledger.answers.items())))),
        ("answers with a fault", str(len(result.ledger.faulty))),
        ("ended in order", "yes" if result.code == 0 else f"no: {result.code}"),
    ]
    table = "".join(f"| {name} | {value} |\n" for name, value in rows)
    more = "".join(f"\n- {note}" for note in result.notes + [f"WRONG: {wrong}" for wrong in result.wrong])
    return f"## {result.name}\n\n| | |\n|---|---|\n{table}{more}\n"


def _tell_kills(kills: list[Kill]) -> list[tuple[str, str]]:
    rows = [("kills", str(len(kills)))] if kills else []
    for target in sorted({kill.target for kill in kills}):
        times = [kill.seconds for kill in kills if kill.target == target and kill.seconds >= 0]
        p95 = statistics.quantiles(times, n=20)[18] if len(times) > 1 else max(times, default=0.0)
        p50 = statistics.median(times) if times else 0.0
        count = sum(kill.target == target for kill in kills)
        rows.append((f"{target}: kills, back after p50 · p95", f"{count}, {p50:.1f} s · {p95:.1f} s"))
    return rows


def _count(acts: list, *, create: bool) -> int:
    return sum((act.kind == "create") == create for act in acts)


def _acknowledged(acts: list, *, create: bool) -> int:
    return sum((act.kind == "create") == create and act.acknowledged for act in acts)


def _commit() -> str:
    command = ["git", "rev-parse", "--short", "HEAD"]
    return (
        subprocess.run(command, cwd=BENCH, capture_output=True, text=True, check=False).stdout.strip() or "–"
    )


HEAD = """# What faults do to it

`python bench/faults/run.py` (`--kills 200`, `--seed`, `--only PART`): the real product, started by
`huiyin run` with its embedded database. Six clients report through the public form, add words by their link
and accept at the console, all over HTTP, each trying again under the same client key until it is
acknowledged; one in ten gives up after a failure, and must then find its act whole or absent. A kill is
`kill -9`: of the whole web server, of its serving process, of the worker, of the postmaster alone, of the
database with all its processes, or of one backend. One kill in four comes before the product is back from
the last.

"""

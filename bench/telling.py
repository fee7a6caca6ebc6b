"""Writes `RESULTS.md`: what was measured, on what, and which goals were reached."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bench.importing import Imported
from bench.loading import Load
from bench.measuring import Measured
from bench.reading import LEARNT, LOOK_UPS, TEXTS, Readings

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "bench" / "RESULTS.md"


@dataclass
class Results:
    """Everything that a run gave."""

    command: str
    version: str = ""
    rows: list[Measured] = field(default_factory=list)
    fills: list[tuple[int, float, str]] = field(default_factory=list)
    bursts: list[tuple[int, float, Load, list[tuple[int, int, float]]]] = field(default_factory=list)
    imports: list[Imported] = field(default_factory=list)
    readings: list[Readings] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def write(results: Results) -> None:
    """Put the file together anew."""
    parts = [_tell_head(results), _tell_rows(results.rows)]
    if results.bursts:
        parts.append(_tell_bursts(results))
    if results.imports:
        parts.append(_tell_imports(results.imports))
    if results.readings:
        parts.append(_tell_readings(results.readings))
    parts.append(_tell_goals(results))
    if results.notes:
        parts.append("## Faults and remarks\n\n" + "".join(f"- {note}\n" for note in results.notes))
    FILE.write_text("\n".join(parts), encoding="utf-8")


def _tell_head(results: Results) -> str:
    fills = "".join(
        f"- {count:,} cases: {'kept from before' if seconds < 0 else f'filled in {seconds:.0f} s'}, {size}\n"
        for count, seconds, size in results.fills
    )
    return f"""# What Huiyin costs and carries

`{results.command}` · {datetime.now(UTC):%Y-%m-%d %H:%M} UTC · commit {_read_commit()} · {_read_machine()} ·
{os.cpu_count()} cores, {_read_memory()} · Python {platform.python_version()} · PostgreSQL {results.version}

A real server (granian, as `huiyin run` starts it) with 16 connections over the loopback; load client,
application and PostgreSQL share the cores. *CPU* is the application's own, a turn, from `/proc`, under that
load and, in brackets, with a single connection; a lifecycle is six requests. *pgbench* plays the captured
statements of the same path with 16 clients between the two halves of the load; *ratio* is the server's rate
to that of pgbench.

{fills}"""


def _read_commit() -> str:
    def ask(*words: str) -> str:
        done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
        return done.stdout.strip()

    changed = " with changes" if ask("status", "--porcelain", "src") else ""
    return ask("rev-parse", "--short", "HEAD") + changed


def _read_machine() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    return next(
        (line.split(": ", 1)[1] for line in lines if line.startswith("model name")), platform.machine()
    )


def _read_memory() -> str:
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB"


def _tell_rows(rows: Sequence[Measured]) -> str:
    lines = [
        "| path | cases | statements | turns/s | p50 ms | p99 ms | CPU ms | pgbench/s | ratio |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for row in rows:
        told = row.load
        lines.append(
            f"| {row.name} | {row.cases:,} | {row.statements} | {told.rate:.0f} | {told.percentile(0.5):.1f}"
            f" | {told.percentile(0.99):.1f} | {told.cpu_ms:.2f} ({row.single.cpu_ms:.2f})"
            f" | {row.alone:.0f} | {row.ratio:.2f} |"
        )
    return "\n".join(lines) + "\n"


def _tell_bursts(results: Results) -> str:
    text = (
        "## Burst\n\nLatency counts from the moment at which a lifecycle was due. The jobs run beside it;"
        " what the paths\nbefore left for them in the outbox is dropped first.\n"
    )
    for cases, minutes, whole, parts in results.bursts:
        answered = len(whole.latencies) / max(len(whole.latencies) + len(whole.faults), 1)
        text += (
            f"\n{cases:,} cases, {minutes:g} minutes: {len(whole.latencies):,} lifecycles, {answered:.2%} "
            f"answered, p50 {whole.percentile(0.5):.0f} ms, p95 {whole.percentile(0.95):.0f} ms, "
            f"p99 {whole.percentile(0.99):.0f} ms; {tell_answers(whole)}.\n\n"
            "| lifecycles/s | answered | p95 ms |\n|--:|--:|--:|\n"
        )
        text += "".join(f"| {rate} | {count:,} | {p95:.0f} |\n" for rate, count, p95 in parts)
    return text


def tell_answers(whole: Load) -> str:
    """How lifecycles ended, and how quickly single requests were told anything at all."""
    told = Load(latencies=whole.answers)
    return (
        f"{len(whole.latencies) - whole.shed_turns:,} answered at first go, {whole.shed_turns:,} after a 503 "
        f"with Retry-After, {len(whole.faults):,} never. Of {len(whole.answers):,} answers {whole.shed:,} "
        f"said 503; p95 {told.percentile(0.95):.0f} ms, p99 {told.percentile(0.99):.0f} ms, the slowest "
        f"{told.percentile(1.0):.0f} ms. {whole.reopened:,} connections were found closed after an idle time "
        "and opened again"
    )


def _tell_imports(imports: Sequence[Imported]) -> str:
    text = (
        "## Import\n\nA CSV file through the whole path (reading, checks, sealing, likeness, search pairs,"
        " clocks, journal)\nagainst a bare COPY of the very rows that it wrote, into tables with the same"
        " indices and keys.\n\n"
        "| requests | full path | a second | COPY | ratio |\n|--:|--:|--:|--:|--:|\n"
    )
    for one in imports:
        text += (
            f"| {one.rows:,} | {one.intake:.1f} s | {one.rows / one.intake:.0f} | {one.copy:.1f} s"
            f" | {one.ratio:.2f} |\n"
        )
    return text


def _tell_readings(readings: Sequence[Readings]) -> str:
    text = (
        f"## Reading of texts\n\nInside one process: {LOOK_UPS} look-ups for duplicates of new requests;"
        f" learning {LEARNT:,} requests;\ntelling the category of {TEXTS:,}, cutting into words included"
        " (a second of CPU).\n\n"
        "| cases | duplicates p50 ms | p99 ms | learnt in CPU s | texts told/s |\n|--:|--:|--:|--:|--:|\n"
    )
    for one in readings:
        text += (
            f"| {one.cases:,} | {one.look_ups.percentile(0.5):.1f} | {one.look_ups.percentile(0.99):.1f}"
            f" | {one.learning:.1f} | {one.rate:.0f} |\n"
        )
    return text


def _tell_goals(results: Results) -> str:
    most = max((row.cases for row in results.rows), default=0)
    at_most = {row.name: row for row in results.rows if row.cases == most}
    empty = {row.name: row for row in results.rows if row.cases == 0}
    lines = [_judge(at_most[name], limit) for name, limit in _CPU_GOALS.items() if name in at_most]
    for name, row in at_most.items():
        if name.startswith("create"):
            lines.append(_line(f"{name}: ≥0.35 of pgbench", row.ratio >= 0.35, f"{row.ratio:.2f}"))
        if name.startswith("worklist"):
            p99 = row.load.percentile(0.99)
            lines.append(_line(f"{name}: p99 ≤100 ms", p99 <= 100, f"{p99:.0f} ms"))
        if name.startswith("lifecycle"):
            lines.append(_line(f"{name}: ≥100/s", row.load.rate >= 100, f"{row.load.rate:.0f}/s"))
            if name in empty and most and empty[name].load.rate:
                loss = 1 - row.load.rate / empty[name].load.rate
                lines.append(_line(f"{name}: ≤10 % below empty", loss <= 0.1, f"{loss:.0%} below"))
    for _, _, whole, _ in results.bursts:
        p95 = whole.percentile(0.95)
        lines.append(_line("burst: all answered", not whole.faults, f"{len(whole.faults)} not"))
        lines.append(_line("burst: p95 ≤1 s", p95 <= 1000, f"{p95:.0f} ms"))
    lines += [_line("import: ≥0.2 of COPY", one.ratio >= 0.2, f"{one.ratio:.2f}") for one in results.imports]
    for read in results.readings[-1:]:
        p99 = read.look_ups.percentile(0.99)
        lines.append(_line("duplicates at intake: p99 ≤20 ms", p99 <= 20, f"{p99:.1f} ms"))
        lines.append(_line("telling categories: ≥2,000 texts/s", read.rate >= 2000, f"{read.rate:.0f}/s"))
    return f"## Goals (at {most:,} cases)\n\n| goal | reached | measured |\n|---|---|--:|\n" + "".join(lines)


_CPU_GOALS = {
    "create (API)": 1.5,
    "create (form)": 1.5,
    "worklist page, all cases": 3.5,
    "worklist page, one unit": 3.5,
}


def _judge(row: Measured, limit: float) -> str:
    return _line(f"{row.name}: ≤{limit} ms CPU", row.load.cpu_ms <= limit, f"{row.load.cpu_ms:.2f} ms")


def _line(goal: str, reached: bool, measured: str) -> str:
    return f"| {goal} | {'yes' if reached else '**no**'} | {measured} |\n"

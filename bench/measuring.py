"""Measures one path: statements and CPU inside one process, load over sockets, pgbench beside it."""

from __future__ import annotations

from dataclasses import dataclass

from bench.beside import Writing, run_pgbench
from bench.inside import capture
from bench.loading import Connection, Load, Script, load
from bench.paths import Paths, warm
from bench.serving import Serving

TELLING = 987_650_001
"""Ids of captured cases begin here: no other number in their statements holds such digits."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A path to measure: its name, its script, and how its statements are played by pgbench."""

    name: str
    script: Script
    creates: bool = False
    moves: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """A row of the results."""

    name: str
    cases: int
    statements: int
    load: Load
    alone: float
    fault: str

    @property
    def ratio(self) -> float:
        """Turns a second to those of pgbench."""
        return self.load.rate / self.alone if self.alone else 0.0


def list_plans(paths: Paths) -> list[Plan]:
    """Every path that this build has."""
    plans = [Plan("create (form)", paths.create_by_form, creates=True)]
    if paths.api:
        plans.append(Plan("create (API)", paths.create_by_api, creates=True))
    plans.append(Plan("move: accept (form)", paths.accept_by_form, moves=True))
    if paths.api:
        plans.append(Plan("move: accept (API)", paths.accept_by_api, moves=True))
    plans += [
        Plan("worklist page, all cases", paths.show_list),
        Plan("worklist page, one unit", paths.show_own_list),
    ]
    if paths.api:
        plans.append(Plan("list of 50 (API)", paths.list_by_api))
    plans += [
        Plan("search page, two signs", paths.search("停水")),
        Plan("search page, four signs", paths.search("路灯不亮")),
        Plan("lifecycle (form)", paths.live_by_form, creates=True),
    ]
    if paths.api:
        plans.append(Plan("lifecycle (API)", paths.live_by_api, creates=True))
    return plans


def measure(plan: Plan, paths: Paths, serving: Serving, url: str, cases: int, seconds: float) -> Measured:
    """Measure one path: half of the load, pgbench, the other half, so that both see the same minutes."""
    statements, text = _capture(plan, paths)
    connection = Connection(serving.port, 100)
    warm(plan.script, connection)
    connection.close()
    first = load(serving, plan.script, seconds / 2)
    alone, fault = run_pgbench(url, text, seconds / 2)
    second = load(serving, plan.script, seconds / 2)
    whole = Load(
        first.seconds + second.seconds,
        first.cpu + second.cpu,
        first.latencies + second.latencies,
        first.faults + second.faults,
    )
    return Measured(plan.name, cases, statements, whole, alone, fault)


def _capture(plan: Plan, paths: Paths) -> tuple[int, str]:
    """How many statements a warm turn takes, and the pgbench script of them."""
    capture(plan.script)
    if plan.moves:
        number = paths.received[0]
        case_id = ask(f"SELECT id FROM cases_case WHERE number = '{number}'")
        asked = capture(plan.script)
        return len(asked), Writing(case_id, number).write(asked)
    if not plan.creates:
        asked = capture(plan.script)
        return len(asked), Writing().write(asked)
    last = ask("SELECT last_value FROM cases_case_id_seq")
    case_id = ask(
        f"SELECT setval('cases_case_id_seq', greatest({TELLING}, max(id) + 1), false) FROM cases_case"
    )
    try:
        asked = capture(plan.script)
    finally:
        ask(f"SELECT setval('cases_case_id_seq', {last})")
    return len(asked), Writing(case_id).write(asked)


def ask(sql: str) -> int:
    """A number from the database."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql)
        return int(cursor.fetchone()[0])

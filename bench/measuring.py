"""Measures one path: statements and CPU inside one process, load over sockets, pgbench beside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bench.beside import Unwritable, Writing, run_pgbench
from bench.inside import Asked, capture
from bench.loading import Connection, Load, Script, load
from bench.paths import Paths, warm
from bench.serving import Serving

TELLING = {"case": 987_650_001, "person": 876_540_001}
"""Ids of captured cases and persons begin here: no other number in their statements holds such digits."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A path to measure: its name, its script, and how its statements are played by pgbench."""

    name: str
    script: Script
    creates: bool = False
    moves: bool = False


@dataclass(frozen=True, slots=True)
class Measured:
    """A row of the results: under `load`, by a `single` connection, and by pgbench `alone`."""

    name: str
    cases: int
    statements: int
    load: Load
    single: Load
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
    text, unplayed = "", ""
    asked = _capture(plan, paths)
    try:
        text = asked.write()
    except Unwritable as error:
        unplayed = f"not played: {error}"
    connection = Connection(serving.port, 100)
    warm(plan.script, connection)
    connection.close()
    single = load(serving, plan.script, seconds / 4, connections=1)
    first = load(serving, plan.script, seconds / 2)
    alone, fault = run_pgbench(url, text, seconds / 2) if text else (0.0, unplayed)
    second = load(serving, plan.script, seconds / 2)
    whole = Load(
        first.seconds + second.seconds,
        first.cpu + second.cpu,
        first.latencies + second.latencies,
        first.faults + second.faults,
    )
    return Measured(plan.name, cases, len(asked.asked), whole, single, alone, fault)


@dataclass(frozen=True, slots=True)
class Captured:
    """A warm turn: its statements, and how they are written for pgbench."""

    asked: list[Asked]
    writing: Writing
    acts: bool

    def write(self) -> str:
        """The pgbench script; `Unwritable` as told there."""
        return self.writing.write(self.asked, acts=self.acts)


def _capture(plan: Plan, paths: Paths) -> Captured:
    capture(plan.script)
    if plan.moves:
        number = paths.received[0]
        case_id = ask(f"SELECT id FROM cases_case WHERE number = '{number}'")
        return Captured(capture(plan.script), Writing({case_id: "case_id"}, number), acts=True)
    if not plan.creates:
        return Captured(capture(plan.script), Writing({}), acts=False)
    with _telling_ids() as ids:
        asked = capture(plan.script)
    return Captured(asked, Writing(ids), acts=True)


@contextmanager
def _telling_ids() -> Iterator[dict[int, str]]:
    """Lets the next case and the next person have an id whose digits stand nowhere else."""
    last, ids = {}, {}
    for kind, start in TELLING.items():
        table = f"{'cases' if kind == 'case' else 'people'}_{kind}"
        last[kind] = ask(f"SELECT last_value FROM {table}_id_seq")
        given = f"SELECT setval('{table}_id_seq', greatest({start}, max(id) + 1), false) FROM {table}"
        ids[ask(f"{given} WHERE id < {start + 10**6}")] = f"{kind}_id"
    try:
        yield ids
    finally:
        for kind, value in last.items():
            ask(f"SELECT setval('{'cases' if kind == 'case' else 'people'}_{kind}_id_seq', {value})")


def ask(sql: str) -> int:
    """A number from the database."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql)
        return int(cursor.fetchone()[0])

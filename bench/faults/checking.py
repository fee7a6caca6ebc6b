"""What must be true of the database when the dust has settled."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import psycopg
from load import Act
from product import Product

SETTLE = 240.0  # seconds: stalled jobs are taken up within 30 s of silence and a minute's round
UNDONE = """
    SELECT (SELECT count(*) FROM journal_outbox)
         + (SELECT count(*) FROM procrastinate_jobs
            WHERE status IN ('todo', 'doing') AND task_name IN
                ('hear-move', 'share-answer', 'free-members', 'send-message', 'hear-clock'))
"""
HALF = """
    SELECT count(*) FROM cases_case AS c
    WHERE NOT EXISTS (SELECT 1 FROM cases_casetext AS t WHERE t.case_id = c.id)
       OR NOT EXISTS (SELECT 1 FROM cases_caseclock AS k WHERE k.case_id = c.id)
       OR NOT EXISTS (SELECT 1 FROM appeals_appeal AS a WHERE a.case_id = c.id)
       OR (SELECT count(*) FROM journal_entry AS e
           WHERE e.subject = 'case:' || c.number AND e.verb = 'open') <> 1
"""
OUT_OF_STEP = """
    SELECT count(*) FROM cases_case AS c
    WHERE c.source_key LIKE 'portal:%' AND c.version - 1 <>
        (SELECT count(*) FROM journal_entry AS e
         WHERE e.subject = 'case:' || c.number AND e.verb IN ('accept', 'add_words'))
"""
UNTOLD = """
    SELECT count(*) FROM cases_case AS c
    WHERE c.source_key LIKE 'portal:%' AND
        (SELECT count(*) FROM journal_entry AS e
         WHERE e.subject = 'case:' || c.number AND e.verb = 'accept') <>
        (SELECT count(*) FROM appeals_message AS m WHERE m.case_id = c.id AND m.state = 'sent')
"""
FAILED = "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('failed', 'aborted')"
SET_ASIDE = "SELECT count(*) FROM journal_outbox WHERE failed_at IS NOT NULL"


@dataclass(slots=True)
class Findings:
    """What was found, in numbers and words."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    half: int = 0
    out_of_step: int = 0
    untold: int = 0
    failed_jobs: int = 0
    set_aside: int = 0
    undone: int = 0
    settled_after: float = 0.0
    silent_done: int = 0
    journal: str = ""
    journal_whole: bool = False

    def is_clean(self) -> bool:
        """Whether nothing at all is wrong."""
        wrong = (self.half, self.out_of_step, self.untold, self.failed_jobs, self.set_aside, self.undone)
        return not self.lost and not self.doubled and not any(wrong) and self.journal_whole


def check(product: Product, acts: list[Act]) -> Findings:
    """Waits until the worker has nothing left to do, then looks at everything."""
    found = Findings()
    with psycopg.connect(product.database_url(), autocommit=True) as connection:
        _wait_until_settled(connection, found)
        for act in acts:
            _check_act(connection, act, found)
        for name, query in (
            ("half", HALF), ("out_of_step", OUT_OF_STEP), ("untold", UNTOLD),
            ("failed_jobs", FAILED), ("set_aside", SET_ASIDE),
        ):  # fmt: skip
            setattr(found, name, _count(connection, query))
    verified = product.command("journal", "verify")
    found.journal = verified.stdout.strip().splitlines()[-1] if verified.stdout.strip() else verified.stderr
    found.journal_whole = verified.returncode == 0
    return found


def _count(connection: psycopg.Connection, query: str, *values: object) -> int:
    row = connection.execute(query, values or None).fetchone()
    assert row is not None
    return int(row[0])


def _wait_until_settled(connection: psycopg.Connection, found: Findings) -> None:
    began = time.monotonic()
    while (undone := _count(connection, UNDONE)) and time.monotonic() - began < SETTLE:
        time.sleep(0.5)
    found.undone, found.settled_after = undone, time.monotonic() - began


def _check_act(connection: psycopg.Connection, act: Act, found: Findings) -> None:
    if act.kind == "create":
        there = _count(
            connection, "SELECT count(*) FROM cases_case WHERE source_key LIKE %s", f"portal:{act.key}:%"
        )
        named = _count(connection, "SELECT count(*) FROM cases_case WHERE number = %s", act.number)
    else:
        there = named = _count(
            connection,
            "SELECT count(*) FROM journal_entry WHERE subject = %s AND key = %s AND verb = %s",
            f"case:{act.number}", act.key, act.kind,
        )  # fmt: skip
    if there > 1:
        found.doubled.append(f"{act.kind} {act.key}: {there}")
    if act.acknowledged and not (there and named):
        found.lost.append(f"{act.kind} {act.key} {act.number}")
    found.silent_done += bool(there and not act.acknowledged)

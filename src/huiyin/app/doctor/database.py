"""The database: its version and clock, tables, jobs, events, the record and its keys."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from huiyin.app.doctor.findings import Finding, Level, judge
from huiyin.app.metrics.measuring import measure
from huiyin.app.migrating import count_missing
from huiyin.kernel.words import Words

OLDEST = 15
SKEW = 5.0  # seconds
STUCK = 300.0  # seconds that an event may wait


def examine_server() -> Iterator[Finding]:
    """Version and clock of the server."""
    major = connection.pg_version // 10000  # type: ignore[attr-defined]
    yield judge(
        "postgres",
        major >= OLDEST,
        Words(f"PostgreSQL {major}", f"PostgreSQL {major}"),
        Words(f"PostgreSQL {major} 太旧", f"PostgreSQL {major} is too old"),
        Words(f"请升级到 PostgreSQL {OLDEST} 或更高版本。", f"Upgrade to PostgreSQL {OLDEST} or newer."),
    )
    (then,) = _ask("SELECT clock_timestamp()")
    skew = abs((timezone.now() - then).total_seconds())
    yield judge(
        "clock",
        skew < SKEW,
        Words("本机与数据库的时钟一致", "The clocks of machine and database agree"),
        Words(f"本机与数据库的时钟相差 {skew:.0f} 秒", f"The clocks differ by {skew:.0f} s"),
        Words(
            "请在两台机器上启用 NTP（chrony）。时限按时钟计算。",
            "Run NTP (chrony) on both: limits go by them.",
        ),
    )


def examine_tables() -> Iterator[Finding]:
    """Whether this version's migrations were run."""
    missing = count_missing()
    yield judge(
        "tables",
        missing == 0,
        Words("表结构已是最新", "The tables are up to date"),
        Words(f"有 {missing} 项表结构更新没有执行", f"{missing} migrations are missing"),
        Words("执行：huiyin migrate", "Run: huiyin migrate"),
    )


def examine_work() -> Iterator[Finding]:
    """The worker, its jobs, and the events on their way."""
    now = measure()
    workers, failed, waiting = int(now["workers"]), int(now["jobs_failed"]), int(now["outbox_waiting"])
    yield judge(
        "worker",
        workers > 0,
        Words(f"后台任务在运行（{workers} 个进程）", f"Jobs are run ({workers} processes)"),
        Words("没有后台任务在运行", "No worker runs"),
        Words("启动 huiyin run，或单独启动 huiyin worker。", "Start huiyin run, or huiyin worker alone."),
        Level.LOOK,
    )
    yield judge(
        "jobs",
        failed == 0,
        Words("没有失败的任务", "No job has failed"),
        Words(f"一周内有 {failed} 个任务最终失败", f"{failed} jobs failed for good within a week"),
        Words(
            "在日志中按 job_error 找原因；处理后在 huiyin manage procrastinate shell 里用 retry 重做。",
            "Look for job_error in the logs; then use retry in: huiyin manage procrastinate shell",
        ),
        Level.LOOK,
    )
    stuck = now["outbox_oldest_seconds"] > STUCK or now["outbox_failed"] > 0
    yield judge(
        "events",
        not stuck,
        Words("事件都已送达", "All events are carried"),
        Words(
            f"{waiting} 个事件在等待，{int(now['outbox_failed'])} 个送不出去",
            f"{waiting} events wait, {int(now['outbox_failed'])} were set aside",
        ),
        Words(
            "先确认后台任务在运行；原因见 huiyin journal events，处理后加 --retry。",
            "See that a worker runs; huiyin journal events tells why; then add --retry.",
        ),
    )


def examine_record(now: datetime) -> Iterator[Finding]:
    """Yesterday's root."""
    yesterday = timezone.localdate(now) - timedelta(days=1)
    older = _ask(
        "SELECT EXISTS (SELECT 1 FROM journal_entry WHERE at < %s)",
        timezone.localtime(now).replace(hour=0, minute=0),
    )[0]
    made = _ask('SELECT EXISTS (SELECT 1 FROM journal_root WHERE "on" >= %s)', yesterday)[0]
    yield judge(
        "root",
        made or not older,
        Words("昨天的日根已生成", "Yesterday's root is made"),
        Words(f"{yesterday} 的日根没有生成", f"The root of {yesterday} was not made"),
        Words(
            "确认后台任务在运行；补做：huiyin journal root",
            "See that a worker runs; make it: huiyin journal root",
        ),
        Level.LOOK,
    )


def examine_keys() -> Iterator[Finding]:
    """The newest seal of each kind opens."""
    from huiyin.journal.api import try_seals

    broken = try_seals()
    why = broken[0].why if broken else Words("")
    yield judge(
        "keys",
        not broken,
        Words("封存的个人信息能打开", "What is sealed opens"),
        Words(f"封存的个人信息打不开：{why.zh}", f"What is sealed does not open: {why.en}"),
        Words(
            "把原来的密钥放回 HUIYIN_SEALING_KEYS 或 secrets/sealing-key；备份里的密钥用 "
            "restore --with-keys 取出。",
            "Put the old key back into HUIYIN_SEALING_KEYS or secrets/sealing-key; restore --with-keys "
            "takes keys out of a backup.",
        ),
    )


def _ask(query: str, *given: Any) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(query, given or None)
        row: tuple[Any, ...] = cursor.fetchone() or ()
    return row

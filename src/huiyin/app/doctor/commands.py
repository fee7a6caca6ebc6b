"""The command `huiyin doctor`."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import click

from huiyin.app import environment
from huiyin.app.database import ensure_database
from huiyin.app.django_start import start_django
from huiyin.app.doctor.findings import SIGNS, Finding, Level
from huiyin.app.terminal import language, say
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words

Examination = Callable[[], Iterator[Finding]]


@click.command(help="Say what is wrong, and how to mend it. 体检")
@click.option("--json", "as_json", is_flag=True, help="The findings as JSON. 输出 JSON")
def doctor(*, as_json: bool) -> None:
    """Changes nothing. Ends with 1 when something is wrong; what is merely worth a look ends with 0."""
    found: list[Finding] = []
    for finding in examine():
        found.append(finding)
        if not as_json:
            _show(finding)
    if as_json:
        print(json.dumps([_tell(finding) for finding in found], ensure_ascii=False, indent=1))
    counts = {level: sum(finding.level == level for finding in found) for level in Level}
    say(_SUMMARY.fill(good=counts[Level.GOOD], look=counts[Level.LOOK], wrong=counts[Level.WRONG]))
    if counts[Level.WRONG]:
        raise SystemExit(1)


def examine() -> Iterator[Finding]:
    """Everything, in order; what needs the database is passed over when that does not answer."""
    from huiyin.app.doctor import machine

    data = environment.data_folder()
    yield from _safely("python", machine.examine_python)
    yield from _safely("disk", lambda: machine.examine_disk(data))
    with ExitStack() as stack:
        try:
            os.environ["HUIYIN_DATABASE_URL"] = stack.enter_context(ensure_database())
            start_django()
            _reach()
        except Refusal as refusal:
            yield Finding("database", Level.WRONG, refusal.words, _MEND_DATABASE)
            return
        except Exception as error:  # noqa: BLE001  whatever keeps it from answering is the finding
            why = str(error).splitlines()[0] if str(error) else type(error).__name__
            yield Finding("database", Level.WRONG, _AWAY.fill(why=why), _MEND_DATABASE)
            return
        yield Finding("database", Level.GOOD, _ANSWERS)
        for key, examination in _list_examinations():
            yield from _safely(key, examination)


def _reach() -> None:
    from django.db import connection

    connection.ensure_connection()


def _list_examinations() -> list[tuple[str, Examination]]:
    from django.utils import timezone

    from huiyin.app.doctor import county, database, machine, public

    data, now, today = environment.data_folder(), timezone.now(), timezone.localdate()
    return [
        ("secrets", lambda: machine.examine_secrets(data)),
        ("postgres", database.examine_server),
        ("tables", database.examine_tables),
        ("worker", database.examine_work),
        ("root", lambda: database.examine_record(now)),
        ("keys", database.examine_keys),
        ("backup", lambda: machine.examine_backup(data, now)),
        ("settings", public.examine_settings),
        ("demo", public.examine_demo),
        ("gateways", public.examine_gateways),
        ("calendar", lambda: county.examine_calendar(today)),
        ("duties", lambda: county.examine_catalogue(today)),
        ("units", lambda: county.examine_units(today)),
        ("roles", lambda: county.examine_roles(today)),
        ("processes", county.examine_processes),
    ]


def _safely(key: str, examination: Examination) -> Iterator[Finding]:
    """An examination that cannot be made is a finding, too: the others go on."""
    try:
        yield from examination()
    except Exception as error:  # noqa: BLE001  a broken installation breaks in any way
        yield Finding(key, Level.WRONG, _UNSEEN.fill(key=key, why=type(error).__name__), _MEND_UNSEEN)


def _show(finding: Finding) -> None:
    print(f"{SIGNS[finding.level]} {finding.told.tell(language())}", flush=True)
    if finding.mend.zh:
        print(f"    → {finding.mend.tell(language())}", flush=True)


def _tell(finding: Finding) -> dict[str, str]:
    told, mend = finding.told.tell(language()), finding.mend.tell(language())
    return {"key": finding.key, "level": str(finding.level), "told": told, "mend": mend}


_SUMMARY = Words(
    "{good} 项正常，{look} 项请留意，{wrong} 项有问题。", "{good} good, {look} worth a look, {wrong} wrong."
)
_ANSWERS = Words("数据库有应答", "The database answers")
_AWAY = Words("数据库没有应答：{why}", "The database does not answer: {why}")
_MEND_DATABASE = Words(
    "检查 HUIYIN_DATABASE_URL 与数据库服务；内置数据库见 huiyin database status 与数据目录 "
    "postgres/server.log。",
    "Look at HUIYIN_DATABASE_URL and the server; for the embedded one: huiyin database status, and "
    "postgres/server.log in the data folder.",
)
_UNSEEN = Words("“{key}”没有查成（{why}）", "“{key}” could not be looked at ({why})")
_MEND_UNSEEN = Words("先处理前面的问题，再执行一次。", "Mend what stands above, and run it again.")

"""The command line `huiyin`: which commands there are, and what each needs before it runs."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from huiyin.app.django_start import start_django
from huiyin.app.lazy import LazyGroup, Mount
from huiyin.app.signals import Ended, end_on_signals
from huiyin.app.terminal import say, show_refusal
from huiyin.app.version import tell_version


def _with_database(ctx: click.Context) -> None:
    """The database runs until the command has ended; help is shown without it."""
    if not {"--help", "-h"} & set(sys.argv):
        from huiyin.app.database import ensure_database

        os.environ["HUIYIN_DATABASE_URL"] = ctx.find_root().with_resource(ensure_database(say))
    start_django()


def _with_tables(ctx: click.Context) -> None:
    """The same with the tables up to date: a first command on a new machine may be this one."""
    _with_database(ctx)
    if not {"--help", "-h"} & set(sys.argv):
        from huiyin.app.migrating import migrate_if_needed

        migrate_if_needed()


def _with_cases(ctx: click.Context) -> None:
    """A file is read without any database; the county's own cases need it."""
    if "--cases" in sys.argv:
        _with_database(ctx)
    else:
        start_django()


def _make_workdays(make_group: Any) -> click.Command:
    from huiyin.app.county_rules import load_calendar

    group: click.Command = make_group(load_calendar)
    return group


def _make_processes(make_group: Any) -> click.Command:
    from huiyin.app.county_rules import add_file, load_processes

    group: click.Group = make_group(load_processes)
    group.add_command(add_file)
    return group


def _make_triage(make_group: Any) -> click.Command:
    group: click.Command = make_group(_with_tables)
    return group


MOUNTS = {
    "run": Mount("huiyin.app.running.command:run", "Start Huiyin: database, web pages and jobs. 启动"),
    "migrate": Mount(
        "huiyin.app.commands:migrate", "Bring the tables up to date. 更新表结构", _with_database
    ),
    "demo": Mount(
        "huiyin.app.commands:demo", "Fill an empty database with the demo county. 演示数据", _with_database
    ),
    "worker": Mount("huiyin.app.commands:worker", "Run the jobs. 后台任务", _with_database),
    "manage": Mount("huiyin.app.commands:manage", "", _with_database),
    "database": Mount("huiyin.app.database.commands:database", "The embedded database. 内置数据库"),
    "process": Mount(
        "huiyin.process.commands:make_group",
        "List, check, draw and add processes. 流程",
        build=_make_processes,
    ),
    "workdays": Mount(
        "huiyin.workdays.commands:make_group", "Working days and limits. 工作日与时限", build=_make_workdays
    ),
    "journal": Mount(
        "huiyin.journal.commands:journal", "Verify and publish the record. 留痕", _with_database
    ),
    "keys": Mount("huiyin.journal.commands:keys", "The keys that seal personal data. 密钥", _with_database),
    "intake": Mount(
        "huiyin.appeals.commands:intake", "Take in requests from files. 批量导入诉求", _with_tables
    ),
    "hot": Mount(
        "huiyin.insight.commands:hot", "Hot issues of a file or of the cases. 热点聚类", _with_cases
    ),
    "register": Mount(
        "huiyin.administration.setup.commands:register", "The register of duties. 职责清单", _with_tables
    ),
    "triage": Mount(
        "huiyin.triage.commands:make_group",
        "Train, judge and ask the model of the suggestions. 派单建议",
        build=_make_triage,
    ),
    "replies": Mount("huiyin.replies.commands:replies", "Check replies against their matters. 答复检查"),
    "economy": Mount(
        "huiyin.app.economy:economy",
        "The village economy: books, distributions, checks. 集体经济",
        _with_tables,
    ),
    "webhooks": Mount(
        "huiyin.exchange.commands:webhooks", "Webhooks to other systems. 事件推送", _with_database
    ),
    "rulings": Mount(
        "huiyin.rulings.commands:rulings", "Rulings on disputes, and precedents. 裁定与先例", _with_database
    ),
    "backup": Mount("huiyin.app.backup.commands:backup", "Back up database and attachments. 备份"),
    "doctor": Mount("huiyin.app.doctor.commands:doctor", "Say what is wrong, and how to mend it. 体检"),
    "restore": Mount("huiyin.app.backup.commands:restore", "Restore a backup, and prove it. 恢复"),
    "retention": Mount(
        "huiyin.appeals.retention.commands:retention",
        "How long data is kept; dry run and run. 保存期限",
        _with_database,
    ),
    "grid": Mount(
        "huiyin.grid.commands:grid", "Cells on the map, and where a place lies. 网格", _with_tables
    ),
    "accounts": Mount("huiyin.people.commands:accounts", "Accounts of the staff. 账号", _with_database),
    "token": Mount("huiyin.people.token_commands:token", "Tokens of other systems. 接口令牌", _with_database),
}

huiyin = LazyGroup(
    name="huiyin",
    mounts=MOUNTS,
    tell=show_refusal,
    help="Huiyin 回音: every matter a county hears reaches whoever must act, "
    "and closes only when the person has an answer.",
    context_settings={"help_option_names": ["-h", "--help"]},
)
huiyin = click.version_option(tell_version(), prog_name="huiyin")(huiyin)


def main() -> None:
    """The entry point of the `huiyin` script."""
    end_on_signals()
    try:
        huiyin.main(prog_name="huiyin")
    except Ended as ended:
        sys.exit(128 + ended.number)


if __name__ == "__main__":
    main()

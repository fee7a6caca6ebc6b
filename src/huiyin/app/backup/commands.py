"""`huiyin backup FILE`, `huiyin backup verify FILE`, `huiyin restore FILE`."""

from __future__ import annotations

import json
import os
from contextlib import ExitStack
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from huiyin.app import environment
from huiyin.app.backup import facts, making, passphrases, restoring, secret_files, target
from huiyin.app.backup.checking import Checked, check_backup
from huiyin.app.backup.note import NOTE, write_note
from huiyin.app.backup.progress import Progress
from huiyin.app.database import ensure_database
from huiyin.app.django_start import start_django
from huiyin.app.terminal import language, say
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words

_FILE = click.Path(dir_okay=False, path_type=Path)
_JSON = click.option("--json", "as_json", is_flag=True, help="The result as JSON on stdout. 输出 JSON")


class FileFirst(click.Group):
    """A group whose first word may be a file: `huiyin backup FILE` is `huiyin backup make FILE`."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands:
            args = ["make", *args]
        return super().resolve_command(ctx, args)


@click.group(
    cls=FileFirst,
    help="Back up database and attachments into one encrypted FILE. 备份",
    subcommand_metavar="FILE | verify FILE",
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
)
def backup() -> None:
    """The key comes from HUIYIN_BACKUP_KEY, or is asked for."""


@backup.command(help="Make a backup (the word `make` may be left out). 备份")
@click.argument("file", type=_FILE)
@click.option(
    "--with-keys", is_flag=True, help="Put the keys in too, under a passphrase of their own. 连同密钥"
)
@click.option("--force", is_flag=True, help="Overwrite FILE. 覆盖")
@_JSON
def make(file: Path, *, with_keys: bool, force: bool, as_json: bool) -> None:
    """Ends with 1 when an attachment of the database is not there: the backup is made all the same."""
    if file.exists() and not force:
        raise Refusal("file-exists", _EXISTS.fill(file=file))
    key = passphrases.read_key(new=True)
    passphrase = passphrases.read_keys_passphrase(new=True, key=key) if with_keys else ""
    progress = Progress()
    with ensure_database(say) as url:
        os.environ["HUIYIN_DATABASE_URL"] = url
        start_django()
        made = making.make_backup(file, key, _describe(url, passphrase), progress)
    checked = check_backup(file, key, progress)
    told = {**_tell(checked), "file": str(file), "bytes": file.stat().st_size, "missing": made.missing}
    write_note(environment.data_folder() / NOTE, told | {"tables": {}, "migrations": []})
    _finish(told, as_json=as_json, words=_MADE.fill(**_numbers(told)))
    _complain([_MISSING.fill(sha256=sha256) for sha256 in made.missing])


def _describe(url: str, passphrase: str) -> making.Wanted:
    from django.conf import settings
    from django.utils import timezone

    from huiyin.app.version import tell_version
    from huiyin.journal.api import name_keys

    keys = name_keys()
    named = facts.Manifest(
        version=tell_version(),
        county=settings.COUNTY.zh,
        made_at=making.name_time(timezone.localtime()),
        postgres=0,
        dumped_by=0,
        migrations=[],
        tables={},
        journal_root="",
        sealing_keys=list(keys.sealing),
        index_key=keys.index,
        with_keys=bool(passphrase),
    )
    in_use = {
        "sealing-key": ",".join(settings.SEALING_KEYS),
        "index-key": settings.INDEX_KEY,
        "secret-key": settings.SECRET_KEY,
    }
    gathered = secret_files.gather_secrets(environment.data_folder() / "secrets", in_use)
    locked = secret_files.lock_secrets(gathered, passphrase) if passphrase else b""
    return making.Wanted(url, Path(settings.MEDIA_ROOT), named, locked)


@backup.command(help="Read a whole backup and say whether it can be restored. 核对")
@click.argument("file", type=_FILE)
@_JSON
def verify(file: Path, *, as_json: bool) -> None:
    """Needs no database."""
    checked = check_backup(file, passphrases.read_key(new=False), Progress())
    told = {**_tell(checked), "file": str(file), "bytes": file.stat().st_size}
    _finish(told, as_json=as_json, words=_WHOLE.fill(**_numbers(told)))


@click.command(help="Restore a backup, and prove it. 恢复")
@click.argument("file", type=_FILE)
@click.option(
    "--replace", "replacing", is_flag=True, help="Put it in the place of what is there. 替换现有数据"
)
@click.option("--with-keys", is_flag=True, help="Take the keys out of the backup, too. 取出密钥")
@click.option("--without-keys", is_flag=True, help="Go on although the keys are not here. 没有密钥也恢复")
@click.option("--yes", is_flag=True, help="Ask nothing. 不再确认")
@_JSON
def restore(
    file: Path, *, replacing: bool, with_keys: bool, without_keys: bool, yes: bool, as_json: bool
) -> None:
    """Nothing is changed before the whole file has been checked. Ends with 1 when the proof found faults."""
    key = passphrases.read_key(new=False)
    progress = Progress()
    checked = check_backup(file, key, progress)
    secrets = _take_keys(checked, key) if with_keys else {}
    now = datetime.now().astimezone()
    with ExitStack() as stack:
        url = stack.enter_context(ensure_database(say))
        plan = restoring.make_plan(
            file, key, checked, target.look_at(url), environment.data_folder() / "attachments", now
        )
        _agree(plan, replacing=replacing, yes=yes)
        proof = _restore(plan, progress, anyway=without_keys)
    aside = secret_files.write_secrets(environment.data_folder() / "secrets", secrets, now) if secrets else []
    told = {**_tell(checked), "file": str(file), "proof": _tell_proof(proof), "keys_kept_aside": aside}
    _finish(told, as_json=as_json, words=_RESTORED.fill(**_numbers(told), entries=proof.journal_entries))
    if proof.kept_as:
        say(_KEPT_AS.fill(name=proof.kept_as))
    _complain([*(_MISSING.fill(sha256=name) for name in proof.missing), *proof.findings, *proof.unopened])


def _take_keys(checked: Checked, key: str) -> dict[str, str]:
    if not checked.locked_keys:
        raise Refusal("no-keys-in-backup", _NO_KEYS)
    secrets = secret_files.unlock_secrets(
        checked.locked_keys, passphrases.read_keys_passphrase(new=False, key=key)
    )
    secret_files.put_in_force(secrets)
    return secrets


def _agree(plan: restoring.Plan, *, replacing: bool, yes: bool) -> None:
    if not plan.target.filled:
        return
    if not replacing:
        raise Refusal("database-not-empty", _NOT_EMPTY.fill(name=plan.target.name))
    if not yes:
        made_at = plan.checked.manifest.made_at
        words = _SURE.fill(name=plan.target.name, made_at=made_at, old=plan.old)
        click.confirm(words.tell(language()), abort=True, err=True)


def _restore(plan: restoring.Plan, progress: Progress, *, anyway: bool) -> restoring.Proof:
    """The models see the new database: their settings are read here, when its name is known."""
    os.environ["HUIYIN_DATABASE_URL"] = plan.url
    start_django()
    from huiyin.app.backup import proving

    proving.check_version(plan.checked.manifest)
    proving.check_keys(plan.checked.manifest, anyway=anyway)
    return restoring.restore_backup(plan, proving.prove, progress)


def _tell(checked: Checked) -> dict[str, Any]:
    told = asdict(checked.manifest)
    return {**told, "rows": checked.manifest.rows, "attachments": checked.attachments}


def _tell_proof(proof: restoring.Proof) -> dict[str, Any]:
    words = {"findings": proof.findings, "unopened": proof.unopened}
    return asdict(replace(proof, findings=[], unopened=[])) | {
        name: [one.tell(language()) for one in found] for name, found in words.items()
    }


def _numbers(told: dict[str, Any]) -> dict[str, Any]:
    return {name: told.get(name, "") for name in ("file", "made_at", "rows", "attachments", "county")} | {
        "tables": len(told["tables"])
    }


def _finish(told: dict[str, Any], *, as_json: bool, words: Words) -> None:
    if as_json:
        print(json.dumps(told, ensure_ascii=False, indent=1))
    say(words)


def _complain(faults: list[Words]) -> None:
    for fault in faults:
        say(Words(f"✗ {fault.zh}", f"✗ {fault.en or fault.zh}"))
    if faults:
        raise SystemExit(1)


_EXISTS = Words(
    "{file} 已存在。换一个文件名，或加 --force 覆盖。", "{file} exists. Take another name, or add --force."
)
_MADE = Words(
    "✓ 已备份并核对：{file}（{tables} 张表、{rows} 行、{attachments} 个附件）",
    "✓ Backed up and checked: {file} ({tables} tables, {rows} rows, {attachments} attachments)",
)
_WHOLE = Words(
    "✓ 备份完好：{county}，{made_at}，{tables} 张表、{rows} 行、{attachments} 个附件",
    "✓ The backup is whole: {county}, {made_at}, {tables} tables, {rows} rows, {attachments} attachments",
)
_RESTORED = Words(
    "✓ 已恢复 {made_at} 的备份：{tables} 张表、{rows} 行、{attachments} 个附件与备份一致；"
    "核验记录 {entries} 条。",
    "✓ Restored the backup of {made_at}: {tables} tables, {rows} rows and {attachments} attachments are as "
    "they were; {entries} entries of the record were verified.",
)
_KEPT_AS = Words(
    "原来的数据库保留为 {name}；确认无误后可以删除：huiyin database psql -c 'DROP DATABASE \"{name}\"'",
    "What was there is kept as the database {name}; once you are content, remove it: "
    "huiyin database psql -c 'DROP DATABASE \"{name}\"'",
)
_MISSING = Words("附件缺失或已损坏：{sha256}", "An attachment is missing or broken: {sha256}")
_NO_KEYS = Words(
    "这份备份里没有密钥（备份时没有用 --with-keys）。",
    "There are no keys in this backup (made without --with-keys).",
)
_NOT_EMPTY = Words(
    "数据库 {name} 里已有数据，没有改动。要用备份替换它，请加 --replace。",
    "The database {name} holds data, and was not touched. To replace it, add --replace.",
)
_SURE = Words(
    "用 {made_at} 的备份替换数据库 {name}？现有数据会改名保留为 {old}。",
    "Replace the database {name} by the backup of {made_at}? What is there is kept as {old}.",
)

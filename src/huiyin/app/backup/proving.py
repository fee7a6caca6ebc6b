"""Proves a restored database with the product's own eyes: migrations, record, seals."""

from __future__ import annotations

from collections.abc import Collection

from huiyin.app.backup.facts import Manifest
from huiyin.app.backup.restoring import Proof
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words


def check_version(manifest: Manifest) -> None:
    """Refuse `backup-newer`: a backup with migrations that this version does not know."""
    from django.db.migrations.loader import MigrationLoader

    known = set(MigrationLoader(None).disk_migrations)
    apps = {app for app, _ in known}
    unknown = [
        f"{app}.{name}" for app, name in manifest.migrations if app in apps and (app, name) not in known
    ]
    if unknown:
        words = _NEWER.fill(version=manifest.version, names=", ".join(unknown[:3]))
        raise Refusal("backup-newer", words)


def check_keys(manifest: Manifest, *, anyway: bool) -> None:
    """Refuse `keys-missing` unless the keys that sealed the backup are here, or it shall be done `anyway`."""
    from huiyin.journal.api import name_keys

    have = name_keys()
    lost = [name for name in manifest.sealing_keys if name not in have.sealing]
    if (lost or manifest.index_key != have.index) and not anyway:
        raise Refusal("keys-missing", _with_advice(manifest, lost))


def _with_advice(manifest: Manifest, lost: Collection[str]) -> Words:
    advice = _TAKE_KEYS if manifest.with_keys else _BRING_KEYS
    return _KEYS_MISSING.fill(names=", ".join(lost) or "index-key", advice=advice)


def prove(proof: Proof) -> None:
    """Bring the tables up to date, verify the whole record, open a seal of each kind."""
    from django.db import connection

    from huiyin.app.migrating import migrate_if_needed
    from huiyin.journal.api import try_seals, verify_all

    try:
        proof.migrations = migrate_if_needed()
        report = verify_all()
        proof.journal_entries = report.entries
        proof.findings = [found.words for found in report.findings]
        proof.unopened = [_UNOPENED.fill(table=seal.table, why=seal.why) for seal in try_seals()]
    finally:
        connection.close()


_NEWER = Words(
    "这份备份由更新的版本 {version} 做成（{names}）。请先升级回音，再恢复。没有改动任何数据。",
    "A newer version ({version}) made this backup ({names}). Upgrade Huiyin first. Nothing was changed.",
)
_KEYS_MISSING = Words(
    "这里没有封存这份备份的密钥（{names}），恢复后个人信息将打不开。{advice}没有改动任何数据。",
    "The keys that sealed this backup ({names}) are not here: personal data would stay closed. {advice} "
    "Nothing was changed.",
)
_TAKE_KEYS = Words(
    "备份里带有密钥：请加 --with-keys，用当时的密钥口令取出。",
    "The backup holds them: add --with-keys, and give their passphrase.",
)
_BRING_KEYS = Words(
    "请把原来的 secrets/sealing-key 与 secrets/index-key 放进数据目录（或设置 HUIYIN_SEALING_KEYS、"
    "HUIYIN_INDEX_KEY）再恢复；确实找不回来，可加 --without-keys。",
    "Put the old secrets/sealing-key and secrets/index-key into the data folder (or set HUIYIN_SEALING_KEYS "
    "and HUIYIN_INDEX_KEY) and restore again; if they are lost for good, add --without-keys.",
)
_UNOPENED = Words("{table}：{why}", "{table}: {why}")

"""Files whose time is over leave the disk, and those that never came to belong to a case."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path, PurePath

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from huiyin.cases.attachments import path_of
from huiyin.cases.models import Attachment
from huiyin.journal.api import NewEntry, append

BATCH = 200
GONE = "附件"
"""What a removed file is called: its own name may tell who gave it."""


FileOwner = Callable[[set[str]], set[str]]
_OWNERS: list[FileOwner] = []


def register_file_owner(list_used: FileOwner) -> None:
    """Have whoever keeps files beside cases say which of some hashes are theirs, before bytes are deleted.

    Called when the application of the package is ready; twice is once.
    """
    if list_used not in _OWNERS:
        _OWNERS.append(list_used)


def list_files_due(cutoff: datetime) -> QuerySet[Attachment]:
    """Files of cases that were closed before that moment, not removed yet."""
    return Attachment.objects.filter(removed_at__isnull=True, case__closed_at__lt=cutoff)


def remove_files(cutoff: datetime, days: int, now: datetime) -> int:
    """Remove them, a batch a transaction, noted on the chain of each case; how many files.

    Bytes that another file shares stay; so do those that somebody handed in again within two days.
    """
    done = 0
    while True:
        with transaction.atomic():
            batch = list(
                list_files_due(cutoff)
                .select_related("case")
                .select_for_update(of=("self",))
                .order_by("id")[:BATCH]
            )
            _mark(batch, days, now)
        if not batch:
            return done
        done += len(batch)
        _unlink_unused({file.sha256 for file in batch}, now)


def _mark(batch: list[Attachment], days: int, now: datetime) -> None:
    counts: dict[str, int] = {}
    for file in batch:
        file.name, file.removed_at = GONE + PurePath(file.name).suffix, now
        counts[file.case.number] = counts.get(file.case.number, 0) + 1
    Attachment.objects.bulk_update(batch, ["name", "removed_at"])
    entries = [
        NewEntry(
            f"case:{number}", "files-removed", now, None, "", {"rule": "files", "days": days, "count": count}
        )
        for number, count in sorted(counts.items())
    ]
    if entries:
        append(entries)


def _unlink_unused(hashes: set[str], now: datetime) -> None:
    used = _list_used(hashes)
    for sha256 in sorted(hashes - used):
        path = path_of(sha256)
        with suppress(FileNotFoundError):
            if now.timestamp() - path.stat().st_mtime > _FRESH:
                path.unlink()


_FRESH = 2 * 24 * 3600
"""Bytes that were written in the last two days may belong to a form that is still open."""


def list_strays(cutoff: datetime) -> Iterator[tuple[Path, int]]:
    """Files in the attachment folder that no case has, last written before that moment, with their size."""
    root = Path(settings.MEDIA_ROOT)
    for folder in sorted(root.glob("??")):
        old = {}
        for path in folder.iterdir():
            with suppress(FileNotFoundError):
                stat = path.stat()
                if path.is_file() and stat.st_mtime < cutoff.timestamp():
                    old[path.name] = (path, stat.st_size)
        used = _list_used(set(old))
        yield from (found for name, found in sorted(old.items()) if name not in used)


def sweep_strays(cutoff: datetime) -> int:
    """Delete them; how many."""
    done = 0
    for path, _ in list_strays(cutoff):
        path.unlink(missing_ok=True)
        done += 1
    return done


def _list_used(hashes: set[str]) -> set[str]:
    found = Attachment.objects.filter(sha256__in=hashes, removed_at__isnull=True)
    own = set(found.values_list("sha256", flat=True))
    return own.union(*(list_used(hashes) for list_used in _OWNERS))

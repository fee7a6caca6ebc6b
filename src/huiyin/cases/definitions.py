"""Finds the process that a case pins: shipped with the product, or added by the county."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from django.db import transaction

from huiyin.cases import store
from huiyin.cases.models import ProcessFile
from huiyin.journal.api import NewEntry, append
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.process.api import Misshapen, Process, check_process, list_shipped, read_process, shipped_texts


@lru_cache(maxsize=64)
def _read(text: str) -> Process:
    """A version never changes once added, so its reading may be kept."""
    return read_process(text)


@lru_cache(maxsize=256)
def _find_exact(key: str, version: int) -> Process:
    for process in list_shipped():
        if (process.key, process.version) == (key, version):
            return process
    return _read(ProcessFile.objects.get(key=key, version=version).text)


def get_process(key: str, version: int) -> Process:
    """That version of that process. Raises `Refusal` when the county never had it."""
    try:
        return _find_exact(key, version)
    except ProcessFile.DoesNotExist:
        raise _unknown(key) from None


def get_newest(key: str) -> Process:
    """The newest version of a process, which new cases pin."""
    found = [process for process in list_processes() if process.key == key]
    if not found:
        raise _unknown(key)
    return found[-1]


def get_newest_of(key: str, versions: Sequence[tuple[str, int]]) -> Process:
    """The same, when the county's own `versions` (key and version of each) have been read already."""
    own = [version for added, version in versions if added == key]
    return get_process(
        key, max([*own, *(known.version for known in list_shipped() if known.key == key)], default=0)
    )


def get_process_text(key: str, version: int) -> str:
    """The file of that version of that process, as it was taken in. Refuses `process-not-found`."""
    added: list[str] = json.loads(store.list_process_texts())
    for text in (*shipped_texts().values(), *added):
        process = _read(text)
        if (process.key, process.version) == (key, version):
            return text
    raise _unknown(key)


PROCESSES_SQL = store.QUERIES["list_process_texts"]
"""A query of one text, the argument of `read_processes`, for a statement that is made anyway."""


def list_processes() -> tuple[Process, ...]:
    """Every version of every process, by key and version."""
    return read_processes(store.list_process_texts())


@lru_cache(maxsize=8)
def read_processes(added: str) -> tuple[Process, ...]:
    """The shipped processes with those of the county (the JSON text of a list); equal texts give the same."""
    versions = [*list_shipped(), *(_read(text) for text in json.loads(added))]
    return tuple(sorted(versions, key=lambda process: (process.key, process.version)))


def list_newest() -> list[Process]:
    """The newest version of each process, by key."""
    return list({process.key: process for process in list_processes()}.values())


def _unknown(key: str) -> Refusal:
    return Refusal(
        "process-not-found", Words(f"没有“{key}”这个流程。", f"There is no process “{key}”."), field="process"
    )


def add_process(text: str, actor: str, now: datetime) -> Process:
    """Take in a county's own process file; refused with its faults, or when that version is there."""
    try:
        process = read_process(text)
    except Misshapen as error:
        raise Refusal(
            "process-misshapen",
            Words("流程文件读不懂：{fault}", "The process file cannot be read: {fault}").fill(
                fault=error.words
            ),
        ) from None
    faults = check_process(process)
    if faults:
        listed = Words("；".join(fault.zh for fault in faults), "; ".join(fault.en for fault in faults))
        raise Refusal(
            "process-faulty",
            Words("流程有问题：{faults}", "The process has faults: {faults}").fill(faults=listed),
        )
    shipped = any((known.key, known.version) == (process.key, process.version) for known in list_shipped())
    _keep(process, text, actor, now, shipped=shipped)
    return process


@transaction.atomic
def _keep(process: Process, text: str, actor: str, now: datetime, *, shipped: bool) -> None:
    told = {"text": text, "added_at": now, "added_by": actor}
    fresh = (
        not shipped
        and (ProcessFile.objects.get_or_create(key=process.key, version=process.version, defaults=told)[1])
    )
    if not fresh:
        words = Words(
            "这个流程的这一版已经有了。请把 version 加一。",
            "This version is there already. Raise its version.",
        )
        raise Refusal("process-known", words)
    body = {"version": process.version, "text": text}
    append([NewEntry(f"process:{process.key}", "add-process", now, None, actor, body)])

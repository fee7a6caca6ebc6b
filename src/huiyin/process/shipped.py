"""The process files that come with the product."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from huiyin.process.definition import Process
from huiyin.process.reading import read_process


@cache
def list_shipped() -> tuple[Process, ...]:
    """Every shipped process, by key and version."""
    found = [read_process(text) for text in shipped_texts().values()]
    return tuple(sorted(found, key=lambda process: (process.key, process.version)))


def shipped_texts() -> dict[str, str]:
    """File name → text of every shipped process file."""
    folder = files("huiyin.process") / "shipped"
    return {
        entry.name: entry.read_text(encoding="utf-8")
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".toml")
    }

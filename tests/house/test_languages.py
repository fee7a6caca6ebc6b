"""Every text has its English; no file carries a path of a machine or a download address."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from huiyin.pages.catalogue import find_missing

ROOT = Path(__file__).resolve().parents[2]


def test_every_text_has_its_english() -> None:
    assert list(find_missing()) == []


def test_no_file_names_a_path_of_a_machine_or_an_address_to_download_from() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    told = re.compile(r"//[^\"' ]+\.(?:whl|tgz|tar\.gz)|index-url|/home/\w+/|/root/")
    found = []
    for name in listed:
        path = ROOT / name
        if (
            path.suffix in {".py", ".md", ".txt", ".toml", ".json", ".mjs", ".js", ".css", ".in"}
            and path.is_file()
            and path != Path(__file__)
        ):
            found += [f"{name}: {match.group()}" for match in told.finditer(path.read_text(encoding="utf-8"))]
    assert found == []

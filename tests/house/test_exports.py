"""Every spreadsheet leaves by the one way that notes who took it."""

from __future__ import annotations

from pathlib import Path

MAKERS = {"pages/xlsx.py", "pages/api.py", "console/exporting.py"}
"""Where a spreadsheet is written, and the one place that hands it out."""


def test_no_page_hands_out_a_spreadsheet_that_is_not_noted(modules: list[Path], source: Path) -> None:
    found = [
        str(path.relative_to(source))
        for path in modules
        for text in [path.read_text(encoding="utf-8")]
        if str(path.relative_to(source)) not in MAKERS and ("answer_xlsx" in text or "answer_sheets" in text)
    ]
    assert found == []

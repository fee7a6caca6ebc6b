"""Files and functions stay small, and have names that say something."""

from __future__ import annotations

import ast
from pathlib import Path
from statistics import median

BANNED = {"util", "utils", "helper", "helpers", "common", "misc", "manager", "managers", "base"}


def _functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of the body, without the docstring."""
    body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
    return (body[-1].end_lineno or body[-1].lineno) - body[0].lineno + 1


def test_no_file_is_longer_than_400_lines(modules: list[Path]) -> None:
    lengths = {str(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules}
    assert {path: lines for path, lines in lengths.items() if lines > 400} == {}


def test_half_of_the_files_have_at_most_80_lines(modules: list[Path]) -> None:
    assert median(len(path.read_text(encoding="utf-8").splitlines()) for path in modules) <= 80


def test_no_function_is_longer_than_40_lines(modules: list[Path]) -> None:
    long = {
        f"{path.name}:{node.name}": _length(node)
        for path in modules
        for node in _functions(path)
        if _length(node) > 40
    }
    assert long == {}


def test_half_of_the_functions_have_at_most_8_lines(modules: list[Path]) -> None:
    assert median(_length(node) for path in modules for node in _functions(path)) <= 8


def test_no_file_has_a_name_that_says_nothing(modules: list[Path]) -> None:
    assert [str(path) for path in modules if path.stem in BANNED] == []


def test_every_module_says_what_it_owns(modules: list[Path]) -> None:
    silent = [
        str(path) for path in modules if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_every_public_function_makes_its_promise(modules: list[Path]) -> None:
    silent = [
        f"{path.name}:{node.name}"
        for path in modules
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert silent == []

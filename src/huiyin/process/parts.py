"""Reads one table of a process file: each value in its proper shape, and no key that nobody asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from huiyin.kernel.words import Words

KEY = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*|[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
"""kebab-case or snake_case."""


class Misshapen(ValueError):
    """The file is not TOML, or a part of it is missing or of the wrong shape; `words` says which."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.words = Words(zh, en)


def check_key(where: str, key: object) -> str:
    """The key itself, when it is in kebab-case or snake_case."""
    if not isinstance(key, str) or not KEY.fullmatch(key):
        raise Misshapen(
            f"{where}：名称“{key}”只能用小写字母、数字和连字符（如 to-dispatch）或下划线（如 to_board）",
            f"{where}: “{key}” must be in lower case, its words joined by - or by _",
        )
    return key


class Part:
    """A table with its place in the file. Every key must be read; `close` refuses those that were not."""

    def __init__(self, where: str, source: object) -> None:
        if not isinstance(source, dict):
            raise Misshapen(f"{where} 应是一个表", f"{where} must be a table")
        self.where = where
        self.source: Mapping[str, Any] = source
        self.asked: set[str] = set()

    def text(self, key: str, default: str | None = None) -> str:
        """A line of text that says something."""
        return _line(f"{self.where}.{key}", self._get(key, default))

    def name(self, key: str, default: str | None = None) -> str:
        """The key of something: kebab-case or snake_case."""
        return check_key(f"{self.where}.{key}", self._get(key, default))

    def words(self, key: str, default: Words | None = None) -> Words:
        """Words in both languages, `{ zh = …, en = … }`, or a Chinese text alone."""
        value = self._get(key, default)
        if isinstance(value, Words):
            return value
        where = f"{self.where}.{key}"
        if isinstance(value, str):
            return Words(_line(where, value))
        part = Part(where, value)
        words = Words(part.text("zh"), _line(where, part.source["en"]) if "en" in part.source else "")
        part.asked.add("en")
        part.close()
        return words

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A list of texts, none of them twice."""
        value = self._get(key, default)
        where = f"{self.where}.{key}"
        if not isinstance(value, list | tuple):
            raise Misshapen(f"{where} 应是文字列表", f"{where} must be a list of texts")
        lines = tuple(_line(where, item) for item in value)
        for line in lines:
            if lines.count(line) > 1:
                raise Misshapen(f"{where} 中“{line}”重复", f"{where}: “{line}” twice")
        return lines

    def number(self, key: str, default: int | None = None) -> int:
        """A whole number from 1 to 99."""
        value = self._get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 99:
            where = f"{self.where}.{key}"
            raise Misshapen(f"{where} 应是 1 至 99 的整数", f"{where} must be a whole number from 1 to 99")
        return value

    def flag(self, key: str) -> bool:
        """True or false; false when it is not there."""
        value = self._get(key, default=False)
        if not isinstance(value, bool):
            where = f"{self.where}.{key}"
            raise Misshapen(f"{where} 应是 true 或 false", f"{where} must be true or false")
        return value

    def shares(self, key: str) -> tuple[int, ...]:
        """Shares of a whole, above 0 and up to 1, in thousandths and rising order."""
        value = self._get(key, ())
        where = f"{self.where}.{key}"
        if not isinstance(value, list | tuple) or not all(map(_is_share, value)):
            raise Misshapen(
                f"{where} 应是 0 到 1 之间的数的列表，如 [0.5, 0.8]",
                f"{where} must list shares between 0 and 1, like [0.5, 0.8]",
            )
        return tuple(sorted({round(share * 1000) for share in value}))

    def part(self, key: str) -> Part:
        """A table inside this one."""
        return Part(_inside(self.where, key), self._get(key, None))

    def parts(self, key: str, default: tuple[()] | None = None) -> list[Part]:
        """A list of tables, written `[[key]]`."""
        where = _inside(self.where, key)
        value = self._get(key, default)
        if not isinstance(value, list | tuple):
            raise Misshapen(f"{where} 应写成 [[{key}]]", f"{where} must be written [[{key}]]")
        return [Part(f"{where}[{place}]", item) for place, item in enumerate(value, start=1)]

    def entries(self) -> Iterator[str]:
        """Every key of a table whose keys are names that the file gives."""
        for key in self.source:
            yield check_key(self.where or "file", key)

    def close(self) -> None:
        """Refuse keys that nobody asked for: a slip of the pen must not pass in silence."""
        for key in self.source:
            if key not in self.asked:
                near = get_close_matches(key, sorted(self.asked), n=1)
                zh, en = (f"，是不是“{near[0]}”？", f"; did you mean “{near[0]}”?") if near else ("", "")
                where = self.where or "文件"
                raise Misshapen(
                    f"{where} 中不认识“{key}”{zh}", f"{self.where or 'file'}: unknown key “{key}”{en}"
                )

    def _get(self, key: str, default: Any) -> Any:
        self.asked.add(key)
        value = self.source.get(key, default)
        if value is None:
            raise Misshapen(
                f"{self.where or '文件'} 缺少“{key}”", f"{self.where or 'file'}: “{key}” is missing"
            )
        return value


def _inside(where: str, key: str) -> str:
    return f"{where}.{key}" if where else key


def _line(where: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip() or any(ord(sign) < 32 for sign in value):
        raise Misshapen(f"{where} 应是一行文字", f"{where} must be a line of text")
    return value


def _is_share(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= 1

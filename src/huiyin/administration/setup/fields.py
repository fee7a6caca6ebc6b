"""One field of a list: what it is called, and how its text is read from a form or a cell of a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any

from huiyin.kernel.texts import clean, fold
from huiyin.kernel.words import Words

Row = dict[str, str]
"""An entry of a list as texts by the keys of its fields: what forms, spreadsheets and drafts carry."""

Options = Callable[[], list[tuple[str, Words]]]


class OptionsRead:
    """Options that are read when they are first asked for, and found by key or title at once."""

    def __init__(self, read: Options) -> None:
        self._read = read

    def __call__(self) -> list[tuple[str, Words]]:
        return self._listed

    @cached_property
    def _listed(self) -> list[tuple[str, Words]]:
        return self._read()

    @cached_property
    def titles(self) -> dict[str, Words]:
        """Title by key."""
        return dict(self._listed)

    @cached_property
    def keys(self) -> dict[str, list[str]]:
        """Every key that a folded title stands for, in either language."""
        found: dict[str, list[str]] = {}
        for key, title in self._listed:
            for told in {fold(title.zh), fold(title.en)}:
                found.setdefault(told, []).append(key)
        return found


YES, NO = "yes", "no"
NO_HINT = Words("")
_YES = {"yes", "是", "y", "true", "1", "在用", "启用"}
_NO = {"no", "否", "n", "false", "0", "停用"}
_DAY = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?(?: 00:00(?::00)?)?")
_PARTED = re.compile(r"[、,，;；\n]+")
_LARGEST = 2_000_000_000


class Misread(ValueError):
    """A text that is none of what its field takes; `words` says what is taken."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(zh)
        self.words = Words(zh, en)


@dataclass(frozen=True, slots=True)
class Field:
    """One field.

    `kind` is line, text, whole, id, yes-no, choice, ref, words, date or degrees. `options` lists what a
    choice or ref takes, `speak` puts a text into words for people. `told` ones are shown and never read;
    `fixed` ones stay as they were first given; `listed` ones are columns of the list on screen. A `loose` ref
    may name an entry that the same file adds. `most` bounds the length in signs.
    """

    key: str
    title: Words
    kind: str = "line"
    required: bool = False
    hint: Words = NO_HINT
    options: Options | None = None
    speak: Callable[[str], Words] | None = None
    default: str = ""
    listed: bool = False
    told: bool = False
    fixed: bool = False
    loose: bool = False
    width: int = 16
    most: int = 200

    def read(self, text: str) -> str:
        """The text in the one form in which it is kept and compared. Raises `Misread`."""
        text = clean(text.replace("\r\n", "\n").replace("\r", "\n"))
        if not text:
            if self.required:
                raise Misread("这一项不能空着。", "This cannot be empty.")
            return self.default if self.kind in {"whole", "yes-no"} else ""
        if len(text) > self.most:
            raise Misread(f"最多 {self.most} 个字。", f"At most {self.most} signs.")
        return _READERS[self.kind](self, text)

    @property
    def known(self) -> OptionsRead:
        """The options as they are looked up; read anew unless the list was told to read them once."""
        if isinstance(self.options, OptionsRead):
            return self.options
        return OptionsRead(self.options or list)

    def title_of(self, text: str) -> Words:
        """The text as a person reads it: the title of a choice, 是 for yes; anything else as it is."""
        if self.kind == "yes-no":
            return Words("是", "Yes") if text == YES else Words("否", "No")
        if self.options is not None:
            title = self.known.titles.get(text, Words(text, text))
            return Words(title.zh.strip("　"), title.en.strip("　"))
        if self.speak is not None and text:
            return self.speak(text)
        return Words(text, text)


def _read_line(_field: Field, text: str) -> str:
    return " ".join(text.split())


def _read_text(_field: Field, text: str) -> str:
    return text


def _read_whole(_field: Field, text: str) -> str:
    bare = fold(text)
    if not re.fullmatch(r"-?\d{1,10}", bare) or abs(int(bare)) > _LARGEST:
        raise Misread("要填整数。", "Give a whole number.")
    return str(int(bare))


def _read_yes_no(_field: Field, text: str) -> str:
    told = fold(text)
    if told in _YES:
        return YES
    if told in _NO:
        return NO
    raise Misread("只能填“是”或“否”。", "Say yes or no.")


def _read_choice(field: Field, text: str) -> str:
    known = field.known
    told = fold(text)
    if text in known.titles:
        return text
    if told in known.keys:
        return known.keys[told][0]
    options = known()
    for key, _title in options:
        if told == fold(key):
            return key
    listed = "、".join(title.zh for _key, title in options[:20])
    raise Misread(
        f"只能是：{listed}。", "One of: " + ", ".join(title.en for _key, title in options[:20]) + "."
    )


def _read_ref(field: Field, text: str) -> str:
    """The code, alone or before a name (`0101 供水`), or a name that one entry alone has."""
    known = field.known
    if text in known.titles:
        return text
    if text.split(maxsplit=1)[0] in known.titles:
        return text.split(maxsplit=1)[0]
    named = known.keys.get(fold(text), [])
    if len(named) == 1:
        return named[0]
    if field.loose:
        return text.split(maxsplit=1)[0]
    raise Misread(
        f"找不到“{text[:40]}”。请填代码；以 0 开头的代码，请把这一列设成文本。",
        f"There is no “{text[:40]}”. Give its code; format the column as text when codes begin with 0.",
    )


def _read_words(_field: Field, text: str) -> str:
    parts = (" ".join(part.split()) for part in _PARTED.split(text))
    return "、".join(dict.fromkeys(part for part in parts if part))


def _read_date(_field: Field, text: str) -> str:
    found = _DAY.fullmatch(fold(text))
    try:
        return date(*(int(part) for part in found.groups())).isoformat() if found else _no_date()
    except ValueError:
        return _no_date()


def _no_date() -> str:
    raise Misread("日期请写成 2026-01-31。", "Write the date like 2026-01-31.")


def _read_degrees(_field: Field, text: str) -> str:
    try:
        degrees = Decimal(fold(text))
        micro = int((degrees * 1_000_000).to_integral_value()) if degrees.is_finite() else _LARGEST
    except InvalidOperation:
        micro = _LARGEST
    if abs(micro) > 180_000_000:
        raise Misread("请填度数，例如 112.342991。", "Give degrees, like 112.342991.")
    return _tell_degrees(micro)


def _tell_degrees(micro: int) -> str:
    sign = "-" if micro < 0 else ""
    return f"{sign}{abs(micro) // 1_000_000}.{abs(micro) % 1_000_000:06d}"


_READERS: dict[str, Callable[[Field, str], str]] = {
    "line": _read_line,
    "text": _read_text,
    "whole": _read_whole,
    "id": _read_whole,
    "yes-no": _read_yes_no,
    "choice": _read_choice,
    "ref": _read_ref,
    "words": _read_words,
    "date": _read_date,
    "degrees": _read_degrees,
}


def tell_value(field: Field, value: Any) -> str:
    """A kept value as the text that `take_value` reads back."""
    if value is None:
        return ""
    if field.kind == "yes-no":
        return YES if value else NO
    if field.kind == "words":
        return "、".join(value)
    if field.kind == "degrees":
        return _tell_degrees(value)
    return str(value)


def take_value(field: Field, text: str) -> Any:
    """The value that a text in its one form stands for: numbers, flags, dates, tuples of words."""
    if field.kind == "whole":
        return int(text or "0")
    if field.kind == "id":
        return int(text) if text else None
    if field.kind == "yes-no":
        return text == YES
    if field.kind == "words":
        return tuple(text.split("、")) if text else ()
    if field.kind == "degrees":
        return int(Decimal(text) * 1_000_000) if text else None
    return text

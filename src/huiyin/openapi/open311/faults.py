"""How GeoReport v2 says no: a list of codes and descriptions."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.kernel.words import Words


@dataclass(slots=True, eq=False)
class Fault(Exception):
    """A request that is not answered as asked: its HTTP status (also the spec's `code`), and why."""

    status: int
    words: Words


def missing(name: str) -> Fault:
    """400: the spec asks for this parameter."""
    return Fault(400, Words(f"缺少参数 {name}。", f"{name} was not provided."))


def misread(name: str, zh: str, en: str) -> Fault:
    """400: the parameter is there, and cannot be understood."""
    return Fault(400, Words(f"{name} 不对：{zh}", f"{name} is wrong: {en}"))


def unknown(name: str) -> Fault:
    """404: nothing has this id."""
    return Fault(404, Words(f"没有找到这个 {name}。", f"{name} was not found."))

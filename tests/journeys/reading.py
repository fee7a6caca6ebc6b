"""Reads a page as a browser without script does: words, tables, forms with what stands in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
_SILENT = {"script", "style", "template"}


@dataclass
class Node:
    """An element of a page."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    parent: Node | None = None
    children: list[Node | str] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        """Every element below this one, in the order of the page."""
        for child in self.children:
            if isinstance(child, Node):
                yield child
                yield from child.walk()

    def find(self, tag: str = "", kind: str = "", **attrs: str) -> list[Node]:
        """The elements below with that tag, that class and those attributes."""
        return [
            node
            for node in self.walk()
            if (not tag or node.tag == tag)
            and (not kind or kind in node.attrs.get("class", "").split())
            and all(node.attrs.get(key) == value for key, value in attrs.items())
        ]

    def first(self, tag: str = "", kind: str = "", **attrs: str) -> Node:
        """The first such element; there must be one."""
        found = self.find(tag, kind, **attrs)
        assert found, f"no {tag} {kind} {attrs} in: {self.words[:2000]}"
        return found[0]

    def inside(self, tag: str) -> Node | None:
        """The nearest element around this one with that tag."""
        around = self.parent
        while around is not None and around.tag != tag:
            around = around.parent
        return around

    @property
    def words(self) -> str:
        """What a reader reads, with single spaces."""
        return " ".join("".join(self._say()).split())

    def _say(self) -> Iterator[str]:
        for child in self.children if self.tag not in _SILENT else ():
            if isinstance(child, str):
                yield child
            else:
                yield from child._say()


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = self.here = Node("")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {key: value or "" for key, value in attrs}, self.here)
        self.here.children.append(node)
        if tag not in _VOID:
            self.here = node

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.here.children.append(Node(tag, {key: value or "" for key, value in attrs}, self.here))

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            assert self.here.tag == tag, f"</{tag}> closes <{self.here.tag}>"
            self.here = self.here.parent or self.root

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)


def read_html(html: str) -> Node:
    """The page as a tree; refused when an element is not closed where it should be."""
    builder = _Builder()
    builder.feed(html)
    return builder.root


@dataclass
class Control:
    """One name of a form: what would be sent, and what may be chosen (value to what stands beside it)."""

    sent: list[str] = field(default_factory=list)
    options: dict[str, str] | None = None

    def offer(self, value: str, label: str, *, chosen: bool) -> None:
        """One more thing to choose."""
        self.options = {**(self.options or {}), value: label}
        self.sent += [value] if chosen else []

    def resolve(self, said: str) -> str:
        """The value of what is chosen by the words beside it, or by its value."""
        if self.options is None or said in self.options:
            return said
        for fits in (str.__eq__, str.startswith, str.__contains__):
            found = [value for value, label in self.options.items() if fits(label, said)]
            if found:
                assert len(set(found)) == 1, f"“{said}” may be any of {found}"
                return found[0]
        raise AssertionError(f"“{said}” is not on offer: {list(self.options.values())[:60]}")


@dataclass
class Form:
    """A form: where it goes, and its controls by name. Buttons send nothing unless they are pressed."""

    action: str
    controls: dict[str, Control]

    def fill(self, typed: dict[str, object]) -> dict[str, object]:
        """All that a browser would send, with what is typed; nothing can be typed that is not asked for."""
        sent: dict[str, object] = {name: one.sent for name, one in self.controls.items() if one.sent}
        for name, given in typed.items():
            assert name in self.controls, f"the form asks no {name}, only {sorted(self.controls)}"
            many = given if isinstance(given, list) else [given]
            sent[name] = [self.controls[name].resolve(one) if isinstance(one, str) else one for one in many]
        return sent


def read_form(node: Node) -> Form:
    """The form as it stands on the page."""
    controls: dict[str, Control] = {}
    for one in node.walk():
        if one.attrs.get("name") and one.tag in _READERS:
            _READERS[one.tag](one, controls.setdefault(one.attrs["name"], Control()))
    return Form(node.attrs.get("action", "").partition("#")[0], controls)


def _read_input(node: Node, control: Control) -> None:
    kind, value = node.attrs.get("type", "text"), node.attrs.get("value", "")
    if kind in {"radio", "checkbox"}:
        label = node.inside("label")
        control.offer(value or "on", label.words if label else "", chosen="checked" in node.attrs)
    elif kind != "file":
        control.sent.append(value)


def _read_select(node: Node, control: Control) -> None:
    for option in node.find("option"):
        control.offer(
            option.attrs.get("value", option.words), option.words, chosen="selected" in option.attrs
        )
    if "multiple" not in node.attrs:
        control.sent = control.sent[-1:] or list(control.options or ())[:1]


def _read_area(node: Node, control: Control) -> None:
    control.sent.append(
        "".join(child for child in node.children if isinstance(child, str)).removeprefix("\n")
    )


def _read_button(node: Node, control: Control) -> None:
    control.offer(node.attrs.get("value", ""), node.words, chosen=False)


_READERS = {
    "input": _read_input,
    "select": _read_select,
    "textarea": _read_area,
    "button": _read_button,
}


def read_table(node: Node) -> list[dict[str, str]]:
    """The rows of a table, sums last: what stands under each heading."""
    heads = [head.words for head in node.first("thead").find("th")]
    rows = [row for part in ("tbody", "tfoot") for body in node.find(part) for row in body.find("tr")]
    cells = ([cell.words for cell in row.walk() if cell.tag in {"th", "td"}] for row in rows)
    return [dict(zip(heads, row, strict=True)) for row in cells]

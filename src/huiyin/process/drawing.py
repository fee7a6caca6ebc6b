"""Draws a process as a Mermaid state diagram, which most Markdown viewers show as a picture."""

from __future__ import annotations

from collections.abc import Iterator

from huiyin.kernel.words import Words
from huiyin.process.definition import Process

_MEANT = str.maketrans({'"': "#quot;", ":": "：", ";": "；", "#": "#35;"})
"""Signs that mean something to Mermaid."""


def draw_process(process: Process, language: str = "zh-hans") -> str:
    """The diagram's text: steps as groups, moves as arrows with their titles, moves that stay left out."""
    lines = ["stateDiagram-v2", *_draw_steps(process, language), *_draw_moves(process, language)]
    return "\n".join(lines) + "\n"


def _name(stage: str) -> str:
    """A prefix keeps a stage named `note` or `state` from being read as Mermaid's own word."""
    return f"at_{stage.replace('-', '_')}"


def _label(words: Words, language: str) -> str:
    return words.tell(language).translate(_MEANT)


def _draw_steps(process: Process, language: str) -> Iterator[str]:
    yield f"    [*] --> {_name(process.start)}"
    for step in process.steps:
        stages = [stage for stage in process.stages.values() if stage.step == step.key]
        if not stages:
            continue
        yield f'    state "{_label(step.title, language)}" as step_{step.key.replace("-", "_")} {{'
        for stage in stages:
            yield f'        state "{_label(stage.title, language)}" as {_name(stage.key)}'
        yield "    }"


def _draw_moves(process: Process, language: str) -> Iterator[str]:
    for move in process.moves.values():
        for source in move.sources:
            for target in move.ends(source):
                if target != source:
                    yield f"    {_name(source)} --> {_name(target)}: {_label(move.title, language)}"
    for stage in process.stages.values():
        if stage.kind == "closed":
            yield f"    {_name(stage.key)} --> [*]"

"""A command group whose commands are imported only when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import click

from huiyin.kernel.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Mount:
    """Where a command lives (`module:attribute`), what it does, and what it needs before it is imported.

    `prepare` runs before the import; `build` turns the attribute into a command when it is not one already.
    """

    target: str
    about: str
    prepare: Callable[[click.Context], None] | None = None
    build: Callable[[Any], click.Command] | None = None


class LazyGroup(click.Group):
    """Lists its mounts without importing them; a `Refusal` raised inside any command ends with its words."""

    def __init__(
        self, *, mounts: Mapping[str, Mount], tell: Callable[[Refusal], None], **settings: Any
    ) -> None:
        super().__init__(**settings)
        self.mounts = mounts
        self.tell = tell

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click passes it
        """Every mount that has a line about itself; one without is hidden."""
        return sorted(name for name, mount in self.mounts.items() if mount.about)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        mount = self.mounts.get(cmd_name)
        if mount is None:
            return super().get_command(ctx, cmd_name)
        if mount.prepare is not None:
            mount.prepare(ctx)
        module_name, _, attribute = mount.target.partition(":")
        found = getattr(import_module(module_name), attribute)
        command: click.Command = found if mount.build is None else mount.build(found)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, self.mounts[name].about) for name in self.list_commands(ctx)])

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except Refusal as refusal:
            self.tell(refusal)
            ctx.exit(1)

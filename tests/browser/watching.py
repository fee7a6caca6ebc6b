"""What a page complains about while a test uses it: console errors, broken scripts, broken policy."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, WebError

# The browser reports every answer of 4xx as a failed load, also the one that a refused form is meant to have.
MEANT = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d")


@dataclass
class Watch:
    """The complaints of every page of a context; `meant` are parts of those that a test provokes."""

    meant: list[str] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)

    def listen(self, context: BrowserContext) -> None:
        """Hear every page that the context opens."""
        context.on("console", self._hear_console)
        context.on("weberror", self._hear_script)

    def complaints(self) -> list[str]:
        """What was heard and not meant."""
        return [
            told
            for told in self.heard
            if not MEANT.search(told) and not any(part in told for part in self.meant)
        ]

    def _hear_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.heard.append(f"{message.text} ({message.location.get('url', '')})")

    def _hear_script(self, error: WebError) -> None:
        self.heard.append(f"script: {error.error} ({error.page.url if error.page else ''})")

"""How long whoever is turned away should stay away, so that coming again is not itself the crowd."""

from __future__ import annotations

import time

SPAN = 5.0  # seconds that are counted together; the span before counts too
SOONEST, LATEST = 2, 60  # seconds


class Tide:
    """Counts who was served and who was turned away of late, in this process."""

    def __init__(self) -> None:
        self._since = time.monotonic()
        self._served = self._turned = self._served_before = self._turned_before = 0

    def serve(self) -> None:
        """One was served."""
        self._go_on()
        self._served += 1

    def turn_away(self) -> int:
        """One was turned away; after how many seconds to come again.

        The more want to come for each one who can be served, the later. Spread by half, so that they do not
        come back all at once.
        """
        self._go_on()
        self._turned += 1
        turned, served = self._turned + self._turned_before, self._served + self._served_before
        pause = SOONEST * (1 + 2 * turned / max(served, 1))
        return round(min(LATEST, pause) * (0.75 + self._turned % 11 / 20))

    def _go_on(self) -> None:
        now = time.monotonic()
        if now - self._since >= SPAN:
            fresh = now - self._since < 2 * SPAN
            self._served_before, self._turned_before = (self._served, self._turned) if fresh else (0, 0)
            self._served = self._turned = 0
            self._since = now

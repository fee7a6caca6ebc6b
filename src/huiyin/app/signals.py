"""How a process of the product ends when it is told to: in order, so that nothing is left running."""

from __future__ import annotations

import signal
from types import FrameType

ENDING = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)


class Ended(BaseException):
    """Someone asked this process to end. No `Exception`, so that nothing swallows it on the way out."""

    def __init__(self, number: int) -> None:
        super().__init__(f"ended by {signal.Signals(number).name}")
        self.number = number


def end_on_signals() -> None:
    """SIGTERM, SIGHUP and SIGINT raise `Ended` once; while it unwinds, further ones are not heard."""
    for number in ENDING:
        signal.signal(number, _end)


def _end(number: int, _frame: FrameType | None) -> None:
    for other in ENDING:
        signal.signal(other, _ignore)
    raise Ended(number)


def _ignore(number: int, _frame: FrameType | None) -> None:
    """A handler rather than SIG_IGN, which programs started meanwhile would inherit."""

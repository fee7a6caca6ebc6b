"""The door of the console: the frame that other pages for staff are drawn in."""

from huiyin.console.frame import acting_of, show

__all__ = ["acting_of", "show"]

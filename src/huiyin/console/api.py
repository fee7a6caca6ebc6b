"""The door of the console: the frame that other pages for staff are drawn in, and lists that leave."""

from huiyin.console.exporting import export_sheets, export_xlsx
from huiyin.console.frame import acting_of, show
from huiyin.console.grid.drawing import Piece, Sheet, draw_map
from huiyin.console.matter.own_pages import register_own_page

__all__ = [
    "Piece",
    "Sheet",
    "acting_of",
    "draw_map",
    "export_sheets",
    "export_xlsx",
    "register_own_page",
    "show",
]

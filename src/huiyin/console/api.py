"""The door of the console: the frame that other pages for staff are drawn in, and lists that leave."""

from huiyin.console.exporting import export_xlsx
from huiyin.console.frame import acting_of, show
from huiyin.console.matter.own_pages import register_own_page

__all__ = ["acting_of", "export_xlsx", "register_own_page", "show"]

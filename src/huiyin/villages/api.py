"""The door of the staff's pages: nothing is entered by it but their addresses."""

__all__: list[str] = []

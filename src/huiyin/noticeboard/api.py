"""The door of the public pages: nothing is entered by it but their addresses."""

__all__: list[str] = []

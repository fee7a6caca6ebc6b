"""What may stand in an address of ours: anything else leads to the page that was not found."""

from __future__ import annotations


class _Text:
    """A part of an address that is taken as it stands."""

    def to_python(self, value: str) -> str:
        """The part itself."""
        return value

    def to_url(self, value: str) -> str:
        """The part itself."""
        return value


class Code(_Text):
    """The number of a case or the code of a place: Latin letters and digits."""

    regex = "[A-Za-z0-9-]{1,40}"


class Secret(_Text):
    """The secret of a link, as `kernel.secrets.make_secret` writes it."""

    regex = "[A-Za-z0-9_-]{1,64}"

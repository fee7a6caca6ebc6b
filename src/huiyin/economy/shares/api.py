"""The door of shares."""

from huiyin.economy.shares.models import Share, ShareBook

__all__ = ["Share", "ShareBook"]

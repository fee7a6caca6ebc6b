"""The door of the watch."""

from huiyin.economy.watch.trial import generate
from huiyin.economy.watch.values import Found, Look
from huiyin.economy.watch.verifying import verify_all

__all__ = ["Found", "Look", "generate", "verify_all"]

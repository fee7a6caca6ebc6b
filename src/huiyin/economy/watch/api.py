"""The door of the watch."""

from huiyin.economy.watch.consolidating import Consolidated, Position, consolidate
from huiyin.economy.watch.trial import generate
from huiyin.economy.watch.values import Found, Look
from huiyin.economy.watch.verifying import verify_all

__all__ = ["Consolidated", "Found", "Look", "Position", "consolidate", "generate", "verify_all"]

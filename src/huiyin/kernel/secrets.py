"""Secrets that a person carries in a link, and how they are kept."""

from __future__ import annotations

import hashlib
import secrets


def make_secret() -> str:
    """A new secret of 128 bits, safe in a URL."""
    return secrets.token_urlsafe(16)


def hash_secret(secret: str) -> bytes:
    """What is stored instead of the secret (SHA-256; the secret has full entropy, so no salt is needed)."""
    return hashlib.sha256(secret.encode()).digest()

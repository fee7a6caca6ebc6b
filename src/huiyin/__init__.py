"""Huiyin 回音: every matter reaches whoever must act, and closes only when the person has an answer."""

__version__ = "0.1.0"

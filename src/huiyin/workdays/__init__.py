"""Calendars and limits: which days work, when a limit ends, and why (pure)."""

"""Requests from any door: reporting, duplicates, tracking by secret, messages to people, intake of files."""

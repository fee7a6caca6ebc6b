"""Logs: one line a request and a job, with an id that runs through all of them, and without personal data."""

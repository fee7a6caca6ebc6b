"""Worklists, batches, saved views, export, the bell, messages sent."""

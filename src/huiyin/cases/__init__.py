"""Anything that must be closed: header, moves, clocks, ratings, attachments, worklists."""

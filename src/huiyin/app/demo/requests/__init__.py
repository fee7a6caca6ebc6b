"""Sixty days of invented requests, carried through every state by the accounts of the demo county."""

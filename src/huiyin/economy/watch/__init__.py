"""Looks over the whole village economy: whether all that is kept still holds."""

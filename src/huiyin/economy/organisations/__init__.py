"""Organisations of the village economy: their kinds, officers, charters, limits, and who sees them."""

"""Cells on the map, who answers for them, and which cell a point or a text speaks of."""

"""The county's grid for staff: the map of cells, one cell, and the cells that somebody holds."""

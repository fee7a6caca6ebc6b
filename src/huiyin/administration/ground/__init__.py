"""Taking in the map of cells: a GeoJSON file, what it would do, and its confirmation."""

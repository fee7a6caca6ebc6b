"""The income watch: every organisation by band, on the map, over the years."""

"""Measures what Huiyin costs and carries: `make bench`."""

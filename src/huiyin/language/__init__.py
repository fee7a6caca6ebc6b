"""Reads Chinese texts: words, places, replies. Pure, light enough for every process; no table, no network."""

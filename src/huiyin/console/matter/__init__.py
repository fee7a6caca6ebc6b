"""The page of one case: words, timeline, clocks, moves, files, the whole record."""

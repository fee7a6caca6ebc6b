"""The staff's pages of distributions: plans, lines, files for the bank, what came back, progress."""

"""Contracts, payments, what the township files of both, and the hints that the books give."""

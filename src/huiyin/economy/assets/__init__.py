"""Registers of what an organisation owns and owes, its valuations, and the yearly inventory (清产核资)."""

"""Shares: quantified to persons, fixed to households, frozen in total."""

"""Households and members of an organisation."""

"""Contracts and payments of one organisation."""

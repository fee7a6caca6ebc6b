"""Residents, companies, units, areas, places, accounts and their posts."""

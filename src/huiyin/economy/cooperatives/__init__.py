"""Farmers' co-operatives led by a village's party organisation, and benefit contracts with households."""

"""Assemblies of the members: called, attended, decided by the law's arithmetic."""

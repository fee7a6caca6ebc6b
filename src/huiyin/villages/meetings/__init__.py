"""Assemblies as pages for staff: called, attended, voted, closed, printed; and the delegates."""

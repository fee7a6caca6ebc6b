"""The return court: what waits for a decision, the precedents, what units returned."""

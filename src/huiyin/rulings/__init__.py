"""Returns in dispute: consultations, binding decisions, precedents, and what units returned."""

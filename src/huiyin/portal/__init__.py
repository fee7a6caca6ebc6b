"""The citizens' face: reporting, following, rating, scan-to-order; no registration, phone first."""

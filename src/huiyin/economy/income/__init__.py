"""Income of the collectives, watched from their books alone: bands, trend."""

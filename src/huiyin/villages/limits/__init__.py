"""The limits of the village economy: what holds here, by whom it was set, and on which ground."""

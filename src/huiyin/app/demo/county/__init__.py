"""The invented county 禾川县: its units, people, places, catalogue and duties, as files that can be read."""

"""The public pages of a village: what is posted, questions under it, a villager's own dividend."""

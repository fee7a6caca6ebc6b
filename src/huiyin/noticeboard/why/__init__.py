"""A villager's own page: why she got her sum, year by year, in plain words."""

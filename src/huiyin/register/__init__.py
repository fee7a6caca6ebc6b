"""Who answers for what, where, by which rule: categories, duties, channels, days, limits, lawful ways."""

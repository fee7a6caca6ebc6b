"""Distribution of a year's income: from the books to each member's sum, paid and explained."""

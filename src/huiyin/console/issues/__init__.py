"""Pages of hot issues: the list, one issue, what an analyst does with it."""

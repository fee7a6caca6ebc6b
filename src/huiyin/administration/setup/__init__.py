"""Pages on which an administrator keeps units, accounts, categories and the other lists of the county."""

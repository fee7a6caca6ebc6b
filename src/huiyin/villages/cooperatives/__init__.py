"""The pages of co-operatives and benefit contracts: of one, and over many."""

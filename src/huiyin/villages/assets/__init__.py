"""The pages of registers, valuations and inventories: of one organisation, and over all of them."""

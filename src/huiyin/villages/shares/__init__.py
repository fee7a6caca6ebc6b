"""The pages of shares: the share book, households, the ledger, changes, certificates, quantifications."""

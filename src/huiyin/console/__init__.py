"""The staff's pages: sign-in, worklists, one matter, the doors by which matters come in, the ledger."""

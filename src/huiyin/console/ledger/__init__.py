"""The ledger's five views, processes, places with their QR codes."""

"""How long data is kept: the security officer's page."""

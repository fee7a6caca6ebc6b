"""Rights given to one account by name: the security officer's page."""

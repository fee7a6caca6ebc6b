"""The security officer's pages about signing in: rules, locked accounts, the log."""

"""Version 1 of the interface: one declaration an operation, from which guard, document and page are made."""

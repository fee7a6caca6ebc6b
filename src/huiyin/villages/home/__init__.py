"""The list of organisations, and the first page of one."""

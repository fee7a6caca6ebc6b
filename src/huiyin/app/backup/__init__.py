"""Backups: one encrypted file of database and attachments, checked before and after it is restored."""

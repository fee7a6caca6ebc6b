"""The tables of administration: files that were uploaded and wait to be confirmed."""

from __future__ import annotations

from django.db import models


class Draft(models.Model):
    """What an uploaded spreadsheet would do to a list, until its uploader confirms or it expires."""

    account = models.ForeignKey("people.Account", models.CASCADE, related_name="+")
    listing = models.TextField()
    file_name = models.TextField()
    rows = models.JSONField()
    steps = models.JSONField()
    fingerprint = models.TextField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.listing} {self.file_name}"

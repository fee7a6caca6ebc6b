"""The tables of administration: files that were uploaded and wait to be confirmed."""

from __future__ import annotations

from django.db import models


class Draft(models.Model):
    """What an uploaded spreadsheet would do to a list, until it is confirmed or dropped, or expires.

    `state` is `checking`, `checked`, `applying`, `applied`, or `refused`: it could not be checked.
    `percent` tells how far a job is with it, `counts` how many rows there are of each act; `refusal` is
    `[zh, en]`, why it was refused or not written; `reason` says why the list is changed, where it is asked.
    """

    account = models.ForeignKey("people.Account", models.CASCADE, related_name="+")
    listing = models.TextField()
    file_name = models.TextField()
    reason = models.TextField(default="", db_default="")
    file = models.BinaryField(null=True)
    state = models.TextField(default="checked", db_default="checked")
    percent = models.SmallIntegerField(default=0, db_default=0)
    counts = models.JSONField(default=dict, db_default={})
    refusal = models.JSONField(default=list, db_default=[])
    rows = models.JSONField(default=list)
    steps = models.JSONField(default=list)
    fingerprint = models.TextField(default="")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.listing} {self.file_name}"

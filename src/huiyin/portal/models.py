"""The table of the citizens' face: lookups that failed, so that numbers and phones cannot be guessed."""

from __future__ import annotations

from django.db import models


class FailedLookup(models.Model):
    """A lookup by number and phone that found nothing. `mark` is blind: it tells no address, no number."""

    mark = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["mark", "at"], name="failed_lookup_by_mark")]

    def __str__(self) -> str:
        return f"failed lookup at {self.at}"

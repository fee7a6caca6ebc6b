"""The table of the interfaces: which keys other systems have sent, so that a retry is known for one."""

from __future__ import annotations

from django.db import models


class SentKey(models.Model):
    """An `Idempotency-Key` of an account, with a digest of the request; `made` is what it made, if kept."""

    account = models.ForeignKey("people.Account", models.CASCADE, related_name="+", db_index=False)
    key = models.TextField()
    digest = models.BinaryField()
    made = models.JSONField(null=True, blank=True)
    sent_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "key"], name="sent_key_once")]

    def __str__(self) -> str:
        return f"{self.key} of {self.account_id}"

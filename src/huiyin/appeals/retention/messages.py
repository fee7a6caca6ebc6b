"""Messages: number and text go, that one was sent stays. Notices that were read go whole."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from huiyin.appeals.models import Message, Notice
from huiyin.journal.api import seal

BATCH = 2000


def list_due(cutoff: datetime) -> QuerySet[Message]:
    """Messages that were sent or given up before that moment and still say something."""
    return Message.objects.filter(made_at__lt=cutoff, state__in=("sent", "failed")).exclude(text="")


def blank(messages: QuerySet[Message]) -> int:
    """Take number and text away from messages that are over; how many there were."""
    over = messages.filter(state__in=("sent", "failed")).exclude(text="")
    return over.update(to_sealed=seal("", "message"), to_masked="", text="", error="")


def carry_out(cutoff: datetime) -> int:
    """Blank what is due, a batch a transaction; how many messages."""
    done = 0
    while ids := list(list_due(cutoff).order_by("id").values_list("id", flat=True)[:BATCH]):
        done += blank(Message.objects.filter(id__in=ids))
    return done


def list_read_notices(cutoff: datetime) -> QuerySet[Notice]:
    """Notices made before that moment that were read."""
    return Notice.objects.filter(made_at__lt=cutoff, read_at__isnull=False)


def delete_notices(cutoff: datetime) -> int:
    """Delete them, a batch a transaction; how many."""
    done = 0
    while ids := list(list_read_notices(cutoff).order_by("id").values_list("id", flat=True)[:BATCH]):
        done += Notice.objects.filter(id__in=ids).delete()[0]
    return done

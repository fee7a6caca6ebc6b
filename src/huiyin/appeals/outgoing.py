"""The log of messages as staff look at it, and the second try of one that failed."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from procrastinate.contrib.django import app

from huiyin.appeals.models import Message
from huiyin.kernel.words import Words

STATES: dict[str, Words] = {
    "waiting": Words("待发送", "Waiting"),
    "sent": Words("已发送", "Sent"),
    "failed": Words("发送失败", "Failed"),
}
"""The states of a message."""


def list_messages(
    state: str = "", search: str = "", limit: int = 50, offset: int = 0
) -> tuple[list[Message], int]:
    """Messages, newest first, with their cases, and how many there are in all.

    `search` is the beginning of a case number, or the last digits of the phone.
    """
    found = Message.objects.all()
    if state:
        found = found.filter(state=state)
    if search:
        found = found.filter(Q(case__number__startswith=search.upper()) | Q(to_masked__endswith=search))
    listed = found.select_related("case").defer("to_sealed").order_by("-made_at", "-id")
    return list(listed[offset : offset + limit]), found.count()


@transaction.atomic
def retry_message(message_id: int) -> bool:
    """Queue a failed message once more, with all its attempts; whether there was one to queue."""
    message = (
        Message.objects.select_for_update().filter(pk=message_id, state="failed").exclude(text="").first()
    )
    if message is None:
        return False
    message.state, message.attempts, message.error = "waiting", 0, ""
    message.save(update_fields=["state", "attempts", "error"])
    app.configure_task("send-message", queue="messages").defer(message_id=message_id)
    return True

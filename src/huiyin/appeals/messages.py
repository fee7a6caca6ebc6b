"""Tells people by short message what happened to their matter; each event is told once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from huiyin.appeals.gateways import Gateway, GatewayError
from huiyin.appeals.models import Appeal, Message
from huiyin.cases.api import Case, get_process
from huiyin.journal.api import open_seal, seal
from huiyin.kernel.masks import mask_phone
from huiyin.kernel.texts import shorten
from huiyin.kernel.words import Words
from huiyin.people.api import open_for_contact

MAX_ATTEMPTS = 8
MAX_TEXT = 300
_OUTCOMES = {"sent": True, "failed": False, "waiting": None}


def write_message(event: Mapping[str, Any], now: datetime, *, sent: bool = False) -> int | None:
    """Make the message that a move tells its person, once; its id. `sent` marks it as delivered at once.

    None when the move tells nothing, nobody left a number, or the message was made before.
    """
    case = Case.objects.select_related("lead").filter(pk=event["case_id"]).first()
    if case is None or case.person_id is None:
        return None
    move = get_process(case.process, case.process_version).moves.get(event["move"])
    if move is None or not move.tells.zh:
        return None
    phone = open_for_contact(case.person_id).phone
    if not phone:
        return None
    text = compose(move.tells, case, event).tell(_find_language(case))
    message, fresh = Message.objects.get_or_create(
        key=f"{case.number}:{event['version']}",
        defaults={
            "case": case,
            "to_sealed": seal(phone, "message"),
            "to_masked": mask_phone(phone),
            "text": text,
            "made_at": now,
            **({"state": "sent", "attempts": 1, "sent_at": now} if sent else {}),
        },
    )
    return message.pk if fresh else None


def _find_language(case: Case) -> str:
    appeal = Appeal.objects.filter(pk=case.pk).first()
    return appeal.language if appeal else settings.LANGUAGE_CODE


def compose(tells: Words, case: Case, event: Mapping[str, Any]) -> Words:
    """The message in both languages, with the link by which the person follows the matter."""
    due = timezone.localtime(case.due_at) if case.due_at else None
    filled = tells.fill(
        title=shorten(case.title, 20),
        number=case.number,
        lead=Words(case.lead.short, case.lead.name_en) if case.lead else "",
        due=Words(f"{due:%-m月%-d日%H:%M}", f"{due:%d %b %H:%M}") if due else "",
        reply=shorten(str(event.get("reply", "")), 160),
        remedy=shorten(str(event.get("remedy", "")), 100),
    )
    link = f" {link_of(case)}" if settings.PUBLIC_ADDRESS and hasattr(case, "appeal") else ""
    return Words(filled.zh[:MAX_TEXT] + link, filled.en[:MAX_TEXT] + link)


def link_of(case: Case) -> str:
    """The person's own link, whole when `HUIYIN_PUBLIC_ADDRESS` is set."""
    appeal = Appeal.objects.get(pk=case.pk)
    return f"{settings.PUBLIC_ADDRESS}/t/{case.number}/{open_seal(bytes(appeal.secret_sealed), 'secret')}"


def send_message(message_id: int, gateway: Gateway, now: datetime) -> bool | None:
    """Hand one message over: True when it is delivered, None when it is to be tried again.

    False when that was the last of `MAX_ATTEMPTS`: the message is marked as failed, and kept.
    """
    with transaction.atomic():
        message = Message.objects.select_for_update().get(pk=message_id)
        if message.state in {"sent", "failed"}:
            return _OUTCOMES[message.state]
        message.attempts += 1
        try:
            gateway.send(str(open_seal(bytes(message.to_sealed), "message")), message.text, message.key)
        except GatewayError as error:
            message.error = shorten(str(error), 200)
            message.state = "failed" if message.attempts >= MAX_ATTEMPTS else "waiting"
        else:
            message.state, message.sent_at, message.error = "sent", now, ""
        message.save(update_fields=["attempts", "error", "state", "sent_at"])
    return _OUTCOMES[message.state]

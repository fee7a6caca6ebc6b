"""Hints of risk: found over the books, dismissed by the township with a reason."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from huiyin.economy.contracts.gates import list_filed_sources
from huiyin.economy.contracts.models import Hint
from huiyin.economy.contracts.store import write_hints
from huiyin.economy.organisations.api import OVERSEES, demand, list_seen, note
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand


@transaction.atomic
def refresh_hints(now: datetime, organisations: Collection[int] | None = None) -> int:
    """Look through all books, or these organisations' alone; how many hints are new.

    What holds no more is forgotten; what was dismissed stays dismissed.
    """
    return write_hints(timezone.localdate(now), now, list_filed_sources(), organisations)


def list_hints(account: AccountInHand, *, dismissed: bool = False) -> QuerySet[Hint]:
    """The hints that the account sees, newest first, with what they point to."""
    seen = list_seen(account).order_by().values("pk")
    related = ("organisation__township", "voucher__month", "contract", "dismissed_by")
    found = Hint.objects.select_related(*related).filter(
        organisation__in=seen, dismissed_at__isnull=not dismissed
    )
    return found.order_by("-on", "-pk")


@transaction.atomic
def dismiss_hint(hint_id: int, reason: str, by: AccountInHand, now: datetime) -> Hint:
    """The township's clerk says why a hint is none; journalled.

    Refuses `hint-not-found`, `reason-needed`.
    """
    hint = get_hint(hint_id, by, lock=True)
    demand(by, hint.organisation, OVERSEES)
    if hint.dismissed_at is not None:
        return hint
    if len(clean(reason)) < 4:
        words = Words("请写明核实情况和排除的理由。", "Say what you found, and why it is no risk.")
        raise Refusal("reason-needed", words, field="reason")
    hint.dismissed_at, hint.dismissed_by_id, hint.reason = now, by.id, clean(reason)[:400]
    hint.save(update_fields=["dismissed_at", "dismissed_by", "reason"])
    note(hint.organisation, "dismiss-hint", by, now, kind=hint.kind, key=hint.key, reason=hint.reason)
    return hint


def get_hint(hint_id: int, account: AccountInHand, *, lock: bool = False) -> Hint:
    """The hint, if its organisation is seen; refuses `hint-not-found`."""
    held = Hint.objects.select_for_update(of=("self",)) if lock else Hint.objects.all()
    found = held.select_related("organisation__township", "voucher__month", "contract").filter(pk=hint_id)
    hint = found.filter(organisation__in=list_seen(account).order_by().values("pk")).first()
    if hint is None:
        raise Refusal("hint-not-found", Words("没有这条提示。", "There is no such hint."))
    return hint

"""The rules of signing in as the security officer has set them: read, and changed on record."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction

from huiyin.journal.api import NewEntry, append
from huiyin.people.models import SignInSetting
from huiyin.people.sign_in_rules import SignInRules, read_rules, write_rules
from huiyin.people.values import AccountInHand

SUBJECT = "sign-in-rules"


def get_rules() -> SignInRules:
    """The rules in force, in one statement. Where none is set, idle minutes come from the environment."""
    return read_rules(dict(SignInSetting.objects.values_list("key", "value")), _standard())


@transaction.atomic
def change_rules(rules: SignInRules, *, by: AccountInHand, now: datetime) -> list[str]:
    """Put `rules` in force; the keys of those that changed. Old and new stand in the journal."""
    old, new = write_rules(get_rules()), write_rules(rules)
    changed = [key for key in new if new[key] != old[key]]
    for key in changed:
        SignInSetting.objects.update_or_create(key=key, defaults={"value": new[key]})
    if changed:
        body = {key: {"from": old[key], "to": new[key]} for key in changed}
        entry = NewEntry(SUBJECT, "sign-in-rules-changed", now, actor_id=by.id, actor=by.signature, body=body)
        append([entry])
    return changed


def _standard() -> SignInRules:
    return SignInRules(idle_minutes=settings.SESSION_MINUTES_IDLE)

"""Adding, changing and closing reply templates. Every change is written to the journal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from huiyin.kernel.changes import find_changes
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand, check_filled, refuse_missing, refuse_taken
from huiyin.register.journalling import note_entry
from huiyin.register.models import Category, ReplyTemplate


@dataclass(frozen=True, slots=True)
class ReplyCard:
    """What is kept of a reply template; `id` is None for a new one; no `category`: it serves all matters."""

    id: int | None
    title: str
    words: str
    category: str = ""
    sort: int = 0
    active: bool = True


def list_reply_cards() -> list[ReplyCard]:
    """Every reply template, closed ones too, as they are sorted. One statement."""
    return [_describe(one) for one in ReplyTemplate.objects.select_related("category").order_by("sort", "id")]


def _describe(one: ReplyTemplate) -> ReplyCard:
    category = one.category.code if one.category else ""
    return ReplyCard(one.pk, one.title, one.words, category, one.sort, one.active)


@transaction.atomic
def add_reply(card: ReplyCard, *, by: AccountInHand | None, now: datetime) -> ReplyTemplate:
    """Add a template. Refuses `words-needed`, `key-taken` (its title) and `category-not-found`."""
    reply = _write(ReplyTemplate(), card)
    kept = replace(card, id=reply.pk)
    note_entry(f"reply:{reply.pk}", "reply-added", by, now, changes=find_changes(_BLANK, kept))
    return reply


@transaction.atomic
def change_reply(card: ReplyCard, *, by: AccountInHand | None, now: datetime) -> ReplyTemplate:
    """Change the template of that id; a card that changes nothing is let be.

    Refuses `entry-not-found` and what `add_reply` refuses.
    """
    reply = ReplyTemplate.objects.select_for_update().filter(pk=card.id or 0).first()
    if reply is None:
        raise refuse_missing("id")
    changes = find_changes(_describe(reply), card)
    if changes:
        _write(reply, card)
        note_entry(f"reply:{reply.pk}", "reply-changed", by, now, changes=changes)
    return reply


def _write(reply: ReplyTemplate, card: ReplyCard) -> ReplyTemplate:
    check_filled(title=card.title, words=card.words)
    if ReplyTemplate.objects.filter(title=card.title).exclude(pk=reply.pk).exists():
        raise refuse_taken("title")
    category = Category.objects.filter(code=card.category).first() if card.category else None
    if card.category and category is None:
        words = Words("没有代码是 {code} 的类别。", "No category has the code {code}.")
        raise Refusal("category-not-found", words.fill(code=card.category), field="category")
    reply.title, reply.words, reply.category = card.title, card.words, category
    reply.sort, reply.active = card.sort, card.active
    reply.save()
    return reply


_BLANK = ReplyCard(None, "", "")
"""What a new template is compared with."""

"""Adding, changing and closing channels. Every change is written to the journal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from huiyin.kernel.changes import find_changes
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand, check_filled, check_key, refuse_missing, refuse_taken
from huiyin.register.journalling import note_entry
from huiyin.register.models import Channel

CHANNEL_KINDS: dict[str, Words] = {
    "phone": Words("电话", "Telephone"),
    "online": Words("网上", "Online"),
    "counter": Words("窗口", "Counter"),
    "visit": Words("走访", "Visit"),
    "machine": Words("系统对接", "Machine"),
}
"""How a matter comes in by a channel."""


@dataclass(frozen=True, slots=True)
class ChannelCard:
    """What is kept of a channel; `kind` is a key of `CHANNEL_KINDS`."""

    key: str
    name: str
    kind: str
    name_en: str = ""
    sort: int = 0
    active: bool = True


def list_channel_cards() -> list[ChannelCard]:
    """Every channel, closed ones too, as they are sorted on screen."""
    return [_describe(channel) for channel in Channel.objects.order_by("sort", "key")]


def _describe(channel: Channel) -> ChannelCard:
    return ChannelCard(channel.key, channel.name, channel.kind, channel.name_en, channel.sort, channel.active)


@transaction.atomic
def add_channel(card: ChannelCard, *, by: AccountInHand | None, now: datetime) -> Channel:
    """Add a channel. Refuses `bad-key`, `key-taken`, `words-needed` and `kind-unknown`."""
    check_key(card.key)
    if Channel.objects.filter(key=card.key).exists():
        raise refuse_taken()
    channel = _write(Channel(key=card.key), card)
    note_entry(f"channel:{card.key}", "channel-added", by, now, changes=find_changes(_BLANK, card))
    return channel


@transaction.atomic
def change_channel(card: ChannelCard, *, by: AccountInHand | None, now: datetime) -> Channel:
    """Change the channel of that key; a closed one stays on the cases that came in by it.

    Refuses `entry-not-found`, `words-needed` and `kind-unknown`. A card that changes nothing is let be.
    """
    channel = Channel.objects.select_for_update().filter(key=card.key).first()
    if channel is None:
        raise refuse_missing()
    changes = find_changes(_describe(channel), card)
    if changes:
        _write(channel, card)
        note_entry(f"channel:{card.key}", "channel-changed", by, now, changes=changes)
    return channel


def _write(channel: Channel, card: ChannelCard) -> Channel:
    check_filled(name=card.name)
    if card.kind not in CHANNEL_KINDS:
        raise Refusal("kind-unknown", Words("没有这种渠道。", "There is no such kind."), field="kind")
    channel.name, channel.name_en, channel.kind = card.name, card.name_en, card.kind
    channel.sort, channel.active = card.sort, card.active
    channel.save()
    return channel


_BLANK = ChannelCard("", "", "")
"""What a new channel is compared with."""

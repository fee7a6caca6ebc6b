"""Adding, changing and closing channels. Every change is written to the journal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import Keeper, check_filled, check_key, know_nothing
from huiyin.register.models import Channel

CHANNEL_KINDS: dict[str, Words] = {
    "phone": Words("电话", "Telephone"),
    "online": Words("网上", "Online"),
    "counter": Words("窗口", "Counter"),
    "visit": Words("走访", "Visit"),
    "machine": Words("系统对接", "Machine"),
    "inside": Words("内部提出", "From inside"),
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


def _describe(channel: Channel) -> ChannelCard:
    return ChannelCard(channel.key, channel.name, channel.kind, channel.name_en, channel.sort, channel.active)


def _settle(_channel: Channel, card: ChannelCard, _known: None) -> dict[str, Any]:
    check_filled(name=card.name)
    if card.kind not in CHANNEL_KINDS:
        raise Refusal("kind-unknown", Words("没有这种渠道。", "There is no such kind."), field="kind")
    return {
        "name": card.name,
        "name_en": card.name_en,
        "kind": card.kind,
        "sort": card.sort,
        "active": card.active,
    }


CHANNEL_KEEPER = Keeper(
    entries=Channel.objects,
    blank=ChannelCard("", "", ""),
    key="key",
    chain="channel",
    noun="channel",
    describe=_describe,
    know=know_nothing,
    settle=_settle,
    check_key=check_key,
    order=("sort", "key"),
)
"""Refuses `bad-key`, `key-taken`, `entry-not-found`, `words-needed` and `kind-unknown`. A closed channel
stays on the cases that came in by it."""

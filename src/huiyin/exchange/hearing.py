"""Whether anybody outside wants to hear of an event at all: asked before a job is made for it."""

from __future__ import annotations

from django.db.models import Q

from huiyin.exchange.models import Peer, Subscription

_TO_PEERS = frozenset({"case-opened", "case-moved"})


def is_awaited(name: str) -> bool:
    """Whether a subscription asks for the event, or a peer may be sent the matter. One or two statements."""
    wanted = Q(active=True, events__contains=[name])
    if Subscription.objects.filter(wanted).exists():
        return True
    return name in _TO_PEERS and Peer.objects.filter(active=True).exists()

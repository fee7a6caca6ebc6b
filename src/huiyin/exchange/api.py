"""The door of exchange."""

from huiyin.exchange.bodies import EVENTS
from huiyin.exchange.deliveries import STATES as DELIVERY_STATES
from huiyin.exchange.deliveries import list_deliveries, ping, replay
from huiyin.exchange.georeport import FORMS
from huiyin.exchange.hearing import is_awaited
from huiyin.exchange.models import Delivery, Peer, Sending, Subscription
from huiyin.exchange.peers import (
    MOMENTS,
    NewPeer,
    add_peer,
    change_services,
    get_peer,
    list_peers,
    switch_peer,
    write_services,
)
from huiyin.exchange.sendings import STATES as SENDING_STATES
from huiyin.exchange.sendings import list_sendings, retry
from huiyin.exchange.subscriptions import (
    OFF,
    add_subscription,
    get_subscription,
    list_subscriptions,
    pause_subscription,
    remove_subscription,
    renew_secret,
    resume_subscription,
    tell_secret,
)

__all__ = [
    "DELIVERY_STATES",
    "EVENTS",
    "FORMS",
    "MOMENTS",
    "OFF",
    "SENDING_STATES",
    "Delivery",
    "NewPeer",
    "Peer",
    "Sending",
    "Subscription",
    "add_peer",
    "add_subscription",
    "change_services",
    "get_peer",
    "get_subscription",
    "is_awaited",
    "list_deliveries",
    "list_peers",
    "list_sendings",
    "list_subscriptions",
    "pause_subscription",
    "ping",
    "remove_subscription",
    "renew_secret",
    "replay",
    "resume_subscription",
    "retry",
    "switch_peer",
    "tell_secret",
    "write_services",
]

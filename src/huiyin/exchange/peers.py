"""Peers: other offices that take over requests by GeoReport v2, and which categories go to which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from huiyin.exchange.georeport import FORMS, Endpoint
from huiyin.exchange.journalling import note_exchange
from huiyin.exchange.models import Peer
from huiyin.exchange.networks import check_address, demand_reachable_literal, read_networks
from huiyin.journal.api import open_seal, seal
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean, shorten
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand
from huiyin.register.api import find_category

PURPOSE = "peer"
MOMENTS: dict[str, Words] = {
    "dispatched": Words("派单时", "When it is dispatched"),
    "opened": Words("一登记就送", "As soon as it is opened"),
}
MOST_SERVICES = 500


@dataclass(frozen=True, slots=True)
class NewPeer:
    """A peer as it is typed. `services` are lines `our category = their service_code`."""

    title: str
    address: str
    services: str
    form: str = "json"
    api_key: str = ""
    jurisdiction: str = ""
    at: str = "dispatched"
    words: bool = False


@transaction.atomic
def add_peer(new: NewPeer, *, by: AccountInHand | None, now: datetime) -> Peer:
    """A new peer. Refused: no title or address, an unknown category, no category at all."""
    title = shorten(clean(new.title), 60)
    if not title:
        raise Refusal("title-missing", Words("请写明是哪个单位。", "Say which office it is."), field="title")
    parts = check_address(new.address.strip())
    demand_reachable_literal(parts, read_networks(settings.EXCHANGE_NETWORKS))
    if new.form not in FORMS or new.at not in MOMENTS:
        raise Refusal("bad-choice", Words("请从列表中选择。", "Choose from the list."), field="form")
    services = read_services(new.services)
    peer = Peer.objects.create(
        title=title,
        address=new.address.strip().rstrip("/"),
        form=new.form,
        key_sealed=seal(new.api_key.strip(), PURPOSE) if new.api_key.strip() else None,
        jurisdiction=clean(new.jurisdiction)[:200],
        services=services,
        at=new.at,
        words=new.words,
        made_by=by.signature if by else "",
        made_at=now,
    )
    _note(peer, "peer-added", by, now, title=title, address=peer.address, services=services, words=new.words)
    return peer


def read_services(text: str) -> dict[str, str]:
    """Lines `our category code = their service_code`. Refused: what is no such line, an unknown category."""
    lines = [line.strip() for line in clean(text).splitlines() if line.strip()]
    if not lines or len(lines) > MOST_SERVICES:
        words = Words(
            "请写明哪些类别送过去，一行一个：本县类别代码 = 对方 service_code。",
            "Say which categories go there, one a line: our code = their service_code.",
        )
        raise Refusal("services-missing", words, field="services")
    return dict(_read_line(line) for line in lines)


def _read_line(line: str) -> tuple[str, str]:
    ours, equals, theirs = (part.strip() for part in line.replace("＝", "=").partition("="))
    if not equals or not theirs or len(theirs) > 200 or find_category(ours) is None:
        words = Words(
            "“{line}”不对：要写成“本县类别代码 = 对方 service_code”，类别要在用。",
            "“{line}” is wrong: write “our code = their service_code”, with a category that is in use.",
        )
        raise Refusal("bad-service", words.fill(line=line[:60]), field="services")
    return ours, theirs


def get_peer(peer_id: int) -> Peer:
    """The peer; refuses `peer-not-found`."""
    peer = Peer.objects.filter(pk=peer_id).first()
    if peer is None:
        raise Refusal("peer-not-found", Words("没有这个对接单位。", "There is no such peer."))
    return peer


def list_peers() -> list[Peer]:
    """All of them, the oldest first."""
    return list(Peer.objects.order_by("id"))


@transaction.atomic
def switch_peer(peer_id: int, *, on: bool, by: AccountInHand | None, now: datetime) -> None:
    """Send matters to the peer, or stop; what was sent is asked about all the same."""
    peer = get_peer(peer_id)
    Peer.objects.filter(pk=peer_id).update(active=on)
    _note(peer, "peer-resumed" if on else "peer-paused", by, now)


@transaction.atomic
def change_services(peer_id: int, text: str, *, by: AccountInHand | None, now: datetime) -> None:
    """Other categories from now on; refused as in `add_peer`."""
    peer, services = get_peer(peer_id), read_services(text)
    Peer.objects.filter(pk=peer_id).update(services=services)
    _note(peer, "peer-services-changed", by, now, services=services)


def write_services(services: Mapping[str, str]) -> str:
    """The lines that `read_services` reads."""
    return "\n".join(f"{ours} = {theirs}" for ours, theirs in services.items())


def make_endpoint(peer: Peer) -> Endpoint:
    """How the peer is spoken to."""
    key = str(open_seal(bytes(peer.key_sealed), PURPOSE)) if peer.key_sealed is not None else ""
    allowed = tuple(read_networks(settings.EXCHANGE_NETWORKS))
    return Endpoint(peer.address, peer.form, peer.jurisdiction, key, allowed)


def _note(peer: Peer, verb: str, by: AccountInHand | None, now: datetime, **told: object) -> None:
    note_exchange(f"peer:{peer.pk}", verb, by, now, **told)

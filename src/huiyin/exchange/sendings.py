"""Sends matters to peers, keeps the numbers that they give, and asks what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from huiyin.cases.api import Case
from huiyin.exchange.georeport import PeerBusy, PeerRefused, PeerUnclear
from huiyin.exchange.journalling import note_exchange
from huiyin.exchange.models import Peer, Sending
from huiyin.exchange.peers import get_peer, make_endpoint
from huiyin.exchange.reaching import Unanswered, Unreached
from huiyin.journal.api import NewEntry, append
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand

STATES: dict[str, Words] = {
    "waiting": Words("待发送", "Waiting"),
    "sent": Words("对方已收", "Taken by the peer"),
    "unsure": Words("结果不明，请核实后再发", "Not known: ask the peer before sending again"),
    "failed": Words("没有送成", "Not taken"),
}
OWN_DOOR = "open311"
"""What came in by Open311 is not sent on by Open311: two peers would send it to each other for ever."""

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 300, 420, 600))
ASK_AGAIN = timedelta(minutes=15)
AT_ONCE = 100


def make_sendings(name: str, event: Mapping[str, Any], now: datetime) -> list[int]:
    """A sending of the matter to every peer whose rule it meets, once each; those that are new.

    A confidential matter, and one that came in by Open311 itself, stays here.
    """
    if not Peer.objects.filter(active=True).exists():
        return []
    case = Case.objects.select_related("category").filter(pk=event["case_id"]).first()
    if (
        case is None
        or case.category is None
        or case.identity == "confidential"
        or case.channel_id == OWN_DOOR
    ):
        return []
    moment = Q(at="opened") if name == "case-opened" else Q(at="dispatched")
    if name != "case-opened" and case.dispatched_at is None:
        return []
    peers = Peer.objects.filter(moment, active=True, services__has_key=case.category.code)
    made = [
        Sending.objects.get_or_create(peer=peer, case=case, defaults={"made_at": now, "next_at": now})
        for peer in peers
    ]
    return [sending.pk for sending, fresh in made if fresh]


def send(sending_id: int, now: datetime) -> None:
    """Send one that waits. A refusal is final; no connection is tried again; a lost answer is for people.

    GeoReport knows no key by which a peer could tell a repeat from a second request: so what may have
    arrived is never sent again by itself.
    """
    # Until the answer is known, it is not: a worker that dies now leaves it for people to look into.
    if not Sending.objects.filter(pk=sending_id, state="waiting").update(state="unsure", next_at=None):
        return
    one = Sending.objects.select_related("peer", "case__category").get(pk=sending_id)
    one.attempts, one.error = one.attempts + 1, ""
    try:
        row = make_endpoint(one.peer).post(make_fields(one.peer, one.case))
    except (Unreached, PeerBusy) as later:
        one.error, again = str(later)[:300], one.attempts <= len(PAUSES)
        one.state = "waiting" if again else "failed"
        one.next_at = now + PAUSES[one.attempts - 1] if again else None
    except PeerRefused as refused:
        one.state, one.error = "failed", str(refused)
    except (Unanswered, PeerUnclear) as unclear:
        one.state, one.error = "unsure", str(unclear)[:300]
    else:
        one.state, one.sent_at, one.next_at = "sent", now, now + ASK_AGAIN
        one.their_number, one.token = row.get("service_request_id", ""), row.get("token", "")
    _keep(one, now, told=one.state == "sent")


def make_fields(peer: Peer, case: Case) -> dict[str, str]:
    """What a peer is told: its service, the place, the category; the person's words only by the peer's rule.

    Name and phone are never sent; the words go only when the person gave their name openly.
    """
    category = case.category
    open_words = peer.words and case.identity == "named"
    about = category.name if category else case.process
    fields = {
        "service_code": peer.services.get(category.code, "") if category else "",
        "description": case.text.words[:4000] if open_words else about,
        "address_string": case.place,
        "account_id": case.number,
    }
    if case.lat_microdegrees is not None and case.lon_microdegrees is not None:
        fields |= {"lat": f"{case.lat_microdegrees / 1e6:.6f}", "long": f"{case.lon_microdegrees / 1e6:.6f}"}
    return fields


def ask(sending_id: int, now: datetime) -> None:
    """Ask the peer for the number of a token, and what became of the request; a change is journalled."""
    one = Sending.objects.select_related("peer", "case").filter(pk=sending_id, state="sent").first()
    if one is None:
        return
    before = (one.their_number, one.their_status)
    endpoint = make_endpoint(one.peer)
    one.asked_at, one.next_at, one.error = now, now + ASK_AGAIN, ""
    try:
        if not one.their_number:
            one.their_number = endpoint.find_number(one.token)
        if one.their_number:
            one.their_status = endpoint.find_request(one.their_number).get("status", "")[:40]
    except (Unreached, Unanswered, PeerBusy, PeerRefused, PeerUnclear) as error:
        one.error = str(error)[:300]
    if one.their_status == "closed":
        one.next_at = None
    _keep(one, now, told=before != (one.their_number, one.their_status))


@transaction.atomic
def _keep(one: Sending, now: datetime, *, told: bool) -> None:
    """Keep what came of it; what the peer said also goes on the record of the case."""
    one.save()
    if told:
        body = {"peer": one.peer.title, "their_number": one.their_number, "their_status": one.their_status}
        verb = "peer-answered" if one.their_status else "peer-sent"
        append([NewEntry(f"case:{one.case.number}", verb, now, None, "系统", body)])


def list_due(now: datetime) -> list[tuple[int, str]]:
    """What is due to be sent or asked about: id and state, the oldest first."""
    due = Sending.objects.filter(next_at__lte=now).filter(Q(state="sent") | Q(peer__active=True))
    return list(due.order_by("next_at", "id").values_list("pk", "state")[:AT_ONCE])


@transaction.atomic
def retry(peer_id: int, sending_id: int, *, by: AccountInHand | None, now: datetime) -> None:
    """Send once more what failed, or what somebody has asked the peer about. Refused: anything else."""
    get_peer(peer_id)
    stuck = Sending.objects.filter(pk=sending_id, peer_id=peer_id, state__in=("failed", "unsure"))
    if not stuck.update(state="waiting", attempts=0, next_at=now, error=""):
        words = Words("这一条不用再发。", "There is nothing to send again.")
        raise Refusal("sending-not-stuck", words)
    note_exchange(f"peer:{peer_id}", "peer-sending-retried", by, now, sending=sending_id)


def list_sendings(
    peer_id: int, state: str = "", limit: int = 50, offset: int = 0
) -> tuple[list[Sending], int]:
    """What the peer was sent, newest first, with the cases, and how many there are in all."""
    found = Sending.objects.filter(peer_id=peer_id)
    found = found.filter(state=state) if state else found
    listed = found.select_related("case").order_by("-made_at", "-id")
    return list(listed[offset : offset + limit]), found.count()

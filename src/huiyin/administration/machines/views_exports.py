"""What was delivered to a webhook and sent to a peer, as spreadsheets of what is listed."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from huiyin.administration.machines.asking import read_log
from huiyin.console.api import export_xlsx
from huiyin.exchange.api import (
    DELIVERY_STATES,
    EVENTS,
    SENDING_STATES,
    Delivery,
    Sending,
    get_peer,
    get_subscription,
    list_deliveries,
    list_sendings,
)
from huiyin.kernel.words import Words
from huiyin.pages.api import Column, Value, local
from huiyin.people.api import open_to

MOST = 20_000
"""The newest rows that one file holds."""
_TEST = Words("测试", "Test")
_DELIVERIES = (
    Column(Words("时间", "Time"), 18),
    Column(Words("事件", "Event"), 20),
    Column(Words("编号（id）", "Id"), 38),
    Column(Words("工单", "Case"), 20),
    Column(Words("状态", "State"), 12),
    Column(Words("试了几次", "Attempts"), 10),
    Column(Words("HTTP", "HTTP"), 8),
    Column(Words("毫秒", "Milliseconds"), 10),
    Column(Words("原因", "Reason"), 60),
    Column(Words("下次", "Next"), 18),
)
_SENDINGS = (
    Column(Words("时间", "Time"), 18),
    Column(Words("工单", "Case"), 20),
    Column(Words("对方编号", "Their number"), 24),
    Column(Words("对方状态", "Their state"), 16),
    Column(Words("问对方的时间", "Asked at"), 18),
    Column(Words("状态", "State"), 12),
    Column(Words("原因", "Reason"), 60),
)


@open_to("admin")
@require_safe
def export_deliveries(request: HttpRequest, pk: int) -> HttpResponse:
    """The deliveries of a webhook in the state that is asked for, the newest `MOST`."""
    one = get_subscription(pk)
    rows, _total = list_deliveries(pk, read_log(request.GET, DELIVERY_STATES)[0], MOST)
    name = _name(Words("推送记录", "deliveries"), one.title)
    return export_xlsx(request, "deliveries", name, _DELIVERIES, map(_tell_delivery, rows))


def _tell_delivery(one: Delivery) -> Sequence[Value]:
    return (
        one.made_at,
        EVENTS.get(one.event, _TEST),
        one.body["id"],
        one.body["data"].get("number", ""),
        DELIVERY_STATES[one.state],
        one.attempts,
        one.status,
        one.milliseconds,
        one.error,
        one.next_at,
    )


@open_to("admin")
@require_safe
def export_sendings(request: HttpRequest, pk: int) -> HttpResponse:
    """What a peer was sent in the state that is asked for, the newest `MOST`."""
    one = get_peer(pk)
    rows, _total = list_sendings(pk, read_log(request.GET, SENDING_STATES)[0], MOST)
    name = _name(Words("送过去的工单", "sendings"), one.title)
    return export_xlsx(request, "sendings", name, _SENDINGS, map(_tell_sending, rows))


def _tell_sending(one: Sending) -> Sequence[Value]:
    return (
        one.made_at,
        one.case.number,
        one.their_number,
        one.their_status,
        one.asked_at,
        SENDING_STATES[one.state],
        one.error,
    )


def _name(what: Words, title: str) -> str:
    return f"{what.tell(get_language() or 'zh')}-{title}-{local(timezone.now()):%Y-%m-%d}"

"""`huiyin webhooks`: what other systems are told, from the command line."""

from __future__ import annotations

from datetime import datetime

import click
from django.utils import timezone

from huiyin.exchange import deliveries
from huiyin.exchange.subscriptions import get_subscription, list_subscriptions

_MOMENT = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])


@click.group()
def webhooks() -> None:
    """Webhooks: what other systems are told. 事件推送"""


@webhooks.command("list")
def list_all() -> None:
    """One line a webhook: id, state, deliveries by state, events, address. 列出"""
    for one in list_subscriptions():
        state = "on" if one.active else one.off_because
        counts = [f"{name} {one.deliveries.filter(state=name).count()}" for name in deliveries.STATES]
        click.echo(
            f"{one.pk}  {one.title}  {state}  {', '.join(counts)}  {','.join(one.events)}  {one.address}"
        )


@webhooks.command()
@click.argument("webhook", type=int)
@click.option("--delivery", type=int, help="Only this delivery. 只重发这一条")
@click.option("--since", type=_MOMENT, help="Made at this time or later. 从此时起")
@click.option("--until", type=_MOMENT, help="Made at this time or before. 到此时止")
@click.option("--failed", is_flag=True, help="Only those that were set aside. 只重发已搁置的")
def replay(
    webhook: int, delivery: int | None, since: datetime | None, until: datetime | None, *, failed: bool
) -> None:
    """Send deliveries again, with the same ids; the worker does it within a minute. 重发"""
    count = deliveries.replay(
        webhook,
        delivery_id=delivery,
        since=_local(since),
        until=_local(until),
        only_failed=failed,
        by=None,
        now=timezone.now(),
    )
    click.echo(f"{count} to be sent again 条将重发")


@webhooks.command()
@click.argument("webhook", type=int)
def ping(webhook: int) -> None:
    """Send a test now, and say what came back. 测试"""
    one = deliveries.ping(get_subscription(webhook).pk, timezone.now())
    if one.state != "sent":
        raise click.ClickException(one.error)
    click.echo(f"HTTP {one.status}, {one.milliseconds} ms")


def _local(moment: datetime | None) -> datetime | None:
    return timezone.make_aware(moment) if moment else None

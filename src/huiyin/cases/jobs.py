"""What the worker does for cases: by the clock, and after what happened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from procrastinate.contrib.django import app

from huiyin.cases import sharing, watching


@app.periodic(cron="* * * * *", periodic_id="watch-clocks")
@app.task(name="watch-clocks", queue="cases", queueing_lock="watch-clocks", pass_context=False)
def watch_clocks(timestamp: int) -> None:
    """Every minute: warnings and expiries that have come."""
    del timestamp  # the queue passes it by name
    while watching.watch_clocks(timezone.now()) == watching.AT_ONCE:
        pass


@app.periodic(cron="*/10 * * * *", periodic_id="recount-clocks")
@app.task(name="recount-clocks", queue="cases", queueing_lock="recount-clocks", pass_context=False)
def recount_clocks(timestamp: int = 0) -> None:
    """After a change of the calendar: count every running clock anew."""
    del timestamp
    while watching.recount_clocks(timezone.now()) == watching.AT_ONCE:
        pass


# Cron runs in UTC: 16:05 is five past midnight in China.
@app.periodic(cron="5 16 * * *", periodic_id="resume-hung")
@app.task(name="resume-hung", queue="cases", queueing_lock="resume-hung", pass_context=False)
def resume_hung(timestamp: int) -> None:
    """Once a day: take up what hangs and is due for review."""
    del timestamp
    watching.resume_hung(timezone.now())


@app.task(name="recount-clocks-now", queue="cases", retry=5)
def recount_clocks_now(name: str, body: Mapping[str, Any]) -> None:
    """At once after a change of the calendar, without waiting for the ten minutes."""
    del name, body  # that the calendar changed says enough
    recount_clocks()


@app.task(name="share-answer", queue="cases", retry=5)
def share_answer(name: str, body: Mapping[str, Any]) -> None:
    """After a group's answer: everybody merged into it is answered."""
    del name
    if sharing.is_answer_to_share(body):
        sharing.share_answer(body["number"], body["reply"], body["version"], timezone.now())


@app.task(name="free-members", queue="cases", retry=5)
def free_members(name: str, body: Mapping[str, Any]) -> None:
    """After a case ended with no answer: whoever was merged into it is dispatched for themselves."""
    del name
    if sharing.is_group_to_free(body):
        sharing.free_members(body["number"], timezone.now())

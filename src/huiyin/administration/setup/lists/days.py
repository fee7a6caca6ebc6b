"""The county's own days over the State Council's notices, as a list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from huiyin.administration.setup.fields import Field, Row
from huiyin.administration.setup.listings import Acts, Listing
from huiyin.journal.api import StoredEntry, list_entries
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import Order
from huiyin.register.api import DaySetting, clear_day, list_all_days, set_days

RULINGS = {
    "work": Words("上班", "Works"),
    "rest": Words("放假", "Rests"),
    "notice": Words("按通知", "As the notice says"),
}
FIELDS = (
    Field("on", Words("日期", "Date"), "date", required=True, fixed=True, listed=True),
    Field(
        "works",
        Words("这一天", "This day"),
        "choice",
        required=True,
        options=lambda: list(RULINGS.items()),
        listed=True,
        hint=Words("“按通知”就是取消本县的改动", "“As the notice says” takes the county's ruling back"),
    ),
    Field("name", Words("叫什么", "Name"), listed=True, most=40),
    Field("name_en", Words("英文名", "English name"), most=80),
    Field("source", Words("依据的通知", "Notice"), required=True, listed=True, width=40),
)


def _list_rows() -> list[Row]:
    return [
        {
            "on": day.on.isoformat(),
            "works": "work" if day.works else "rest",
            "name": day.name,
            "name_en": day.name_en,
            "source": day.source,
        }
        for day in list_all_days()
    ]


def _save(orders: Sequence[Order[Row]], acts: Acts) -> list[Refusal | None]:
    """Many days are one change of the calendar: due dates are counted anew once."""
    rows = [order.card for order in orders]
    settings = [
        DaySetting(
            date.fromisoformat(row["on"]),
            row["works"] == "work",
            Words(row["name"], row["name_en"]),
            row["source"],
        )
        for row in rows
        if row["works"] != "notice"
    ]
    set_days(settings, by=acts.by, now=acts.now)
    for row in rows:
        if row["works"] == "notice":
            clear_day(date.fromisoformat(row["on"]), by=acts.by, now=acts.now)
    return [None for _row in rows]


def _list_entries(row: Row) -> list[StoredEntry]:
    return [
        entry
        for entry in list_entries("register")
        if (entry.verb == "day-set" and entry.body.get("on") == row["on"])
        or (entry.verb == "calendar-changed" and row["on"] in entry.body.get("days", []))
    ]


DAYS = Listing(
    key="days",
    title=Words("节假日", "Holidays"),
    about=Words(
        "本县在国务院通知之外改过的日子；也可以整年导入", "Days that the county rules; a whole year by Excel"
    ),
    icon="calendar-days",
    fields=FIELDS,
    identity="on",
    name="on",
    rows=_list_rows,
    save=_save,
    most=2_000,
    entries=_list_entries,
)

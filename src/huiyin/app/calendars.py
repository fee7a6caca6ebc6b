"""Which calendar the command line counts by: the county's own while its database is at hand."""

from __future__ import annotations

import os

from huiyin.workdays.calendars import Calendar


def load_calendar() -> Calendar:
    """The county's calendar when a database is named or running; else the State Council's notices alone."""
    from huiyin.app.database import find_running

    url = os.environ.get("HUIYIN_DATABASE_URL") or find_running()
    if url is None:
        return Calendar()
    os.environ["HUIYIN_DATABASE_URL"] = url
    from huiyin.app.cli import start_django

    start_django()
    from huiyin.register.api import load_calendar as load_county_calendar

    return load_county_calendar()

"""Keeps who asked, sealed, when they left a number to be told of the answer."""

from __future__ import annotations

import json
from datetime import datetime

from huiyin.journal.api import open_cursor, write_together
from huiyin.people.api import DRAW_IDS_SQL, Identity, NewPerson, seal_persons


def keep_person(name: str, phone: str, now: datetime) -> int | None:
    """The id of a new sealed person; None when no number was left. Refuses `bad-phone`."""
    if not phone:
        return None
    with open_cursor() as cursor:
        cursor.execute(f"SELECT {DRAW_IDS_SQL}", {"persons": 1})
        own: int = json.loads(cursor.fetchone()[0])[0]
    write_together([seal_persons([NewPerson(Identity(name=name, phone=phone))], [own], now)])
    return own

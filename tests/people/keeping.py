"""Persons kept by themselves, as no door of the product keeps them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from huiyin.journal.api import write_together
from huiyin.people.api import DRAW_IDS_SQL, NewPerson, seal_persons


def register_persons(persons: Sequence[NewPerson], now: datetime) -> list[int]:
    """Keep the persons; their ids in the same order."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {DRAW_IDS_SQL}", {"persons": len(persons)})
        ids = json.loads(cursor.fetchone()[0])
    write_together([seal_persons(persons, ids, now)])
    return ids

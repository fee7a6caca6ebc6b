"""The door of rulings."""

from huiyin.rulings.desk import list_consultations, list_reviews
from huiyin.rulings.hearing import hear_now, is_disputed
from huiyin.rulings.keeping import keep_all, keep_disputes
from huiyin.rulings.models import Dispute, Outcome, Ruling
from huiyin.rulings.precedents import (
    RulingFilters,
    find_precedents,
    get_ruling,
    list_rulings,
    restore_ruling,
    withdraw_ruling,
)
from huiyin.rulings.records import count_returns, list_disputes
from huiyin.rulings.values import Opinion, Period, Precedent, UnitRecord, Waiting

__all__ = [
    "Dispute",
    "Opinion",
    "Outcome",
    "Period",
    "Precedent",
    "Ruling",
    "RulingFilters",
    "UnitRecord",
    "Waiting",
    "count_returns",
    "find_precedents",
    "get_ruling",
    "hear_now",
    "is_disputed",
    "keep_all",
    "keep_disputes",
    "list_consultations",
    "list_disputes",
    "list_reviews",
    "list_rulings",
    "restore_ruling",
    "withdraw_ruling",
]

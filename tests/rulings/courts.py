"""The county's return court: makes disputes of every kind, and lets the worker's jobs be done."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from tests.cases.county import Desk

from huiyin.app.hearing import hear_now
from huiyin.journal.api import drain_outbox
from huiyin.people.api import AccountInHand, take_in_hand

CLAUSE, WHY = "《禾川县派单目录》第1.1.6条", "表后管归业主"


@dataclass
class Court:
    """Moves cases through returns and rulings."""

    desk: Desk

    def hear(self) -> None:
        """What the worker would do now."""
        while drain_outbox(hear_now):
            pass

    def account(self, login: str) -> AccountInHand:
        """That account with its posts."""
        found = take_in_hand(self.desk.acting(login).account_id, self.desk.now.date())
        assert found is not None
        return found

    def ask(self, number, by="tanxue", clause=CLAUSE, reason=WHY):
        self.desk.move(number, "ask_return", by, clause=clause, reason=reason)

    def returned(self, *, accepted=True, **more) -> str:
        """A case whose first return was decided."""
        number = self.desk.dispatched(**more)
        self.ask(number)
        move = ("accept_return", {}) if accepted else ("refuse_return", {"reason": "表前管归水务"})
        self.desk.later(hours=1).move(number, move[0], "guoheng", **move[1])
        return number

    def consulted(self, **more) -> str:
        """A case of which the second unit, too, wants to be rid, with the opinion of the first."""
        number = self.returned(**more)
        self.desk.later(hours=1).dispatch(number, lead="water-affairs")
        self.ask(number, "gezhendong", reason="管网归水务公司")
        self.desk.move(number, "give_opinion", "tanxue", opinion="水源归水利局", clause=CLAUSE)
        return number

    def ruled(self, lead="water", reason="管网由供水企业管护", **more) -> str:
        """A case that was ruled on."""
        number = self.consulted(**more)
        given = {"lead": self.desk.units[lead], "reason": reason, "clause": CLAUSE}
        self.desk.later(hours=1).move(number, "rule", "guoheng", **given)
        self.hear()
        return number


@pytest.fixture
def court(desk):
    """The court of the county."""
    return Court(desk)

"""Whatever units and centre try: the second dispute ends in a ruling, and nothing is returned after it."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.rulings.courts import Court

from huiyin.kernel.refusals import Refusal
from huiyin.rulings.api import Dispute, Ruling, keep_disputes

HANDLERS = {"water": "tanxue", "water-affairs": "gezhendong", "housing": "luoting"}
CLAUSE = "《禾川县派单目录》第1.1.6条"
units = st.sampled_from(sorted(HANDLERS))


class Disputing(RuleBasedStateMachine):
    """One case of a court, and everybody who may dispute about it."""

    court: Court

    def __init__(self):
        super().__init__()
        self.desk = self.court.desk
        self.number = self.desk.dispatched(category="010106")
        self.promised = self.desk.case(self.number).due_at
        self.decided = 0
        self.ruled = ""

    @property
    def case(self):
        return self.desk.case(self.number)

    def attempt(self, move, by, **inputs):
        try:
            self.desk.move(self.number, move, by, **inputs)
        except Refusal as refusal:
            return refusal
        return None

    def handler(self):
        keys = {pk: key for key, pk in self.desk.units.items()}
        return HANDLERS[keys[self.case.lead_id]]

    @rule(hours=st.sampled_from([0, 1, 5, 20, 60]))
    def time_passes(self, hours):
        self.desk.later(hours=hours)

    @precondition(lambda self: self.case.lead_id is not None)
    @rule()
    def a_unit_asks_to_return_it(self):
        before = self.case
        refusal = self.attempt("ask_return", self.handler(), clause=CLAUSE, reason="不归我们")
        if self.ruled:
            assert refusal is not None
            if before.stage in {"dispatched", "handling"}:
                assert (refusal.code, self.ruled in refusal.words.zh) == ("ruled-already", True)
        elif refusal is None:
            assert self.case.stage == ("consultation" if self.decided else "return-review")

    @rule()
    def the_unit_takes_it_back(self):
        self.attempt("withdraw_ask", "tanxue")

    @rule(designate=st.booleans())
    def the_centre_refuses(self, designate):
        if self.attempt("refuse_return", "guoheng", reason="归你们", designate=designate) is None:
            assert self.decided == 0, "a second dispute was decided simply"
            self.decided += 1

    @rule()
    def the_centre_accepts(self):
        if self.attempt("accept_return", "guoheng") is None:
            assert self.decided == 0, "a second dispute was decided simply"
            self.decided += 1

    @rule(unit=units, designate=st.booleans())
    def it_is_dispatched(self, unit, designate):
        move = "dispatch" if self.case.stage == "to-dispatch" else "redispatch"
        given = {"lead": self.desk.units[unit], "reason": "派单", "designate": designate}
        self.attempt(move, "hemin", **given)

    @precondition(lambda self: self.case.lead_id is not None)
    @rule()
    def the_unit_signs(self):
        self.attempt("sign", self.handler())

    @rule(unit=units)
    def a_unit_gives_its_opinion(self, unit):
        self.attempt("give_opinion", HANDLERS[unit], opinion="归别人")

    @rule(unit=units)
    def the_centre_invites(self, unit):
        self.attempt("invite", "guoheng", invited=[self.desk.units[unit]])

    @rule(unit=units, by=st.sampled_from(["guoheng", "luzhengping"]))
    def the_centre_rules(self, unit, by):
        given = {"lead": self.desk.units[unit], "reason": "裁定"}
        if self.attempt("rule", by, **given) is None:
            assert self.decided == 1
            self.decided += 1
            self.ruled = self.case.ruling
            assert self.ruled.startswith("裁〔2026〕")

    @invariant()
    def the_promise_stands(self):
        assert self.case.due_at == self.promised

    @invariant()
    def a_second_dispute_waits_for_nothing_but_a_ruling(self):
        case = self.case
        assert (case.disputes, case.ruling) == (self.decided, self.ruled)
        if case.stage == "consultation":
            clock = self.desk.clock(self.number, "ruling")
            assert (clock.stopped_at, bool(clock.due_at)) == (None, True)

    def teardown(self):
        """Whatever state it is left in, a dispute that is open can be ruled on once its time is over."""
        if self.case.stage == "consultation":
            self.desk.later(days=10)
            self.the_centre_rules(unit="water", by="guoheng")
            assert self.ruled
        assert self.desk.verify(self.number) == []
        keep_disputes(self.case.pk)
        told = list(Dispute.objects.filter(case__number=self.number).order_by("seq"))
        assert Ruling.objects.filter(case__number=self.number).count() == bool(self.ruled)
        decided = [one for one in told if one.outcome not in {"open", "withdrawn"}]
        assert len(decided) == self.decided
        assert all(one.ruling_id for one in decided[1:])


def test_the_second_dispute_always_ends_in_a_ruling_and_the_promise_is_never_put_off(court):
    run_state_machine_as_test(
        type("DisputingHere", (Disputing,), {"court": court}),
        settings=settings(
            max_examples=30,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert Dispute.objects.filter(again=True, ruling__isnull=False).exists(), "no walk came so far"

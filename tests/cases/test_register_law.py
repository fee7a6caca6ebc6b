"""No dispatch, by any path, reaches a unit that the register does not list, unless designated with a reason.

Random registers, random cases on every shipped process, random moves with random inputs by everybody: by the
centre, by units, by a dispatcher who is none of the centre, by the person, by the system, merged and shared.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import timedelta
from random import Random

from django.db import transaction
from django.db.models import Q
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from huiyin.cases.api import PERSON, SYSTEM, Acting, ActingPost, Assignment, Case, free_members, share_answer
from huiyin.cases.facts import make_actor
from huiyin.cases.values import AssignmentState
from huiyin.journal.api import list_entries
from huiyin.kernel.refusals import Refusal
from huiyin.people.models import Unit
from huiyin.process.api import INPUTS, list_moves, list_shipped
from huiyin.register.api import Duty, DutyChange, NewDuty, change_register, unit_on_register
from huiyin.register.models import LawfulWay

UNITS = ("water", "urban", "shimen")
CATEGORIES = ("01", "010106", "020301")
STAFF = """
hemin linxiao guoheng xiaanning maqing tianxin chengmo fangzheng jingyi ruanqin tanxue zhaomingde tangwei
zhongzihan
""".split()  # noqa: SIM905  a list of so many words is read best as a line
PROCESSES = {process.key: process for process in list_shipped()}
APPEALS = sorted(key for key, process in PROCESSES.items() if process.kind == "appeal")
OPENERS = ("linxiao", "ruanqin", "tianxin")
DISPATCHING = frozenset(
    move.key
    for process in PROCESSES.values()
    for move in process.moves.values()
    if "dispatch" in move.effects()
)
RULING = frozenset(
    move.key for process in PROCESSES.values() for move in process.moves.values() if "rule" in move.effects()
)
STEPS = 40


class Register:
    """On a county that stands already (`desk`); each run takes back what it wrote."""

    def __init__(self, desk, process, chance, seen):
        self.desk, self.process, self.chance, self.seen = desk, PROCESSES[process], chance, seen
        DutyChange.objects.all().delete()
        Duty.objects.all().delete()
        self.now = self.desk.now
        self.areas = [None, Unit.objects.get(key="shimen").area_id]
        self.units = [self.desk.units[key] for key in UNITS]
        self.categories = [self.desk.categories[code] for code in CATEGORIES]
        self.way = LawfulWay.objects.values_list("pk", flat=True)[0]
        elsewhere = ActingPost(self.desk.units["housing"], "住建局", "dispatcher")
        self.stranger = Acting("staff", "别处的派单员", self.desk.acting("luoting").account_id, (elsewhere,))
        self.everybody = [*map(self.desk.acting, STAFF), self.stranger, PERSON, SYSTEM]
        self.cases, self.checked, self.lawful = [], set(), defaultdict(set)

    # --- the register and the cases

    def play(self):
        """Begin with a few duties and cases, then so many steps; what must hold is looked at after each."""
        chance = self.chance
        for _ in range(chance.randint(1, 4)):
            self._admit(chance)
        for _ in range(4):
            self._open(chance)
        rules = (self.change, self.dispatch, self.handle_and_rate, self.merge, self.attempt)
        for step in chance.choices(rules, (1, 5, 4, 1, 3), k=STEPS):
            step(chance)
            self.nobody_off_the_list_was_reached()

    def change(self, chance):
        held = list(Duty.objects.filter(valid_until=None).values_list("pk", flat=True))
        if held and chance.random() < 0.5:
            change_register(ends={chance.choice(held): self.now.date()}, by=None, now=self.now)
        else:
            self._admit(chance)
        self.now += timedelta(days=chance.choice([0, 1, 3]))

    def _admit(self, chance):
        new = NewDuty(
            chance.choice(self.units),
            chance.choice(self.categories),
            f"清单第{chance.randint(1, 99)}条",
            self.now.date(),
            chance.choice(self.areas),
            chance.choice(["lead", "lead", "assisting"]),
        )
        change_register([new], by=None, now=self.now)

    def _open(self, chance):
        opens = set(self.process.opens)
        by = next(one for one in OPENERS if opens & {post.role for post in self.desk.acting(one).posts})
        given = {"area_id": chance.choice(self.areas), "category_id": chance.choice([None, *self.categories])}
        self.cases.append(self.desk.open(process=self.process.key, by=by, opened_at=self.now, **given))

    # --- what people do

    def dispatch(self, chance):
        """Everything that a dispatch may say, by whoever may dispatch and by some who may not."""
        able = [
            (number, move) for number in self.cases for move in sorted(DISPATCHING) if self._may(number, move)
        ]
        if not able or (len(self.cases) < 7 and chance.random() < 0.1):
            self._open(chance)
            return
        number, move = chance.choice(able)
        inputs = {
            "category": chance.choice([None, *self.categories]),
            "lead": chance.choice(self.units),
            "assisting": chance.sample(self.units, chance.randint(0, 2)),
            "designate": chance.random() < 0.3,
            "reason": chance.choice(["会商后指定", "会商后指定", "  ", None]),
            "reply": "请承办",
        }
        duties = list(Duty.objects.filter(valid_until=None, part="lead", area=None))
        if duties and chance.random() < 0.6:
            duty = chance.choice(duties)
            inputs |= {"category": duty.category_id, "lead": duty.unit_id, "assisting": []}
        acting = chance.choice(
            [self.desk.acting("hemin"), self.stranger, self.desk.acting("tianxin"), SYSTEM]
        )
        self._try(number, move, acting, inputs)

    def _may(self, number, move):
        return move in self.process.moves and self.desk.stage(number) in self.process.moves[move].sources

    def handle_and_rate(self, chance):
        """The lead unit goes on to its answer; the person, and whoever was merged, says what they think."""
        held = [
            one for one in self.cases if self.desk.case(one).lead_id and not self.desk.case(one).closed_at
        ]
        if not held:
            return
        number = chance.choice(held)
        unit = Unit.objects.get(pk=self.desk.case(number).lead_id)
        handler, head = (
            Acting(
                "staff", role, self.desk.acting(login).account_id, (ActingPost(unit.pk, unit.short, role),)
            )
            for role, login in (("handler", "tanxue"), ("unit-head", "zhaomingde"))
        )
        for move, acting in (("sign", handler), ("answer", handler), ("close", head)):
            self._try(number, move, acting, {"reply": "已经修好", "note": "好", "files": []})
        solved = chance.random() < 0.2
        for one in Case.objects.filter(Q(number=number) | Q(group__number=number)):
            self._try(one.number, "evaluate", PERSON, {"solved": solved, "satisfied": 1 + 4 * solved})

    def merge(self, chance):
        loose = [one for one in self.cases if self._may(one, "merge") and not self.desk.case(one).members]
        if len(loose) > 2:
            into = chance.choice(self.cases)
            self._try(chance.choice(loose), "merge", self.desk.acting("hemin"), {"into": into})

    def attempt(self, chance):
        """Anything by anybody."""
        number = chance.choice(self.cases)
        case, moves = self.desk.case(number), list(self.process.moves.values())
        near = [one for one in moves if case.stage in one.sources and one.key not in {"withdraw", "show_way"}]
        move = chance.choice(near or moves)
        willing = [
            one for one in self.everybody if move in list_moves(self.process, case.stage, _roles(one, case))
        ]
        inputs = {
            ask.key: self._draw(INPUTS[ask.key].kind, number, chance)
            for ask in move.asks
            if ask.required or chance.random() < 0.5
        }
        self._try(number, move.key, chance.choice(willing or self.everybody), inputs)

    def _draw(self, kind, number, chance):
        return {
            "text": lambda: "会商后指定",
            "line": lambda: "清单第1条",
            "unit": lambda: chance.choice(self.units),
            "units": lambda: chance.sample(self.units, chance.randint(0, 2)),
            "category": lambda: chance.choice(self.categories),
            "grade": lambda: chance.choice(list(self.process.grades)),
            "yes-no": lambda: chance.random() < 0.5,
            "five": lambda: chance.randint(1, 5),
            "files": lambda: [self.desk.give_file(number)],
            "limit": lambda: "5wd",
            "date": lambda: self.now.date() + timedelta(days=9),
            "case": lambda: chance.choice(self.cases),
            "cause": lambda: "材料不全",
            "way": lambda: self.way,
        }.get(kind, lambda: "清单第1条")()

    def _try(self, number, move, acting, inputs):
        self.now += timedelta(minutes=7)
        self.desk.now = self.now
        answered = self.desk.case(number).answered_at
        try:
            moved = self.desk.move(number, move, acting, **inputs)
        except Refusal as refusal:
            self.seen[refusal.code] += 1
            return
        case = self.desk.case(number)
        if case.answered_at not in {None, answered}:
            self.seen["shared"] += share_answer(number, "已经修好", moved.version, self.now)
        elif case.closed_at:
            free_members(number, self.now)

    # --- what must hold

    def nobody_off_the_list_was_reached(self):
        found = Assignment.objects.select_related("case").filter(case__number__in=self.cases)
        for part in found.exclude(pk__in=self.checked).order_by("pk"):
            self.checked.add(part.pk)
            self._check(part, list_entries(f"case:{part.case.number}"))

    def _check(self, part, entries):
        case, on = part.case, part.dispatched_at.astimezone(self.now.tzinfo).date()
        entry = next(one for one in reversed(entries) if one.at == part.dispatched_at)
        as_lead = "lead" if part.part == "lead" else None
        listed = unit_on_register(part.unit_id, case.category_id or 0, case.area_id, on, as_lead)
        if entry.verb in DISPATCHING:
            reason = (entry.body["inputs"].get("reason") or "").strip()
            assert listed or (part.designated and reason and self._is_centres(entry)), entry.body
            self.lawful[case.number].add(part.unit_id)
        elif entry.verb in RULING:
            assert (entry.body["inputs"].get("reason") or "").strip(), "a binding decision has its reason"
            self.lawful[case.number].add(part.unit_id)
        elif part.part == "consulted":
            pass  # asked for its opinion, it is given nothing
        elif entry.verb == "share_answer":
            assert part.unit_id in self.lawful[case.group.number], "the answer of a group is its lead unit's"
        else:
            assert part.unit_id in self.lawful[case.number] or listed, (
                f"{entry.verb} reached a unit off the list"
            )
        self.seen[f"{entry.verb} {'listed' if listed else 'not listed'}"] += 1

    def _is_centres(self, entry):
        acting = next(one for one in self.everybody if entry.actor.split(" · ")[0] == one.name)
        return any(post.unit_id == self.desk.units["service-centre"] for post in acting.posts)


def _roles(acting, case):
    parts = [
        AssignmentState(part.unit_id, part.part, part.round, part.dispatched_at, ended_at=part.ended_at)
        for part in case.assignments.all()
    ]
    return make_actor(acting, parts).roles


def test_no_dispatch_by_any_path_reaches_a_unit_off_the_list_unless_designated_with_a_reason(desk):
    seen = Counter()
    start = desk.now

    @settings(max_examples=2, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(APPEALS), st.integers(0, 2**48))
    def hold(process, seed):
        desk.now = start
        with transaction.atomic():
            Register(desk, process, Random(seed), seen).play()  # noqa: S311  the same walk every time
            transaction.set_rollback(True)

    for at, process in enumerate((*APPEALS, *APPEALS, *APPEALS)):
        hold = example(process, at)(hold)
    hold()
    for code in ("unit-off-list", "department-work", "not-yours-to-designate"):
        assert seen[code] > 0, f"too few tries to tell: {seen}"
    assert seen["dispatch listed"] > 3, seen
    assert seen["dispatch not listed"] > 2, seen

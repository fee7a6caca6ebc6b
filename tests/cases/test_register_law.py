"""No dispatch, by any path, reaches a unit that the register does not list, unless designated with a reason.

Random registers, random cases on every shipped process, random moves with random inputs by everybody: by the
centre, by units, by a dispatcher who is none of the centre, by the person, by the system, merged and shared.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

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
hemin linxiao guoheng xiaanning maqing tianxin chengmo fangzheng jingyi ruanqin tanxue zhaomingde luoting
jiangchunmei tangwei zhongzihan
""".split()  # noqa: SIM905  a list of so many words is read best as a line
PROCESSES = {process.key: process for process in list_shipped()}
APPEALS = sorted(key for key, process in PROCESSES.items() if process.kind == "appeal")
OPENERS = ("linxiao", "ruanqin", "tianxin")
DISPATCHING = frozenset({"dispatch", "redispatch"})
numbers = st.integers(0, 10**6)


def make_machine(desk):
    """The machine on a county that stands already; each run takes back what it wrote."""

    class Register(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            self.atomic = transaction.atomic()
            self.atomic.__enter__()
            DutyChange.objects.all().delete()
            Duty.objects.all().delete()
            self.now = desk.now
            self.areas = [
                None,
                *Unit.objects.filter(key="shimen").values_list("area", flat=True),
            ]
            self.units = [desk.units[key] for key in UNITS]
            self.categories = [desk.categories[code] for code in CATEGORIES]
            self.ways = list(LawfulWay.objects.values_list("pk", flat=True))
            elsewhere = ActingPost(desk.units["housing"], "住建局", "dispatcher")
            self.stranger = Acting("staff", "别处的派单员", desk.acting("luoting").account_id, (elsewhere,))
            self.everybody = [*map(desk.acting, STAFF), self.stranger, PERSON, SYSTEM]
            self.cases, self.checked = [], set()
            self.lawful = defaultdict(set)

        def teardown(self):
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

        @initialize(
            process=st.sampled_from(APPEALS),
            drawn=st.lists(st.tuples(numbers, numbers, numbers, st.booleans()), min_size=2, max_size=6),
        )
        def begin(self, process, drawn):
            self.process = process
            for unit, category, area, leads in drawn:
                self._admit(unit, category, area, leads=leads)
            for at in range(3):
                self._open(at + 1, at)

        def _admit(self, unit, category, area, *, leads):
            new = NewDuty(
                _pick(self.units, unit),
                _pick(self.categories, category),
                f"清单第{unit % 99 + 1}条",
                self.now.date(),
                _pick(self.areas, area),
                "lead" if leads else "assisting",
            )
            change_register([new], by=None, now=self.now)

        def _open(self, category, area):
            by = next(one for one in OPENERS if _may_open(desk.acting(one), self.process))
            category_id = _pick([None, *self.categories], category)
            given = {"area_id": _pick(self.areas, area), "category_id": category_id, "opened_at": self.now}
            self.cases.append(desk.open(process=self.process, by=by, **given))

        @rule(unit=numbers, category=numbers, area=numbers, leads=st.booleans())
        def admit(self, unit, category, area, leads):
            self._admit(unit, category, area, leads=leads)

        @rule(which=numbers)
        def end(self, which):
            held = list(Duty.objects.filter(valid_until=None).values_list("pk", flat=True))
            if held:
                change_register(ends={_pick(held, which): self.now.date()}, by=None, now=self.now)

        @rule(days=st.integers(1, 3))
        def pass_days(self, days):
            self.now += timedelta(days=days)

        @rule(category=numbers, area=numbers)
        @precondition(lambda self: len(self.cases) < 6)
        def open_one(self, category, area):
            self._open(category, area)

        @rule(which=numbers, move=numbers, who=numbers, draw=st.data(), wild=st.booleans())
        def attempt(self, which, move, who, draw, wild):
            self._attempt(_pick(self.cases, which), move, who, draw, wild=wild)

        @rule(
            which=numbers,
            who=numbers,
            category=st.one_of(st.none(), numbers),
            units=st.lists(numbers, min_size=1, max_size=2),
            designate=st.booleans(),
            reason=st.sampled_from(["会商后指定", "  ", None]),
        )
        def dispatch(self, which, who, category, units, designate, reason):
            ready = [one for one in self.cases if self._find_dispatch(one)]
            if not ready:
                return
            number = _pick(ready, which)
            move = PROCESSES[desk.case(number).process].moves[self._find_dispatch(number)]
            lead, *helping = (_pick(self.units, unit) for unit in units)
            inputs = {"lead": lead, "assisting": helping, "designate": designate, "reason": reason}
            if category is not None:
                inputs["category"] = _pick(self.categories, category)
            acting = _pick([desk.acting("hemin"), self.stranger, SYSTEM], who)
            self._try(number, move.key, acting, inputs)

        def _find_dispatch(self, number):
            case = desk.case(number)
            moves = PROCESSES[case.process].moves
            return next(
                (one for one in sorted(DISPATCHING) if one in moves and case.stage in moves[one].sources),
                None,
            )

        @rule(first=numbers, second=numbers)
        def merge(self, first, second):
            into = _pick(self.cases, second)
            self._try(_pick(self.cases, first), "merge", desk.acting("hemin"), {"into": into})

        @rule(which=numbers, solved=st.booleans())
        def handle_and_rate(self, which, solved):
            """The lead unit goes on to its answer, and the person and whoever was merged say what they think."""
            held = [one for one in self.cases if desk.case(one).lead_id and not desk.case(one).closed_at]
            if not held:
                return
            number = _pick(held, which)
            unit = Unit.objects.get(pk=desk.case(number).lead_id)
            own = [ActingPost(unit.pk, unit.short, role) for role in ("handler", "unit-head")]
            handler = Acting("staff", "经办", desk.acting("tanxue").account_id, tuple(own[:1]))
            head = Acting("staff", "负责", desk.acting("zhaomingde").account_id, tuple(own[1:]))
            for move, acting in (("sign", handler), ("answer", handler), ("close", head)):
                self._try(number, move, acting, {"reply": "已经修好", "note": "好"})
            for one in Case.objects.filter(Q(number=number) | Q(group__number=number)):
                self._try(one.number, "evaluate", PERSON, {"solved": solved, "satisfied": 1 + 4 * solved})

        def _attempt(self, number, move, who, draw, *, wild):
            case = desk.case(number)
            moves = list(PROCESSES[case.process].moves.values())
            near = [
                one for one in moves if case.stage in one.sources and one.key not in {"withdraw", "show_way"}
            ]
            self._make(case, _pick(moves if wild else near or moves, move), who, draw)

        def _make(self, case, move, who, draw):
            process = PROCESSES[case.process]
            willing = [
                one for one in self.everybody if move in list_moves(process, case.stage, _roles(one, case))
            ]
            acting = _pick(willing or self.everybody, who)
            inputs = {
                ask.key: self._draw(INPUTS[ask.key].kind, case, draw)
                for ask in move.asks
                if ask.required or draw.draw(st.booleans())
            }
            self._try(case.number, move.key, acting, inputs)

        def _try(self, number, move, acting, inputs):
            self.now += timedelta(minutes=7)
            desk.now = self.now
            answered = desk.case(number).answered_at
            try:
                moved = desk.move(number, move, acting, **inputs)
            except Refusal:
                return
            case = desk.case(number)
            if case.answered_at not in {None, answered}:
                share_answer(number, "已经修好", moved.version, self.now)
            elif case.closed_at:
                free_members(number, self.now)

        def _draw(self, kind, case, draw):
            one = draw.draw
            return {
                "text": lambda: one(st.sampled_from(["已经修好", "会商后指定", " "])),
                "line": lambda: "清单第1条",
                "unit": lambda: one(st.sampled_from(self.units)),
                "units": lambda: one(st.lists(st.sampled_from(self.units), max_size=2)),
                "category": lambda: one(st.sampled_from(self.categories)),
                "grade": lambda: one(st.sampled_from(list(PROCESSES[case.process].grades))),
                "yes-no": lambda: one(st.booleans()),
                "five": lambda: one(st.integers(1, 5)),
                "files": lambda: [desk.give_file(case.number)],
                "limit": lambda: "5wd",
                "date": lambda: self.now.date() + timedelta(days=9),
                "case": lambda: one(st.sampled_from(self.cases)),
                "cause": lambda: "材料不全",
                "way": lambda: self.ways[0],
            }[kind]()

        @invariant()
        def nobody_off_the_list_was_reached(self):
            for part in Assignment.objects.select_related("case").exclude(pk__in=self.checked).order_by("pk"):
                self.checked.add(part.pk)
                self._check(part)

        def _check(self, part):
            case, on = part.case, part.dispatched_at.astimezone(self.now.tzinfo).date()
            as_lead = "lead" if part.part == "lead" else None
            entry = next(
                one for one in reversed(list_entries(f"case:{case.number}")) if one.at == part.dispatched_at
            )
            listed = unit_on_register(part.unit_id, case.category_id or 0, case.area_id, on, as_lead)
            designated = (
                part.designated and entry.body["inputs"].get("reason", "").strip() and self._of_centre(entry)
            )
            if entry.verb in DISPATCHING:
                assert listed or designated, f"{entry.verb} reached a unit off the list: {entry.body}"
                self.lawful[case.number].add(part.unit_id)
            elif entry.verb == "share_answer":
                assert case.group_id
                assert part.unit_id in self.lawful[Case.objects.get(pk=case.group_id).number]
            else:
                goes_on = part.unit_id in self.lawful[case.number]
                assert goes_on or listed, f"{entry.verb} gave a unit off the list another round"

        def _of_centre(self, entry):
            acting = next(one for one in self.everybody if entry.actor.split(" · ")[0] == one.name)
            return any(post.unit_id == desk.units["service-centre"] for post in acting.posts)

    return Register


def _pick(options, at):
    return options[at % len(options)]


def _may_open(acting, process):
    return {post.role for post in acting.posts} & set(PROCESSES[process].opens)


def _roles(acting, case):
    parts = [
        AssignmentState(part.unit_id, part.part, part.round, part.dispatched_at, ended_at=part.ended_at)
        for part in case.assignments.all()
    ]
    return make_actor(acting, parts).roles


def test_no_dispatch_by_any_path_reaches_a_unit_off_the_list_unless_designated_with_a_reason(desk):
    chosen = settings(
        max_examples=40,
        stateful_step_count=30,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(make_machine(desk), settings=chosen)

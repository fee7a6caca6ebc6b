"""A gate refuses a move, or writes with it, whichever door it comes by; placing is for the system alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils import timezone

from huiyin.appeals.api import NewAppeal, report
from huiyin.cases import gates
from huiyin.cases.api import PERSON, Case, make_acting, move_case, register_gate
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import find_account, take_in_hand
from huiyin.process.api import check_process, list_shipped


@pytest.fixture
def gate(monkeypatch):
    """A gate before every move of the hotline that keeps what passes; it refuses while `closed`."""
    passed, state = [], {"closed": False}

    def keep(passing):
        if state["closed"]:
            raise Refusal("gate-closed", Words("还差一步", "One thing is missing"), rule="办法第一条")
        passed.append(passing)

    monkeypatch.setattr(gates, "_GATES", {"hotline": keep})
    return passed, state


def _report():
    new = NewAppeal(process="hotline", channel="portal", words="路灯坏了", opened_at=timezone.now())
    return report(new, PERSON).number


def _remark(number):
    account = find_account("hemin")
    acting = make_acting(take_in_hand(account.pk, timezone.localdate()))
    return move_case(number, "remark", {"note": "记一笔"}, acting, timezone.now())


def test_a_move_passes_the_gate_of_its_process_with_what_it_is(county, gate):
    number = report(
        NewAppeal(process="hotline", channel="portal", words="路灯坏了", opened_at=timezone.now()), PERSON
    ).number
    _remark(number)
    passing = gate[0][-1]
    assert (passing.number, passing.move, passing.inputs["note"]) == (number, "remark", "记一笔")
    assert passing.source == passing.target


def test_what_the_gate_refuses_leaves_nothing_behind(county, gate):
    number = report(
        NewAppeal(process="hotline", channel="portal", words="路灯坏了", opened_at=timezone.now()), PERSON
    ).number
    gate[1]["closed"], before = True, Case.objects.get(number=number).version
    with pytest.raises(Refusal) as refused:
        _remark(number)
    assert refused.value.rule == "办法第一条"
    assert Case.objects.get(number=number).version == before


def test_a_process_has_one_gate(monkeypatch):
    monkeypatch.setattr(gates, "_GATES", {})
    register_gate("hotline", print)
    register_gate("hotline", print)
    with pytest.raises(ValueError, match="gate already"):
        register_gate("hotline", repr)


def test_no_file_lets_a_person_place_a_matter_off_the_register():
    hotline = next(one for one in list_shipped() if one.key == "hotline")
    key, move = next((key, move) for key, move in hotline.moves.items() if "dispatch" in move.effects())
    forged = replace(hotline, moves={**hotline.moves, key: replace(move, does=("place",))})
    assert any("place" in fault.en for fault in check_process(forged))

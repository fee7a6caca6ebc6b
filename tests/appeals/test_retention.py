"""How long data is kept: what a dry run counts is what a run takes away, and nothing else."""

from __future__ import annotations

import hashlib
import json
import os
from datetime import timedelta

import pytest
from click.testing import CliRunner

from huiyin.appeals.api import NewAppeal, report
from huiyin.appeals.jobs import keep_nightly
from huiyin.appeals.models import KeepingRun, Message, Notice
from huiyin.appeals.retention import running
from huiyin.appeals.retention.commands import retention
from huiyin.appeals.retention.rules import RULES, is_nightly, list_rules, set_rule, switch_nightly
from huiyin.cases.api import Case, Kept, path_of, record_files
from huiyin.cases.models import Attachment
from huiyin.journal.api import list_entries, log_access, open_seal, seal, verify_all
from huiyin.journal.models import Access
from huiyin.kernel.refusals import Refusal
from huiyin.people.api import Person

PHONE = "13900002716"
YEARS = timedelta(days=1200)


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def closed(desk):
    """`closed()`: the number of a matter with a person that was closed just now."""

    def make(**more):
        new = NewAppeal(
            process="hotline", channel="hotline", words="三号楼停水两天了，没有人管", opened_at=desk.now,
            name="王秀兰", phone=PHONE, **more,
        )  # fmt: skip
        number = report(new, desk.acting("linxiao")).number
        Case.objects.filter(number=number).update(closed_at=desk.now)
        return number

    return make


def _put(number, content, age, now):
    sha256 = hashlib.sha256(content).hexdigest()
    path = path_of(sha256)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, ((now - age).timestamp(),) * 2)
    if number:
        kept = Kept(sha256, "王秀兰家门口.jpg", "image/jpeg", len(content))
        record_files(Case.objects.get(number=number).pk, [kept], "诉求人", now - age, public=True)
    return path


def _count(planned):
    return {one.rule.rule.key: one.count for one in planned}


def test_an_identity_goes_once_every_matter_of_the_person_has_been_closed_long_enough(desk, closed):
    number = closed()
    case = Case.objects.get(number=number)
    assert _count(running.plan(desk.now + timedelta(days=1000)))["identity"] == 0
    then = desk.now + YEARS
    planned = running.plan(then)
    assert _count(planned)["identity"] == 1
    assert planned[0].examples == [number]
    assert Person.objects.get(pk=case.person_id).masked_phone == "139****2716"
    running.run(None, then)
    person = Person.objects.get(pk=case.person_id)
    assert (person.masked_name, person.masked_phone, person.anonymised_at) == ("", "", then)
    assert list_entries(f"case:{number}")[-1].verb == "anonymised"
    assert Case.objects.get(number=number).title == case.title
    assert verify_all().whole


def test_an_open_matter_keeps_the_identity_however_old(desk, closed):
    number = closed()
    Case.objects.filter(number=number).update(closed_at=None)
    running.run(None, desk.now + YEARS)
    assert Person.objects.get(masked_name="王*").anonymised_at is None


def test_a_second_run_finds_nothing_and_every_run_is_on_record(desk, closed):
    closed()
    then = desk.now + YEARS
    first, second = running.run(None, then), running.run(None, then)
    assert (first.counts["identity"], second.counts["identity"]) == (1, 0)
    assert [entry.verb for entry in list_entries("keeping")] == ["keeping-run", "keeping-run"]


def test_files_leave_the_disk_unless_another_matter_has_the_same(desk, closed):
    old, young = closed(), closed()
    then = desk.now + YEARS
    Case.objects.filter(number=young).update(closed_at=then)
    alone = _put(old, b"alone", timedelta(0), desk.now)
    shared = _put(old, b"shared", timedelta(0), desk.now)
    _put(young, b"shared", timedelta(0), desk.now)
    running.run(None, then)
    assert (alone.exists(), shared.exists()) == (False, True)
    gone = Attachment.objects.filter(case__number=old)
    assert [(file.name, file.removed_at) for file in gone] == [("附件.jpg", then)] * 2
    assert Attachment.objects.get(case__number=young).removed_at is None
    removed = next(entry for entry in list_entries(f"case:{old}") if entry.verb == "files-removed")
    assert removed.body["count"] == 2


def test_uploads_that_were_never_sent_are_swept_and_fresh_ones_are_not(desk, closed):
    number = closed()
    stray = _put(None, b"stray", timedelta(days=9), desk.now)
    fresh = _put(None, b"fresh", timedelta(hours=1), desk.now)
    owned = _put(number, b"owned", timedelta(days=9), desk.now)
    assert _count(running.plan(desk.now))["uploads"] == 1
    running.run(None, desk.now)
    assert (stray.exists(), fresh.exists(), owned.exists()) == (False, True, True)


def test_messages_lose_their_number_and_words_and_keep_when_they_were_sent(desk, closed):
    case = Case.objects.get(number=closed())
    told = {"case": case, "to_sealed": seal(PHONE, "message"), "to_masked": "139****2716", "text": "已办结"}
    old = Message.objects.create(key="a", state="sent", made_at=desk.now, sent_at=desk.now, **told)
    waiting = Message.objects.create(key="b", state="waiting", made_at=desk.now, **told)
    running.run(None, desk.now + timedelta(days=400))
    old.refresh_from_db()
    waiting.refresh_from_db()
    assert (old.text, old.to_masked, open_seal(bytes(old.to_sealed), "message")) == ("", "", "")
    assert old.sent_at == desk.now
    assert waiting.text == "已办结"


def test_read_notices_and_old_accesses_go(desk, closed):
    case = Case.objects.get(number=closed())
    for key, read_at in (("read", desk.now), ("unread", None)):
        Notice.objects.create(
            unit_id=desk.units["water"], case=case, kind="hurry", key=key, made_at=desk.now, read_at=read_at
        )
    log_access(
        at=desk.now, account_id=1, account="某", what="identity", subject="person:1", reason="核实情况"
    )
    counts = running.run(None, desk.now + YEARS).counts
    assert (counts["notices"], counts["accesses"]) == (1, 1)
    assert [notice.key for notice in Notice.objects.all()] == ["unread"]
    assert not Access.objects.exists()


def test_a_rule_under_what_the_law_asks_is_refused_with_the_law(desk):
    with pytest.raises(Refusal) as refused:
        set_rule("accesses", 182, active=True, by=None, now=desk.now)
    assert (refused.value.code, refused.value.field) == ("kept-too-short", "days-accesses")
    assert "网络安全法" in refused.value.rule
    for key, days in (("identity", 10), ("nothing", 900), ("files", 99_999)):
        with pytest.raises(Refusal):
            set_rule(key, days, active=True, by=None, now=desk.now)
    assert {one.rule.key: one.days for one in list_rules()} == {key: rule.days for key, rule in RULES.items()}


def test_a_rule_that_is_set_is_carried_out_and_on_record(desk, closed):
    closed()
    set_rule("identity", 400, active=True, by=None, now=desk.now)
    set_rule("identity", 400, active=True, by=None, now=desk.now)
    assert _count(running.plan(desk.now + timedelta(days=401)))["identity"] == 1
    (entry,) = list_entries("keeping")
    assert (entry.body["days"], entry.body["before"]) == (400, 1095)


def test_an_inactive_rule_is_counted_and_not_carried_out(desk, closed):
    closed()
    set_rule("identity", 1095, active=False, by=None, now=desk.now)
    then = desk.now + YEARS
    assert _count(running.plan(then))["identity"] == 1
    assert "identity" not in running.run(None, then).counts
    assert Person.objects.filter(anonymised_at__isnull=False).count() == 0


def test_the_night_does_nothing_until_it_is_switched_on(desk, closed):
    keep_nightly(0)
    assert not KeepingRun.objects.exists()
    switch_nightly(on=True, by=None, now=desk.now)
    assert is_nightly()
    keep_nightly(0)
    assert KeepingRun.objects.get().ended_at is not None


def test_only_one_run_at_a_time(desk):
    running.start(None, desk.now)
    with pytest.raises(Refusal, match="keeping-runs"):
        running.start(None, desk.now + timedelta(hours=1))
    running.start(None, desk.now + timedelta(hours=7))


def test_the_command_plans_in_words_and_json_and_runs(desk, closed):
    closed()
    told = CliRunner().invoke(retention, ["plan"])
    assert "诉求人身份" in told.output
    planned = json.loads(CliRunner().invoke(retention, ["plan", "--json"]).output)
    assert [one["rule"] for one in planned] == list(RULES)
    assert CliRunner().invoke(retention, ["run"]).exit_code == 0
    assert KeepingRun.objects.count() == 1

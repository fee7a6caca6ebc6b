"""`huiyin doctor` finds what is wrong, and says how to mend it."""

from __future__ import annotations

import json
import socketserver
from datetime import UTC, date, datetime, timedelta

import pytest
from click.testing import CliRunner
from django.utils import timezone

from huiyin.app.backup.note import NOTE, write_note
from huiyin.app.doctor import commands, database, machine, public
from huiyin.app.doctor import county as setup
from huiyin.app.doctor.findings import Finding, Level
from huiyin.journal.api import NewEntry, append, make_root, seal
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import Post
from huiyin.people.models import Person
from huiyin.register.models import AnnouncedYear, Category, Channel, Duty, DutyChange

TODAY = date(2026, 11, 27)


def levels(found):
    found = list(found)
    for finding in found:
        assert finding.told.en
        assert (finding.level == Level.GOOD) == (finding.mend.zh == ""), finding
    return {finding.key: finding.level for finding in found}


def test_keys_that_others_may_read_are_wrong(tmp_path):
    secrets = tmp_path / "secrets"
    secrets.mkdir(mode=0o700)
    (secrets / "sealing-key").touch(mode=0o600)
    assert levels(machine.examine_secrets(tmp_path)) == {"secrets": Level.GOOD}
    (secrets / "sealing-key").chmod(0o644)
    (finding,) = machine.examine_secrets(tmp_path)
    assert finding.level == Level.WRONG
    assert "sealing-key" in finding.told.zh
    assert "chmod" in finding.mend.en


@pytest.mark.parametrize(("left", "level"), [(50, Level.GOOD), (3, Level.LOOK), (0.5, Level.WRONG)])
def test_a_disk_that_runs_full_is_told_in_time(monkeypatch, tmp_path, left, level):
    usage = type("usage", (), {"free": int(left * 1024**3)})
    monkeypatch.setattr("shutil.disk_usage", lambda _path: usage)
    assert levels(machine.examine_disk(tmp_path)) == {"disk": level}


def test_a_backup_that_is_old_or_was_never_made_is_told(tmp_path):
    now = datetime(2026, 11, 27, 4, tzinfo=UTC)
    assert levels(machine.examine_backup(tmp_path, now)) == {"backup": Level.LOOK}
    write_note(tmp_path / NOTE, {"made_at": "2026-11-26T12:00:00+08:00"})
    assert levels(machine.examine_backup(tmp_path, now)) == {"backup": Level.GOOD}
    assert levels(machine.examine_backup(tmp_path, now + timedelta(days=1))) == {"backup": Level.LOOK}
    (tmp_path / NOTE).write_text("{")
    assert levels(machine.examine_backup(tmp_path, now)) == {"backup": Level.LOOK}


@pytest.mark.django_db
def test_a_sound_database_is_good_and_a_clock_that_is_off_is_wrong(monkeypatch):
    assert set(levels(database.examine_server()).values()) == {Level.GOOD}
    assert levels(database.examine_tables()) == {"tables": Level.GOOD}
    late = timezone.now() + timedelta(minutes=2)
    monkeypatch.setattr("huiyin.app.doctor.database.timezone.now", lambda: late)
    assert levels(database.examine_server())["clock"] == Level.WRONG


def test_work_that_does_not_go_on_is_told(monkeypatch):
    still = {"workers": 0.0, "jobs_failed": 2.0, "outbox_waiting": 9.0}
    still |= {"outbox_oldest_seconds": 900.0, "outbox_failed": 0.0}
    monkeypatch.setattr(database, "measure", lambda: still)
    assert levels(database.examine_work()) == {
        "worker": Level.LOOK,
        "jobs": Level.LOOK,
        "events": Level.WRONG,
    }
    going = still | {"workers": 1.0, "jobs_failed": 0.0, "outbox_oldest_seconds": 1.0}
    monkeypatch.setattr(database, "measure", lambda: going)
    assert set(levels(database.examine_work()).values()) == {Level.GOOD}


@pytest.mark.django_db
def test_a_root_that_was_not_made_is_told():
    now = timezone.now()
    assert levels(database.examine_record(now)) == {"root": Level.GOOD}
    append([NewEntry("case:HC1", "remark", now - timedelta(days=1), None, "某甲", {})])
    assert levels(database.examine_record(now)) == {"root": Level.LOOK}
    make_root(timezone.localdate(now) - timedelta(days=1))
    assert levels(database.examine_record(now)) == {"root": Level.GOOD}


@pytest.mark.django_db
def test_seals_that_do_not_open_are_wrong(settings):
    assert levels(database.examine_keys()) == {"keys": Level.GOOD}
    purpose = "person"
    Person.objects.create(kind="resident", sealed=seal({"name": "某甲"}, purpose), created_at=timezone.now())
    settings.SEALING_KEYS = ["another key"]
    assert levels(database.examine_keys()) == {"keys": Level.WRONG}


def test_what_may_be_open_at_home_is_wrong_on_a_public_address(settings):
    settings.DEBUG, settings.SECURE_COOKIES = False, False
    settings.ALLOWED_HOSTS, settings.PUBLIC_ADDRESS = ["*"], ""
    home = levels(public.examine_settings())
    assert (home["hosts"], home["cookies"], home["debug"]) == (Level.LOOK, Level.LOOK, Level.GOOD)
    settings.PUBLIC_ADDRESS = "http://12345.example.gov.cn"
    told = levels(public.examine_settings())
    assert {told[key] for key in ("address", "hosts", "cookies")} == {Level.WRONG}
    settings.DEBUG, settings.SECURE_COOKIES = True, True
    settings.ALLOWED_HOSTS, settings.PUBLIC_ADDRESS = ["a.example"], "https://a.example"
    told = levels(public.examine_settings())
    assert [key for key, level in told.items() if level != Level.GOOD] == ["debug"]


def test_demo_accounts_are_wrong_on_a_public_address(settings, county):
    settings.PUBLIC_ADDRESS = "https://a.example"
    assert levels(public.examine_demo()) == {"demo": Level.WRONG}
    settings.PUBLIC_ADDRESS = ""
    assert levels(public.examine_demo()) == {"demo": Level.LOOK}


class Silent(socketserver.BaseRequestHandler):
    """Hangs up."""


def test_a_scanner_that_does_not_answer_is_wrong(settings):
    settings.CLAMD, settings.SMS_GATEWAY_URL = "", ""
    assert levels(public.examine_gateways()) == {"sms": Level.LOOK, "scanner": Level.LOOK}
    with socketserver.TCPServer(("127.0.0.1", 0), Silent) as server:
        settings.CLAMD = "{}:{}".format(*server.server_address)
    assert levels(public.examine_gateways())["scanner-answers"] == Level.WRONG


def test_the_demo_county_is_set_up_well(county):
    assert {finding.key for finding in examine_county(TODAY) if finding.level != Level.GOOD} == set()


def examine_county(today):
    yield from setup.examine_calendar(today)
    yield from setup.examine_catalogue(today)
    yield from setup.examine_units(today)
    yield from setup.examine_roles(today)
    yield from setup.examine_processes()


def test_a_county_that_lacks_people_duties_and_doors_is_told(county):
    DutyChange.objects.all().delete()
    Duty.objects.filter(category__path__startswith=Category.objects.filter(level=1).first().path).delete()
    Post.objects.filter(role__in=["handler", "unit-head", "auditor"]).delete()
    Channel.objects.update(active=False)
    lacking = {finding.key for finding in examine_county(TODAY) if finding.level != Level.GOOD}
    assert lacking == {"channels", "duties", "handlers", "heads", "roles"}


@pytest.mark.django_db
def test_the_notice_of_next_year_is_asked_for_in_december():
    assert levels(setup.examine_calendar(date(2030, 11, 1))) == {"calendar": Level.LOOK}
    AnnouncedYear.objects.create(year=2030, source="试验", at=timezone.now())
    assert levels(setup.examine_calendar(date(2030, 11, 1))) == {"calendar": Level.GOOD}
    (december,) = setup.examine_calendar(date(2030, 12, 1))
    assert "2031" in december.told.zh


def run(monkeypatch, found, *options):
    monkeypatch.setattr(commands, "examine", lambda: iter(found))
    return CliRunner().invoke(commands.doctor, options)


GOOD = Finding("disk", Level.GOOD, Words("磁盘", "Disk"))
LOOK = Finding("sms", Level.LOOK, Words("短信", "Messages"), Words("设置", "Set it"))
WRONG = Finding("keys", Level.WRONG, Words("密钥", "Keys"), Words("放回", "Put it back"))


def test_only_what_is_wrong_ends_with_1(monkeypatch):
    assert run(monkeypatch, [GOOD, LOOK]).exit_code == 0
    answer = run(monkeypatch, [GOOD, LOOK, WRONG])
    assert answer.exit_code == 1
    assert "✓ 磁盘\n! 短信\n    → 设置\n✗ 密钥\n    → 放回\n" in answer.output


def test_machines_get_json(monkeypatch):
    monkeypatch.setenv("HUIYIN_LANGUAGE", "en")
    told = json.loads(run(monkeypatch, [WRONG], "--json").stdout)
    assert told == [{"key": "keys", "level": "wrong", "told": "Keys", "mend": "Put it back"}]


def test_a_database_that_does_not_answer_is_a_finding_and_no_traceback(monkeypatch):
    def away():
        raise Refusal("no-postgres", Words("没有 PostgreSQL", "No PostgreSQL"))

    monkeypatch.setattr(commands, "ensure_database", away)
    found = list(commands.examine())
    assert (found[-1].key, found[-1].level) == ("database", Level.WRONG)
    assert found[-1].mend.zh


def test_one_examination_that_fails_does_not_end_the_others():
    def broken():
        raise KeyError("person")
        yield

    (finding,) = commands._safely("roles", broken)
    assert finding.level == Level.WRONG
    assert "person" not in finding.told.en

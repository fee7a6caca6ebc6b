"""Taking requests in: from every door the same way, whole, once, and with the person sealed."""

from __future__ import annotations

import pytest
from django.db import connection
from tests.cases.county import serial

from huiyin.appeals.api import MAX_WORDS, Appeal, IdentityMode, NewAppeal, find_tracked, report, report_many
from huiyin.cases.api import PERSON, SYSTEM, Case, Kept
from huiyin.journal.api import verify
from huiyin.kernel.refusals import Refusal
from huiyin.people.models import Person


def new(desk, words="三号楼停水两天了", **more):
    return NewAppeal(
        **{"process": "hotline", "channel": "portal", "words": words, "opened_at": desk.now, **more}
    )


def refuse(desk, acting=PERSON, **more):
    with pytest.raises(Refusal) as caught:
        report(new(desk, **more), acting)
    assert not Case.objects.exists()
    assert not Person.objects.exists()
    return caught.value


def everything_written():
    """All text of all tables of people, cases, requests and the journal."""
    found = []
    with connection.cursor() as cursor:
        for table in (
            "people_person",
            "cases_case",
            "cases_casetext",
            "appeals_appeal",
            "journal_entry",
            "journal_outbox",
        ):
            cursor.execute(f"SELECT string_agg(to_jsonb(t)::text, ' ') FROM {table} t")  # noqa: S608
            found.append(cursor.fetchone()[0] or "")
    return " ".join(found)


def test_a_request_gets_a_number_and_a_link_that_opens_it(desk):
    reported = report(new(desk), PERSON)
    assert reported.fresh
    assert find_tracked(reported.number, reported.secret).words == "三号楼停水两天了"


def test_the_same_key_gives_the_same_number_and_the_same_link(desk):
    key = serial()
    first, again = (report(new(desk, source_key=key), PERSON) for _ in range(2))
    assert (first.number, first.secret) == (again.number, again.secret)
    assert (first.fresh, again.fresh) == (True, False)


def test_the_same_key_twice_in_one_batch(desk):
    key = serial()
    first, again = report_many([new(desk, source_key=key), new(desk, source_key=key)], SYSTEM)
    assert (first.number, first.secret, first.fresh, again.fresh) == (again.number, again.secret, True, False)


def test_files_come_with_the_first_report_alone(desk):
    key, file = serial(), Kept("0" * 64, "图.jpg", "image/jpeg", 9)
    reported = report(new(desk, source_key=key), PERSON, [file])
    report(new(desk, source_key=key), PERSON, [file])
    case = desk.case(reported.number)
    assert [(one.name, one.public, one.given_by) for one in case.attachments.all()] == [
        ("图.jpg", True, "诉求人")
    ]
    assert [one.name for one in find_tracked(reported.number, reported.secret).steps[0].files] == ["图.jpg"]


def test_name_and_phone_are_nowhere_in_the_clear(desk):
    report(new(desk, name="欧阳锋", phone="13900001234"), PERSON)
    written = everything_written()
    assert "欧阳锋" not in written
    assert "13900001234" not in written
    assert "139****1234" in written


def test_an_anonymous_request_keeps_nobody(desk):
    reported = report(new(desk, name="张三", phone="13900001234", identity=IdentityMode.ANONYMOUS), PERSON)
    assert desk.case(reported.number).person_id is None
    assert "139****1234" not in everything_written()


def test_a_confidential_one_is_marked_so(desk):
    reported = report(new(desk, name="张三", phone="13900001234", identity=IdentityMode.CONFIDENTIAL), PERSON)
    assert desk.case(reported.number).identity == "confidential"
    assert desk.entries(reported.number)[0].body["identity"] == "confidential"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"words": " \x00\n "}, "words-missing"),
        ({"words": "长" * (MAX_WORDS + 1)}, "words-too-long"),
        ({"phone": "123"}, "bad-phone"),
        ({"process": "nowhere"}, "process-not-found"),
        ({"grade": "fancy"}, "no-such-grade"),
    ],
)
def test_what_cannot_be_taken_is_refused_and_nothing_is_kept(desk, given, code):
    assert refuse(desk, **given).code == code


def test_another_system_may_bring_longer_words(desk):
    assert report(new(desk, words="长" * (MAX_WORDS + 1)), SYSTEM).fresh


def test_the_title_is_the_beginning_of_the_words_when_none_is_given(desk):
    case = desk.case(report(new(desk, words="停" * 50), PERSON).number)
    assert (case.title, case.text.words) == ("停" * 29 + "…", "停" * 50)


def test_a_title_alone_is_the_words(desk):
    case = desk.case(report(new(desk, words="", title="停水"), PERSON).number)
    assert (case.title, case.text.words) == ("停水", "停水")


def test_a_long_title_is_cut_and_nothing_of_it_is_lost(desk):
    title = "停水" * 40
    case = desk.case(report(new(desk, words="", title=title), PERSON).number)
    assert (len(case.title), case.text.words) == (60, title)
    case = desk.case(report(new(desk, words="没人管", title=title), PERSON).number)
    assert case.text.words == f"{title}\n没人管"


def test_control_signs_are_dropped_from_all_that_is_typed(desk):
    dirty = "一\x00二\ud800"
    reported = report(
        new(desk, words=dirty, title=dirty, name=dirty, place=dirty, suggestion=dirty, failed_matter=dirty),
        PERSON,
    )
    appeal = Appeal.objects.get(case__number=reported.number)
    assert (appeal.suggestion, appeal.failed_matter, appeal.case.place, appeal.case.text.words) == (
        "一二",
    ) * 4


def test_the_township_is_found_from_the_village(desk):
    from huiyin.people.models import Area

    village = Area.objects.filter(level="village").first()
    case = desk.case(report(new(desk, area_id=village.pk), PERSON).number)
    assert case.township_id == village.parent_id


def test_many_are_answered_in_their_order_and_with_their_persons(desk):
    given = [new(desk, words=f"第{at}件", name=f"人{at}" if at % 2 else "", phone="") for at in range(20)]
    reported = report_many(given, SYSTEM)
    for at, one in enumerate(reported):
        case = desk.case(one.number)
        assert case.text.words == f"第{at}件"
        assert (case.person_id is not None) == bool(at % 2)
    assert verify().findings == []


def test_one_bad_request_undoes_them_all(desk):
    with pytest.raises(Refusal):
        report_many([new(desk), new(desk, words="")], SYSTEM)
    assert not Case.objects.exists()


def test_whoever_may_not_open_is_refused(desk):
    assert refuse(desk, desk.acting("tanxue")).code == "not-your-duty"

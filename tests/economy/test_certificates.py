"""Certificates are numbered, true, replaced when lost, and drawn as PDF with a code for each holder."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from huiyin.economy.members.api import find_by_link
from huiyin.economy.shares.api import (
    Printing,
    Share,
    ShareBook,
    ask_printing,
    issue_certificates,
    list_outdated,
    open_files,
    open_ledgers,
    print_now,
    replace_lost,
)
from huiyin.economy.shares.certificates import make_sheets
from huiyin.economy.shares.printing import forget_printings, print_by_job
from huiyin.journal.api import list_accesses, list_entries
from huiyin.kernel.refusals import Refusal

from .holding import settle

NOW = timezone.now()
BASE = "https://huiyin.example"


@pytest.fixture
def book(village):
    """Two households of three, ten units each."""
    members = settle(village)
    made = ShareBook.objects.create(
        organisation=village, fixed_on=date(2021, 1, 1), total_units=60, held_units=60
    )
    Share.objects.bulk_create(
        Share(book=made, household_id=one.household_id, member=one, units=10) for one in members
    )
    open_ledgers([made.pk], None, NOW)
    return made


def test_each_household_gets_one_and_again_only_when_its_units_have_changed(village, book, officer):
    issued = issue_certificates(village, None, officer("bookkeeper"), NOW)
    assert [one.number for one in issued] == [f"{village.code}-00001", f"{village.code}-00002"]
    assert issue_certificates(village, None, officer("bookkeeper"), NOW) == []
    first, second = Share.objects.filter(household_id=issued[0].household_id).order_by("member__number")[:2]
    Share.objects.filter(pk=first.pk).update(units=4)
    Share.objects.filter(pk=second.pk).update(units=16)
    assert list_outdated(book) == [issued[0].household_id]
    fresh = issue_certificates(village, None, officer("bookkeeper"), NOW)[0]
    assert (fresh.follows_id, fresh.state) == (issued[0].pk, "valid")
    issued[0].refresh_from_db()
    assert issued[0].state == "replaced"
    assert [one.verb for one in list_entries(f"organisation:{village.code}")][-1] == "issue-certificates"


def test_a_lost_one_is_void_and_followed_by_another_number(village, book, officer):
    old = issue_certificates(village, None, officer("bookkeeper"), NOW)[0]
    with pytest.raises(Refusal) as refused:
        replace_lost(old.pk, " ", officer("bookkeeper"), NOW)
    assert refused.value.code == "reason-needed"
    fresh = replace_lost(old.pk, "房屋漏雨损毁", officer("bookkeeper"), NOW)
    old.refresh_from_db()
    assert (old.state, fresh.number) == ("lost", f"{village.code}-00003")
    with pytest.raises(Refusal):
        replace_lost(old.pk, "再补", officer("bookkeeper"), NOW)


def test_the_pdf_is_real_logged_and_its_links_open_each_holders_own_page(village, book, officer):
    issued = issue_certificates(village, None, officer("bookkeeper"), NOW)
    sheet = make_sheets(book, issued[:1], BASE)[0]
    secret = sheet.holders[0].link.removeprefix(f"{BASE}/village/why/")
    holder = find_by_link(secret)
    assert holder is not None
    assert holder.number == sheet.holders[0].number
    printing = ask_printing(village, None, "发证大会", officer("bookkeeper"), NOW)
    file = print_now(printing, BASE, NOW)
    assert file.startswith(b"%PDF-")
    assert file.count(b"/Type /Page\n") + file.count(b"/Type /Page ") >= 2 or b"/Count 2" in file
    assert find_by_link(secret) is None, "each printing renews the links"
    assert "股权证" in list_accesses(subject=f"organisation:{village.code}")[0].reason


def test_many_are_drawn_by_a_job_kept_sealed_and_forgotten_after_some_days(village, book, officer):
    issue_certificates(village, None, officer("bookkeeper"), NOW)
    printing = ask_printing(village, None, "", officer("bookkeeper"), NOW)
    print_by_job(printing.pk, BASE, NOW)
    done = Printing.objects.select_related("book").get(pk=printing.pk)
    assert (done.drawn, done.wanted) == (2, 2)
    assert bytes(done.sealed)[:4] != b"%PDF"
    assert open_files(done)[0].startswith(b"%PDF-")
    forget_printings(timezone.now() + timedelta(days=4))
    assert open_files(Printing.objects.get(pk=printing.pk)) == []


def test_an_overseer_issues_nothing(village, book, officer):
    with pytest.raises(Refusal) as refused:
        issue_certificates(village, None, officer("overseer"), NOW)
    assert refused.value.code == "not-your-duty"

"""The auditor's pages: who looked, who took lists away, what was changed, whether the record is whole."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from procrastinate.contrib.django.models import ProcrastinateJob

from huiyin.journal.api import Sought, iterate_accesses, list_verifications
from huiyin.journal.models import Entry
from huiyin.people.api import find_account, unlock_account

PHONE = "13900002716"


@pytest.fixture
def auditor(client, sign_in):
    return sign_in(client, "shenji")


@pytest.fixture
def looked(client, sign_in, make_case):
    """A case whose identity somebody opened, for a reason."""
    case = make_case("路灯坏了", name="王秀兰", phone=PHONE)
    sign_in(client, "linxiao").post(f"/console/cases/{case.number}/reveal", {"reason": "核实地址要回电"})
    return case


def _page(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_before_anything_happened_the_lists_say_so(auditor):
    Entry.objects.all().delete()
    assert "还没有人查看过诉求人身份" in _page(auditor, "/console/audit")
    assert "还没有管理操作" in _page(auditor, "/console/audit/running")
    record = _page(auditor, "/console/audit/record")
    assert "还没有核验过" in record
    assert "还没有日根" in record


def test_who_looked_at_whose_case_and_why_is_listed_without_the_number(looked, client, sign_in):
    page = _page(sign_in(client, "shenji"), "/console/audit")
    assert "林晓" in page
    assert looked.number in page
    assert "核实地址要回电" in page
    assert PHONE not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("account=linxiao", True),
        ("account=林晓", True),
        ("account=hemin", False),
        ("account=nobody-at-all", False),
        ("kind=identity", True),
        ("kind=export", False),
        ("q=核实地址", True),
        ("q=别的", False),
        ("since=2000-01-01&until=2001-01-01", False),
        ("since=not-a-day", True),
        ("after=x&before=99999999999999999999999", True),
        ("q=%00", True),
    ],
)
def test_the_list_is_narrowed_by_account_kind_day_and_words(looked, client, sign_in, query, found):
    page = _page(sign_in(client, "shenji"), f"/console/audit?{query}")
    assert ("核实地址要回电" in page) is found
    assert ("没有符合条件的记录" in page) is not found


def test_the_accesses_to_one_case_are_found_by_its_number(looked, client, sign_in, make_case):
    other = make_case("另一件", name="李某", phone="13900002717")
    auditor = sign_in(client, "shenji")
    assert "核实地址要回电" in _page(auditor, f"/console/audit?subject={looked.number}")
    assert "核实地址要回电" not in _page(auditor, f"/console/audit?subject={other.number}")


def test_a_change_of_an_account_is_listed_with_who_made_it(client, sign_in, account_of):
    unlock_account(find_account("hemin").pk, by=account_of("anran"), now=timezone.now())
    auditor = sign_in(client, "shenji")
    page = _page(auditor, "/console/audit/running?account=anran&kind=account")
    assert "解锁账号" in page
    assert "安然" in page
    assert "hemin" in page
    assert "解锁账号</td>" not in _page(auditor, "/console/audit/running?verb=post-given")


def test_an_export_is_what_is_listed_and_is_itself_on_record(looked, client, sign_in):
    auditor = sign_in(client, "shenji")
    sheet = load_workbook(BytesIO(auditor.get("/console/audit/export/accesses?kind=identity").content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[1][4] == "核实地址要回电"
    assert len(rows) == 2
    taken = next(iterate_accesses(Sought(kinds=("export",)), 1))
    assert (taken.subject, taken.account.split()[0]) == ("export:audit-accesses", "沈纪")
    assert "1 行" in taken.reason
    assert "kind=identity" in taken.reason
    assert auditor.get("/console/audit/export/running").status_code == 200
    assert auditor.get("/console/audit/export/everything").status_code == 404


def test_a_worklist_that_is_taken_away_is_on_record_with_its_filter_and_no_number(client, sign_in, make_case):
    make_case("路灯坏了", name="王秀兰", phone=PHONE)
    clerk = sign_in(client, "linxiao")
    assert clerk.get(f"/console/cases/export?tab=all&q={PHONE}").status_code == 200
    taken = next(iterate_accesses(Sought(kinds=("export",)), 1))
    assert taken.subject == "export:worklist"
    assert "139****2716" in taken.reason
    assert PHONE not in taken.reason
    clerk.get("/console/ledger/take?export=list")
    clerk.get("/console/ledger/take?export=sheet")
    subjects = [row.subject for row in iterate_accesses(Sought(kinds=("export",)), 9)]
    assert subjects == ["export:ledger-take", "export:ledger-list", "export:worklist"]


def test_a_verification_is_asked_for_once_and_runs_as_a_job(auditor):
    asked = auditor.post("/console/audit/record/check")
    assert (asked.status_code, asked["Location"]) == (303, "/console/audit/record?done=asked")
    assert ProcrastinateJob.objects.filter(task_name="verify-record").count() == 1
    assert "正在核验" in _page(auditor, "/console/audit/record")
    assert auditor.post("/console/audit/record/check").status_code == 409
    assert list_verifications()[0].asked_by.startswith("沈纪")


def test_the_pages_speak_english(auditor):
    auditor.cookies["huiyin_language"] = "en"
    assert "Audit: looked at, exported" in _page(auditor, "/console/audit")
    assert "How the system is run" in _page(auditor, "/console/audit/running")
    assert "Verify now" in _page(auditor, "/console/audit/record")

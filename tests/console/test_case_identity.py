"""Who may open the identity of a case's person; that it is logged, shown once, and seen by auditors."""

from __future__ import annotations

import pytest

from huiyin.journal.api import list_accesses

PHONE = "13900002716"


@pytest.fixture
def case(make_case):
    return make_case("路灯坏了", title="路灯不亮", name="王秀兰", phone=PHONE)


def _reveal(client, case, reason):
    return client.post(f"/console/cases/{case.number}/reveal", {"reason": reason})


def test_a_reveal_with_a_reason_shows_the_number_once_and_is_logged(client, sign_in, case):
    shown = _reveal(sign_in(client, "linxiao"), case, "核实地址需要回电")
    assert PHONE in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    (access,) = list_accesses(subject=f"person:{case.person_id}")
    assert access.reason == "核实地址需要回电"
    assert PHONE not in client.get(f"/console/cases/{case.number}").content.decode()
    assert PHONE not in client.get(f"/console/cases/{case.number}/reveal").content.decode()


def test_without_a_reason_nothing_is_shown_or_logged(client, sign_in, case):
    refused = _reveal(sign_in(client, "linxiao"), case, "看")
    assert refused.status_code == 409
    assert PHONE not in refused.content.decode()
    assert "至少 4 个字" in refused.content.decode()
    assert list_accesses(subject=f"person:{case.person_id}") == []


def test_an_auditor_sees_who_looked_but_may_not_look(client, sign_in, case, account_of):
    from huiyin.people.models import Post

    _reveal(sign_in(client, "linxiao"), case, "核实地址需要回电")
    auditor = Post.objects.filter(role="auditor").select_related("account").first()
    signed = sign_in(client, auditor.account.login)
    page = signed.get(f"/console/cases/{case.number}").content.decode()
    assert "身份查看记录" in page
    assert "核实地址需要回电" in page
    assert "查看号码" not in page
    refused = _reveal(signed, case, "想看看是谁")
    assert refused.status_code == 403
    assert PHONE not in refused.content.decode()


def test_a_confidential_identity_opens_for_the_reviewer_of_the_centre_alone(client, sign_in, make_case):
    case = make_case("单位欠薪", name="李某", phone=PHONE, identity="confidential")
    for login in ("linxiao", "hemin", "maqing"):
        assert _reveal(sign_in(client, login), case, "核实情况需要").status_code == 403
    assert list_accesses(subject=f"person:{case.person_id}") == []
    assert PHONE in _reveal(sign_in(client, "guoheng"), case, "核实情况需要").content.decode()


def test_an_anonymous_matter_has_nobody_to_open(client, sign_in, make_case):
    case = make_case("占道经营", identity="anonymous")
    page = sign_in(client, "linxiao").get(f"/console/cases/{case.number}").content.decode()
    assert "匿名" in page
    assert _reveal(client, case, "核实情况需要").status_code == 403

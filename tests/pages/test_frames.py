"""The frames around pages."""

from __future__ import annotations

from django.http import HttpRequest
from django.test import RequestFactory

from huiyin.pages.frames import NavGroup, NavItem, Notice
from huiyin.pages.render import render


def ask(**frame: object) -> HttpRequest:
    request = RequestFactory().get("/console/cases?q=水")
    request.frame = frame
    return request


MESSAGE = {
    "frame": "pages/staff.html",
    "heading": "工单",
    "words": "",
    "rule": "",
    "back": "/",
    "typed": [],
    "resend": False,
    "request_id": "",
    "sign_in": "",
}
NAV = [
    NavGroup(
        "",
        (
            NavItem("工单", "/console/cases", "inbox", 1190, current=True),
            NavItem("督办", "/console/papers", "gavel", 0),
        ),
    )
]


def test_the_staffs_frame_shows_the_menu_the_search_and_who_is_signed_in():
    page = render(
        ask(nav=NAV, bell=3, account_name="何敏", account_unit="县政务服务局"), "pages/message.html", MESSAGE
    ).text
    assert '<a href="/console/cases" aria-current="page">' in page
    assert "1,190" in page
    assert 'name="q"' in page
    assert "何敏" in page
    assert 'action="/sign-out" method="post"' in page


def test_the_staff_have_a_menu_on_a_phone():
    page = render(ask(nav=NAV), "pages/message.html", MESSAGE).text
    assert 'href="#nav"' in page
    assert 'id="nav"' in page


def test_without_an_account_there_is_no_menu_to_show():
    page = render(ask(), "pages/message.html", MESSAGE).text
    assert 'href="#nav"' not in page
    assert "/sign-out" not in page


def test_notices_stand_at_the_top():
    page = render(
        ask(), "pages/message.html", {**MESSAGE, "notices": [Notice("green", "已派单 <3> 件")]}
    ).text
    assert "notice-green" in page
    assert "已派单 &lt;3&gt; 件" in page


def test_the_switches_lead_back_to_this_very_page():
    page = render(ask(), "pages/message.html", MESSAGE).text
    assert "/language/en?next=/console/cases%3Fq%3D" in page


def test_citizens_always_see_the_number_to_call(client):
    page = client.get("/hello").text
    assert 'href="tel:12345"' in page
    assert "大字版" in page

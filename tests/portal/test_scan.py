"""Scan to order: the page of a place, its code and poster."""

from __future__ import annotations

from huiyin.people.api import find_place
from huiyin.register.api import list_frequent_matters

from .conftest import open_matter


def test_the_page_of_a_place_offers_every_frequent_matter_in_groups(client):
    page = client.get("/p/hc0003").content.decode()
    assert "石门镇便民服务中心" in page
    assert page.count("?matter=") == len(list_frequent_matters()) == 44
    assert page.count("<details") > 5
    assert "&amp;place=HC0003" in page


def test_an_order_needs_no_words_and_runs_scan_to_order_at_that_place(client, fill):
    matter = next(one for one in list_frequent_matters() if one.title == "路灯不亮")
    page = client.get(f"/report?place=HC0003&matter={matter.pk}").content.decode()
    assert "石门镇便民服务中心" in page
    assert 'name="kind"' not in page
    form = fill(kind="", words="", place="HC0003", matter=str(matter.pk), where="大门右边")
    case = open_matter(client.post("/report", form)).case
    assert (case.process, case.channel_id, case.title) == ("scan", "scan", "路灯不亮")
    assert case.category_id == matter.category_id
    spot = find_place("HC0003")
    assert (case.spot_id, case.area_id, case.place) == (spot.pk, spot.area_id, f"{spot.title} 大门右边")


def test_a_dangerous_order_is_urgent(client, fill):
    matter = next(one for one in list_frequent_matters() if one.title == "燃气泄漏")
    case = open_matter(client.post("/report", fill(words="", place="HC0003", matter=str(matter.pk)))).case
    assert case.grade == "urgent"


def test_an_order_is_taken_done_and_rated_by_the_people(client, fill):
    matter = next(one for one in list_frequent_matters() if one.title == "停水了")
    order = open_matter(client.post("/report", fill(words="", place="HC0003", matter=str(matter.pk))))
    from huiyin.people.api import find_unit

    lead = find_unit("water").pk
    order.go("dispatch", "hemin", lead=lead).go("sign", "tanxue").go("answer", "tanxue", reply="来水了")
    page = client.get(order.path).content.decode()
    assert "办好了，请您评单" in page
    client.post(f"{order.path}/moves/evaluate", {"client_key": "", "solved": "yes", "satisfied": "4"})
    assert order.case.stage == "closed"


def test_the_code_and_the_poster_carry_the_whole_address(client, settings):
    settings.PUBLIC_ADDRESS = "https://huiyin.example"
    svg = client.get("/p/HC0003/code.svg")
    assert svg.headers["Content-Type"] == "image/svg+xml"
    assert svg.content.startswith(b"<?xml")
    poster = client.get("/p/HC0003/poster").content.decode()
    assert "https://huiyin.example/p/HC0003" in poster
    assert "群众点单" in poster


def test_an_unknown_code_is_a_page_with_a_way_out(client):
    for path in ("/p/XX99", "/p/%00", "/p/XX99/code.svg", "/p/XX99/poster"):
        response = client.get(path)
        assert response.status_code == 404
    assert "12345" in client.get("/p/XX99").content.decode()


def test_the_same_matters_are_there_for_whoever_scanned_nothing(client):
    assert client.get("/matters").content.decode().count("?matter=") == 44

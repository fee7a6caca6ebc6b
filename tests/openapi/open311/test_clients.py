"""Clients that others wrote speak to the endpoint as they are.

`georeport` runs as it stands. `three` was written for Python 2: it asks `itertools` for a name that Python 3
has dropped, so that name is put back; its own code is not touched. Its XML needs Python 2's dictionaries too.
"""

from __future__ import annotations

import itertools
import sys
import warnings
from datetime import date, timedelta

import pytest
from georeport import GeoReport

from huiyin.cases.api import Case


@pytest.fixture
def endpoint(open_desk, live_server):
    """The address of a running product with one matter in it; the desk knows its number."""
    open_desk.now = open_desk.now.now(open_desk.now.tzinfo)
    open_desk.number = open_desk.open(channel="open311", category_id=open_desk.categories["010101"])
    return f"{live_server.url}/open311/v2"


@pytest.fixture
def three(monkeypatch):
    """The client for Python 2, with the one name that it misses."""
    monkeypatch.setattr(itertools, "ifilter", filter, raising=False)
    with warnings.catch_warnings(action="ignore"):  # of its escapes, which Python 3 calls invalid
        import three
    yield three
    for name in [name for name in sys.modules if name.split(".")[0] == "three"]:
        del sys.modules[name]


@pytest.mark.parametrize("form", ["json", "xml"])
def test_georeport_reads_services_and_requests(endpoint, open_desk, form):
    city = GeoReport(endpoint, jurisdiction="hechuan", output_format=form)
    services = city.get_service_list()
    assert "010101" in [service["service_code"] for service in services]
    assert city.get_service_definition("010101")["service_code"] == "010101"
    found = city.get_service_requests(status="open", service_code="010101")
    row = found if isinstance(found, dict) else found[0]
    assert row["service_request_id"] == open_desk.number
    assert city.get_service_request(open_desk.number)["status"] == "open"


def test_three_reads_and_reports(endpoint, open_desk, three):
    city = three.Three(endpoint, jurisdiction="hechuan")
    assert city.discovery()["endpoints"][0]["url"].endswith("/open311/v2")
    assert "010101" in [service["service_code"] for service in city.services()]
    assert city.services("010101")["service_code"] == "010101"
    [told] = city.post("010101", name="甲 某", phone="13900001234", address="锦绣小区", description="停水了")
    number = told["service_request_id"]
    assert Case.objects.get(number=number).text.words == "停水了"
    start, end = date.today() - timedelta(days=1), date.today() + timedelta(days=2)  # noqa: DTZ011
    found = city.requests("010101", between=[start, end], count=1)
    assert [row["service_request_id"] for row in found] == [number]
    assert city.request(open_desk.number)[0]["service_code"] == "010101"
    secret = told["service_notice"].rpartition("/")[2]
    assert city.token(secret)[0]["service_request_id"] == number

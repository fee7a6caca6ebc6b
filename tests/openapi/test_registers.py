"""What other systems fill a case in with."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["categories", "units", "processes", "channels", "areas"])
def test_a_register_is_read_whole_and_only_when_it_has_changed(intake, name):
    first = intake.get(f"/{name}")
    assert (first.status_code, list(first.json())) == (200, [name])
    assert first.json()[name]
    assert intake.get(f"/{name}", **{"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_what_a_register_lists_is_taken_in_a_case(intake):
    rows = {
        name: intake.get(f"/{name}").json()[name] for name in ("categories", "channels", "areas", "processes")
    }
    process = next(row for row in rows["processes"] if row["key"] == "hotline")
    opened = intake.open(
        category=rows["categories"][-1]["code"],
        channel=rows["channels"][0]["key"],
        area=rows["areas"][-1]["code"],
        grade=next(iter(process["grades"])),
    )
    assert opened.status_code == 201


def test_the_page_tells_every_operation_in_both_languages(client):
    zh = client.get("/api/v1/").content.decode()
    client.cookies["huiyin_language"] = "en"
    en = client.get("/api/v1/").content.decode()
    for path in ("/cases/{number}/moves", "/track/{number}/rating", "/areas"):
        assert path in zh
        assert path in en
    assert "登记诉求" in zh
    assert "Open a case" in en
    assert "登记诉求" not in en


def test_the_document_is_not_sent_again_unchanged(client):
    first = client.get("/api/v1/openapi.json")
    assert first.json()["openapi"] == "3.1.0"
    again = client.get("/api/v1/openapi.json", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304

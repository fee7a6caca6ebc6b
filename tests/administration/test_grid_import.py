"""An administrator takes in a map: it is checked, shown, and written whole or dropped."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from huiyin.app.demo.county.grid import install_grid
from huiyin.app.demo.county.loader import PASSWORD
from huiyin.grid.api import write_collection
from huiyin.grid.models import Holder, Shape
from huiyin.people.api import SESSION_COOKIE, sign_in


@pytest.fixture
def admin(county, client):
    install_grid()
    client.cookies[SESSION_COOKIE] = sign_in("guanxu", PASSWORD, timezone.now()).token
    return client


def _upload(client, features, datum="WGS-84"):
    content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    file = SimpleUploadedFile("cells.geojson", content)
    return client.post("/console/grid/import", {"file": file, "datum": datum})


def _features():
    return json.loads(write_collection(timezone.localdate()))["features"]


def test_a_good_map_is_shown_then_written(admin):
    features = _features()[:3]
    code = features[0]["properties"]["code"]
    features[0]["properties"]["households"] = 321
    shown = _upload(admin, features)
    assert shown.status_code == 303
    page = admin.get(shown["Location"]).content.decode()
    assert "修改 1" in page
    assert Shape.objects.get(area__code=code).households != 321
    done = admin.post(shown["Location"])
    assert done.status_code == 303
    assert "已全部写入" in admin.get(done["Location"]).content.decode()
    assert Shape.objects.get(area__code=code).households == 321
    assert admin.get(shown["Location"]).status_code == 404


def test_a_map_with_faults_lists_them_and_cannot_be_confirmed(admin):
    features = _features()[:2]
    features[1]["properties"]["code"] = "nowhere"
    shown = _upload(admin, features)
    page = admin.get(shown["Location"]).content.decode()
    assert "nowhere" in page
    assert "确认写入" not in page
    assert admin.post(shown["Location"]).status_code == 409


def test_an_upload_may_be_dropped(admin):
    shown = _upload(admin, _features()[:1])
    assert admin.post(shown["Location"], {"act": "drop"}).status_code == 303
    assert admin.get(shown["Location"]).status_code == 404


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"{}", b"PK\x03\x04"])
def test_what_is_no_geojson_is_told_beside_the_field(admin, content):
    file = SimpleUploadedFile("x.geojson", content)
    answer = admin.post("/console/grid/import", {"file": file, "datum": "WGS-84"})
    assert answer.status_code == 409
    assert "GeoJSON" in answer.content.decode()


def test_without_a_file_and_with_another_datum_nothing_happens(admin):
    assert admin.post("/console/grid/import", {"datum": "WGS-84"}).status_code == 409
    assert _upload(admin, _features()[:1], "BD-09").status_code == 409


def test_the_lists_of_holders_landmarks_and_cells_open_and_take_a_new_entry(admin):
    for part in ("cells", "holders", "landmarks"):
        assert admin.get(f"/console/setup/{part}").status_code == 200
        assert admin.get(f"/console/setup/{part}/download").status_code == 200
    new = {
        "cell": "999001001001001",
        "rank": "2",
        "name": "郑春梅",
        "phone": "19900005678",
        "since": "2026-01-01",
    }
    assert admin.post("/console/setup/holders/new", new).status_code == 303
    holder = Holder.objects.get(name="郑春梅", rank=2)
    page = admin.get(f"/console/setup/holders/entry/{holder.pk}").content.decode()
    assert "199****5678" in page
    assert "19900005678" not in page
    changed = admin.post("/console/setup/cells/entry/999001001001001", {"households": "77", "people": "200"})
    assert changed.status_code == 303
    assert Shape.objects.get(area__code="999001001001001").households == 77
    wrong = admin.post("/console/setup/landmarks/new", {"name": "三棵树", "kind": "alias"})
    assert wrong.status_code in {409, 422}


def test_others_do_not_reach_the_import(admin, client):
    client.cookies[SESSION_COOKIE] = sign_in("hemin", PASSWORD, timezone.now()).token
    assert client.get("/console/grid/import").status_code == 403

"""A confidential matter: the unit that handles it never learns source, voice or phone, by page or list."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook

from huiyin.cases.api import Case, Kept, path_of, record_files
from huiyin.register.models import Category

PHONE, NAME = "13900002716", "王秀兰"


@pytest.fixture
def case(make_case, move, unit_of, now, settings, tmp_path):
    """A confidential matter with a voice and a picture, at the water company."""
    settings.MEDIA_ROOT = tmp_path
    made = make_case(
        "水务公司乱收费", name=NAME, phone=PHONE, identity="confidential", channel="board", title="乱收水费"
    )
    for content, name, kind in ((b"v", "voice.mp3", "audio/mpeg"), (b"p", "bill.jpg", "image/jpeg")):
        sha256 = name[0] * 64
        path_of(sha256).parent.mkdir(parents=True, exist_ok=True)
        path_of(sha256).write_bytes(content)
        record_files(made.pk, [Kept(sha256, name, kind, 1)], "诉求人", now, public=True)
    return move(
        made, "dispatch", "hemin", lead=unit_of("water").pk, category=Category.objects.get(code="010106").pk
    )


def _file(case, name):
    return f"/console/files/{case.attachments.get(name=name).pk}"


def _open(client, address):
    response = client.get(address)
    if response.streaming:
        assert b"".join(response.streaming_content)  # read to its end, it closes its file
    return response.status_code


def test_the_handling_unit_sees_neither_source_nor_name_nor_phone_nor_voice(client, sign_in, case):
    handler = sign_in(client, "tanxue")
    channel = Case.objects.select_related("channel").get(pk=case.pk).channel.name
    for page in ("", "/record"):
        shown = handler.get(f"/console/cases/{case.number}{page}").content.decode()
        assert "乱收水费" in shown
        for secret in (NAME, "王*", PHONE, "139****2716", "voice.mp3", channel, "林晓"):
            assert secret not in shown, (page, secret)
    assert _open(handler, _file(case, "voice.mp3")) == 404
    assert _open(handler, _file(case, "bill.jpg")) == 200
    assert handler.get(f"/console/cases/{case.number}/reveal").status_code == 403


def test_the_centre_hears_the_voice_and_knows_the_source(client, sign_in, case):
    clerk = sign_in(client, "linxiao")
    assert _open(clerk, _file(case, "voice.mp3")) == 200
    shown = clerk.get(f"/console/cases/{case.number}").content.decode()
    assert case.channel.name in shown
    assert "139****2716" not in shown


def test_a_unit_cannot_try_out_who_it_was_by_searching_a_phone(client, sign_in, case):
    address = f"/console/cases?tab=all&q={PHONE}"
    assert case.number not in sign_in(client, "tanxue").get(address).content.decode()
    assert case.number in sign_in(client, "linxiao").get(address).content.decode()


def test_a_unit_cannot_narrow_down_by_which_door_it_came(client, sign_in, case):
    address = f"/console/cases?tab=all&channel={case.channel_id}"
    assert case.number not in sign_in(client, "tanxue").get(address).content.decode()
    assert case.number in sign_in(client, "linxiao").get(address).content.decode()


@pytest.mark.parametrize(("login", "knows"), [("tanxue", False), ("linxiao", True)])
def test_a_spreadsheet_tells_no_more_than_the_page(client, sign_in, case, login, knows):
    someone = sign_in(client, login)
    someone.cookies["huiyin_columns"] = "channel.place"
    sheet = load_workbook(BytesIO(someone.get("/console/cases/export?tab=all").content)).active
    rows = {row[-1]: row for row in sheet.iter_rows(values_only=True)}
    assert (case.channel.name in rows[case.number]) is knows
    assert not any(secret in str(rows) for secret in (NAME, PHONE, "139****2716"))

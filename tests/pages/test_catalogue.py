"""The English of the pages' own texts."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext

from huiyin.pages import catalogue


def test_every_text_of_the_frames_and_macros_has_its_english():
    ours = {
        message.id
        for message in catalogue.extract()
        if any("huiyin/pages/" in place for place, _line in message.locations) and message.id
    }
    assert len(ours) > 50
    assert ours & set(catalogue.find_missing()) == set()


def test_python_code_finds_the_english():
    with translation.override("en"):
        assert gettext("没有找到这一页") == "Page not found"
    with translation.override("zh-hans"):
        assert gettext("没有找到这一页") == "没有找到这一页"


def test_an_update_of_an_unchanged_source_changes_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(catalogue, "PO", tmp_path / "django.po")
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path)
    catalogue.update()
    first = catalogue.PO.read_bytes()
    catalogue.update()
    assert catalogue.PO.read_bytes() == first

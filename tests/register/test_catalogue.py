"""Categories, channels, frequent matters, lawful ways, replies."""

from __future__ import annotations

import pytest

from huiyin.kernel.refusals import Refusal
from huiyin.register import api
from huiyin.register.models import Channel, FrequentMatter, ReplyTemplate


def test_categories_are_listed_by_level_and_parent(county):
    assert api.list_categories(level=1) == [county.roads]
    assert api.list_categories(parent_id=county.country.pk) == [county.lane, county.bridge]
    assert api.list_category_path(county.lane.pk) == [county.roads, county.country, county.lane]
    assert api.list_category_path(0) == []
    assert api.find_category("040302") == api.get_category(county.lane.pk) == county.lane
    assert api.map_categories([county.lane.pk, 0]) == {county.lane.pk: county.lane}


def test_what_a_text_speaks_of_suggests_its_category(county):
    assert api.suggest_categories("村里的村路塌了，桥面还好") == [county.lane, county.bridge]
    assert api.suggest_categories("别的事") == []
    assert len(api.suggest_categories("村路 桥面", limit=1)) == 1


def test_every_county_has_the_twelve_channels_and_the_six_lawful_ways(db):
    api.install_defaults()
    assert {channel.key for channel in api.list_channels()} == {
        "hotline",
        "enterprise-line",
        "portal",
        "scan",
        "board",
        "window",
        "stuck-desk",
        "steward",
        "visit",
        "ten-thousand",
        "open311",
        "onekey",
    }
    assert [way.key for way in api.list_lawful_ways()] == [
        "litigation",
        "arbitration",
        "discipline",
        "administrative-review",
        "information-disclosure",
        "petition",
    ]
    for way in api.list_lawful_ways():
        assert all((way.title, way.title_en, way.words, way.words_en, way.basis))


def test_what_a_county_has_renamed_is_not_named_back(db):
    api.install_defaults()
    Channel.objects.filter(key="hotline").update(name="禾川 12345")
    api.install_defaults()
    assert api.Channel.objects.get(key="hotline").name == "禾川 12345"


def test_frequent_matters_lead_to_their_categories(county):
    bridge = FrequentMatter.objects.create(title="桥坏了", category=county.bridge, sort=2)
    lane = FrequentMatter.objects.create(title="路坏了", category=county.lane, sort=1)
    assert api.list_frequent_matters() == [lane, bridge]
    assert api.get_frequent_matter(lane.pk).category == county.lane


def test_templates_of_the_category_come_before_those_for_all(county):
    plain = ReplyTemplate.objects.create(title="通用", words="…")
    roads = ReplyTemplate.objects.create(title="道路", words="…", category=county.roads)
    assert api.list_reply_templates(county.lane.pk) == [roads, plain]
    assert api.list_reply_templates() == [plain]


@pytest.mark.parametrize("missing", ["category", "frequent_matter", "lawful_way"])
def test_what_is_not_there_is_refused_as_not_found(db, missing):
    get = getattr(api, f"get_{missing}")
    with pytest.raises(Refusal, match="not-found"):
        get("nothing" if missing == "lawful_way" else 0)


@pytest.mark.parametrize("key", ["nothing", "", "board\0"])
def test_a_channel_that_is_not_there_is_refused(db, key):
    with pytest.raises(Refusal, match="channel-not-found"):
        api.check_channel(key)

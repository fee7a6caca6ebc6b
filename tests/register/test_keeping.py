"""Adding, changing and closing what the register lists: categories, channels, matters, replies, ways."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from huiyin.journal.api import list_entries
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.register import api

WEB = api.ChannelCard("wechat", "微信", "online", "WeChat")
WAY = api.WayCard("notary", "公证", "请到公证处办理。", "公证法 第2条")
KINDS = {
    "channel": (WEB, api.CHANNEL_KEEPER.add, api.CHANNEL_KEEPER.change, "name"),
    "lawful-way": (WAY, api.WAY_KEEPER.add, api.WAY_KEEPER.change, "title"),
}


@pytest.fixture(params=KINDS, ids=str)
def kind(request):
    return (request.param, *KINDS[request.param])


def test_an_entry_is_added_once_changed_and_closed_and_all_of_it_is_on_record(county, now, kind):
    name, card, add, change, title = kind
    add(card, by=None, now=now)
    with pytest.raises(Refusal, match="key-taken"):
        add(card, by=None, now=now)
    change(card, by=None, now=now)
    change(replace(card, **{title: "改了名"}), by=None, now=now)
    change(replace(card, **{title: "改了名"}, active=False), by=None, now=now)
    entries = list_entries(f"{name}:{card.key}")
    assert [entry.verb.rpartition("-")[2] for entry in entries] == ["added", "changed", "changed"]
    assert entries[1].body["changes"] == {title: [getattr(card, title), "改了名"]}
    assert entries[2].body["changes"] == {"active": [True, False]}


def test_an_entry_without_words_or_with_a_bad_key_is_refused(county, now, kind):
    _name, card, add, change, title = kind
    for wrong, code in (({title: ""}, "words-needed"), ({"key": "微信"}, "bad-key")):
        with pytest.raises(Refusal, match=code):
            add(replace(card, **wrong), by=None, now=now)
    with pytest.raises(Refusal, match="entry-not-found"):
        change(card, by=None, now=now)


def test_a_channel_is_of_a_known_kind(county, now):
    with pytest.raises(Refusal, match="kind-unknown"):
        api.CHANNEL_KEEPER.add(replace(WEB, kind="pigeon"), by=None, now=now)


def test_a_category_grows_below_its_parent_to_the_third_level(county, now):
    card = api.CategoryCard("0405", "桥梁", "04", keywords=("桥", "桥面"))
    bridge = api.CATEGORY_KEEPER.add(card, by=None, now=now)
    bridge.refresh_from_db()
    assert (bridge.level, bridge.path) == (2, f"{county.roads.pk}/{bridge.pk}/")
    api.CATEGORY_KEEPER.add(replace(card, code="040501", parent="0405"), by=None, now=now)
    with pytest.raises(Refusal, match="too-deep"):
        api.CATEGORY_KEEPER.add(replace(card, code="04050101", parent="040501"), by=None, now=now)
    with pytest.raises(Refusal, match="parent-not-found"):
        api.CATEGORY_KEEPER.add(replace(card, code="0501", parent="05"), by=None, now=now)
    codes = [one.code for one in api.CATEGORY_KEEPER.list_cards()]
    assert codes.index("0405") < codes.index("040501")


def test_a_category_changes_its_words_but_not_its_place(county, now):
    card = next(one for one in api.CATEGORY_KEEPER.list_cards() if one.code == "040302")
    api.CATEGORY_KEEPER.change(replace(card, keywords=("村道", "水泥路"), grade="urgent"), by=None, now=now)
    assert api.suggest_categories("门口水泥路坏了")[0].code == "040302"
    with pytest.raises(Refusal, match="category-moved"):
        api.CATEGORY_KEEPER.change(replace(card, parent="04"), by=None, now=now)
    with pytest.raises(Refusal, match="grade-unknown"):
        api.CATEGORY_KEEPER.change(replace(card, grade="hurry"), by=None, now=now)


def test_a_category_in_use_is_not_closed(county, now):
    cards = {one.code: one for one in api.CATEGORY_KEEPER.list_cards()}
    with pytest.raises(Refusal, match="category-in-use"):
        api.CATEGORY_KEEPER.change(replace(cards["0403"], active=False), by=None, now=now)
    api.MATTER_KEEPER.add(api.MatterCard(None, "村路坏了", "040302"), by=None, now=now)
    with pytest.raises(Refusal, match="category-in-use"):
        api.CATEGORY_KEEPER.change(replace(cards["040302"], active=False), by=None, now=now)
    api.CATEGORY_KEEPER.change(replace(cards["040304"], active=False), by=None, now=now)
    assert api.find_category("040304") is None


def test_a_frequent_matter_is_added_renamed_and_closed(county, now):
    matter = api.MATTER_KEEPER.add(api.MatterCard(None, "村路坏了", "040302"), by=None, now=now)
    (card,) = api.MATTER_KEEPER.list_cards()
    api.MATTER_KEEPER.change(replace(card, title="村道坏了"), by=None, now=now)
    api.MATTER_KEEPER.change(replace(card, title="村道坏了", active=False), by=None, now=now)
    assert api.list_frequent_matters() == []
    assert len(list_entries(f"matter:{matter.pk}")) == 3
    for wrong, code in (
        ({"title": ""}, "words-needed"),
        ({"title": "村道坏了"}, "key-taken"),
        ({"category": "99"}, "category-not-found"),
    ):
        with pytest.raises(Refusal, match=code):
            api.MATTER_KEEPER.add(replace(api.MatterCard(None, "别的", "040302"), **wrong), by=None, now=now)
    with pytest.raises(Refusal, match="entry-not-found"):
        api.MATTER_KEEPER.change(replace(card, id=0), by=None, now=now)


def test_a_reply_template_is_added_changed_and_closed(county, now):
    reply = api.REPLY_KEEPER.add(api.ReplyCard(None, "已修好", "已经修好。", "04"), by=None, now=now)
    (card,) = api.REPLY_KEEPER.list_cards()
    api.REPLY_KEEPER.change(replace(card, words="修好了。", category=""), by=None, now=now)
    assert api.list_reply_templates() == [reply]
    api.REPLY_KEEPER.change(replace(card, active=False), by=None, now=now)
    assert api.list_reply_templates(county.lane.pk) == []
    for wrong, code in (
        ({"words": ""}, "words-needed"),
        ({"title": "已修好"}, "key-taken"),
        ({"category": "99"}, "category-not-found"),
    ):
        with pytest.raises(Refusal, match=code):
            api.REPLY_KEEPER.add(replace(api.ReplyCard(None, "别的", "话"), **wrong), by=None, now=now)
    with pytest.raises(Refusal, match="entry-not-found"):
        api.REPLY_KEEPER.change(replace(card, id=0), by=None, now=now)


def test_many_days_are_one_change_of_the_calendar(county, now):
    days = [
        api.DaySetting(date(2027, 2, day), works=False, name=Words("春节"), source="国办发明电〔2026〕1号")
        for day in (8, 9, 10)
    ]
    api.set_days(days, by=None, now=now)
    api.set_days([], by=None, now=now)
    verbs = [entry.verb for entry in list_entries("register")]
    assert verbs == ["day-set", "day-set", "day-set", "calendar-changed"]
    assert [day.on for day in api.list_all_days()] == [day.on for day in days]
    api.set_day(replace(days[0], works=True), by=None, now=now)
    again = list_entries("register")[4]
    assert again.body["before"] == {"works": False, "name": "春节", "source": "国办发明电〔2026〕1号"}


def test_a_limit_that_is_cleared_tells_what_it_was(county, now):
    key = ("hotline", "handle", "ordinary")
    api.set_limit(key, "5wd", "县政办", by=None, now=now)
    api.clear_limit(key, by=None, now=now)
    assert [entry.body["before"] for entry in list_entries("register")] == [None, "5wd"]

"""Process files are read whole or refused with words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.process.api import LARGEST, Misshapen, read_process, shipped_texts

HOTLINE = shipped_texts()["hotline.1.toml"]


def test_a_process_file_is_read_whole(small):
    process = read_process(small)
    assert (process.key, process.version, process.title.en) == ("small", 1, "Small")
    assert [step.key for step in process.steps] == ["accept", "answer"]
    assert process.main_clock is process.clocks["handle"]
    assert process.main_clock.warn == (500, 800)
    assert str(process.main_clock.limit_for("ordinary")) == "5wd"
    assert process.first_grade == "ordinary"


def test_what_a_file_leaves_out_has_its_default(small):
    process = read_process(small)
    assert (process.rounds, process.calls, process.number) == (3, 2, "HC")
    assert process.stages["received"].plain == process.stages["received"].title
    assert process.stages["received"].kind == "open"


def test_an_exclamation_mark_makes_an_input_required(small):
    asks = read_process(small).moves["submit"].asks
    assert [(ask.key, ask.required) for ask in asks] == [("reply", True), ("note", False)]


def test_a_star_stands_for_every_stage_that_is_not_closed(spoil):
    process = read_process(spoil('from = ["received"]', 'from = ["*"]'))
    assert process.moves["submit"].sources == ("received", "checked")


def test_other_stands_for_every_grade_without_a_limit_of_its_own(spoil):
    process = read_process(spoil('{ ordinary = "5wd" }', '{ other = "3wd" }'))
    assert str(process.clocks["handle"].limit_for("ordinary")) == "3wd"


SHAPES = [
    ("version = 1", "version = 0", "version"),
    ("version = 1", "version = true", "version"),
    ("version = 1", 'version = "1"', "version"),
    ('key = "small"', 'key = "Small"', "Small"),
    ('key = "small"', 'key = "small one"', "small one"),
    ('key = "checked"', 'key = "待审"', "待审"),
    ('key = "checked"', 'key = "received"', "received"),
    ("[move.submit]", "[move.Submit]", "Submit"),
    ("[move.submit]", '[move."sub mit"]', "sub mit"),
    ("[move.submit]", "[move.sub_mit-now]", "sub_mit-now"),
    ('start = "received"', 'starts = "received"', "start"),
    ('opens = ["intake"]', 'opens = "intake"', "opens"),
    ('opens = ["intake"]', 'opens = ["intake"]\nround = 2', "round"),
    ('opens = ["intake"]', 'opens = ["intake"]\nnumber = "hc"', "number"),
    ('opens = ["intake"]', 'opens = ["intake"]\nrounds = 0', "rounds"),
    ('from = ["received"]', 'from = "received"', "from"),
    ('from = ["received"]', "from = [1]", "from"),
    ('from = ["received"]', 'form = ["received"]', "from"),
    ('asks = ["reply!", "note"]', 'asks = ["reply!", "reply"]', "reply"),
    ('asks = ["reply!", "note"]', 'ask = ["reply!"]', "asks"),
    ('does = ["ask"]', 'does = ["ask", "ask"]', "ask"),
    ('kind = "review"', 'knid = "review"', "kind"),
    ('{ zh = "待审", en = "In review" }', '{ zh = "待审", eng = "In review" }', "eng"),
    ('{ zh = "待审", en = "In review" }', '{ en = "In review" }', "zh"),
    ('{ zh = "待审", en = "In review" }', '"  "', "title"),
    ('{ zh = "待审", en = "In review" }', '"a\\u0000b"', "title"),
    ('{ ordinary = "5wd" }', '{ ordinary = "5 weeks" }', "5 weeks"),
    ('{ ordinary = "5wd" }', "{ ordinary = 5 }", "ordinary"),
    ("main = true", "main = 1", "main"),
    ("main = true", "main = true\nstop = []", "stops"),
    ("[0.8, 0.5]", "[80]", "warn"),
    ("[0.8, 0.5]", "[nan]", "warn"),
    ("[grade]", "[grades]", "grade"),
    ("[clock.handle]", "[other]\nx = 1\n[clock.handle]", "other"),
]


@pytest.mark.parametrize(("old", "new", "named"), SHAPES)
def test_a_slip_is_refused_with_words_that_name_it(spoil, old, new, named):
    with pytest.raises(Misshapen) as caught:
        read_process(spoil(old, new))
    assert named in caught.value.words.zh
    assert named in caught.value.words.en
    assert str(caught.value) == caught.value.words.zh


def test_a_mistyped_key_is_answered_with_the_likely_one(spoil):
    with pytest.raises(Misshapen, match="是不是“needs”"):
        read_process(spoil('needs = ["second-person"]', 'neds = ["second-person"]'))


def test_stages_that_differ_by_their_joints_alone_are_refused(small):
    text = small.replace('"checked"', '"to-check"').replace('"closed"\nstep', '"to_check"\nstep')
    with pytest.raises(Misshapen, match="to_check"):
        read_process(text)


def test_text_that_is_not_toml_is_refused():
    with pytest.raises(Misshapen, match="不是 TOML"):
        read_process("一收二分")


def test_a_list_nested_too_deep_is_refused():
    with pytest.raises(Misshapen, match="不是 TOML"):
        read_process("a = " + "[" * 50_000)


def test_a_number_too_long_to_read_is_refused():
    with pytest.raises(Misshapen, match="不是 TOML"):
        read_process("a = " + "9" * 50_000)


def test_a_huge_file_is_refused_unread(small):
    with pytest.raises(Misshapen, match="200 kB"):
        read_process(small + "#" * LARGEST)


def reads_or_refuses(text: str) -> None:
    try:
        process = read_process(text)
    except Misshapen as error:
        told = error.words.tell("zh") and error.words.en
    else:
        told = process.title.zh
    assert told


@given(st.text(max_size=400))
def test_any_text_is_read_or_refused(text):
    reads_or_refuses(text)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(HOTLINE)), st.integers(0, 40), st.text(max_size=6))
def test_a_shipped_file_that_was_damaged_anywhere_is_read_or_refused(at, cut, put):
    reads_or_refuses(HOTLINE[:at] + put + HOTLINE[at + cut :])


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 500) | st.floats() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["zh", "en", "key", "a"]), inner)
    ),
    max_leaves=4,
)


def as_toml(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {as_toml(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(as_toml, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    signs = "".join(f"\\U{ord(sign):08x}" for sign in str(value or ""))
    return f'"{signs}"'


@settings(max_examples=100, deadline=None)
@given(line=st.integers(0, HOTLINE.count("\n")), value=VALUES)
def test_a_value_of_the_wrong_shape_anywhere_is_read_or_refused(line, value):
    lines = HOTLINE.split("\n")
    name, equals, _ = lines[line].partition(" = ")
    lines[line] = f"{name} = {as_toml(value)}" if equals else lines[line]
    reads_or_refuses("\n".join(lines))

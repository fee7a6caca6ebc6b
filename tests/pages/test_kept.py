"""What is drawn once for each content never grows stale, and never takes more room than it may."""

from __future__ import annotations

from django.utils.translation import override
from markupsafe import Markup

from huiyin.kernel.words import Words
from huiyin.pages.kept import Parts

ONCE = "{% call once('test-part', one, two) %}{{ one | tell }}/{{ two }}/{{ _('取消') }}{% endcall %}"


def test_equal_content_is_drawn_once_and_other_content_anew():
    drawn, parts = [], Parts(4)

    def draw(text):
        return lambda: drawn.append(text) or Markup("<b>{}</b>").format(text)

    assert [parts.get((key,), draw(key)) for key in ("a", "b", "a")] == [
        "<b>a</b>",
        "<b>b</b>",
        "<b>a</b>",
    ]
    assert drawn == ["a", "b"]


def test_what_was_asked_for_longest_ago_makes_room():
    parts = Parts(2)
    for key in ("a", "b", "a", "c"):
        parts.get(key, lambda: Markup("old"))
    assert parts.get("a", lambda: Markup("anew")) == "old"
    assert parts.get("b", lambda: Markup("anew")) == "anew"


def test_a_part_follows_its_content_and_the_language_and_is_escaped(draw):
    words = Words("<水>", "<water>")
    first = draw(ONCE, one=words, two=1)
    assert first == draw(ONCE, one=Words("<水>", "<water>"), two=1) == "&lt;水&gt;/1/取消"
    assert draw(ONCE, one=words, two=2) == "&lt;水&gt;/2/取消"
    with override("en"):
        assert draw(ONCE, one=words, two=1) == "&lt;water&gt;/1/Cancel"


def test_texts_take_their_parts_escaped(draw):
    assert draw("{{ _('删除视图“%(name)s”？', name=name) }}", name="<b>%") == "删除视图“&lt;b&gt;%”？"

"""Form fields."""

from __future__ import annotations

import pytest
from django import forms

FIELDS = '{% import "pages/fields.html" as f with context %}'
EVIL = '"><script>x</script>'


@pytest.mark.parametrize("macro", ["text", "area", "phone", "day_field"])
def test_a_field_is_tied_to_its_label_hint_and_error(draw, macro):
    drawn = draw(
        FIELDS + f"{{{{ f.{macro}('place', '地点', '', hint='写到楼号', error='请写地点', required=true) }}}}"
    )
    assert 'for="id_place"' in drawn
    assert 'aria-describedby="id_place-hint id_place-error"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert " required" in drawn
    assert "（选填）" not in drawn


def test_an_optional_field_says_so(draw):
    assert "（选填）" in draw(FIELDS + "{{ f.text('a', '地点') }}")


def test_every_field_escapes_what_it_is_given(draw):
    calls = """
    {{ f.text('a', e, e, e, e, attrs={'data-x': e}) }}{{ f.area('a', e, e, e, e) }}
    {{ f.tick('a', e, false, e, e) }}
    {{ f.choice('a', e, [(e, e), (e, [(e, e)])], e, e, e) }}{{ f.tiles('a', e, [(e, e, '', e)], e, e, e) }}
    {{ f.segments('a', e, [(e, e)]) }}{{ f.radios('a', e, [(e, e, e)]) }}{{ f.file_field('a', e, e, e) }}
    {{ f.filter_choice('a', e, [(e, e)]) }}{{ f.error_summary({'a': e, '': e}) }}
    """
    drawn = draw(FIELDS + calls, e=EVIL)
    assert "<script" not in drawn
    assert drawn.count("&#34;&gt;&lt;script&gt;") == drawn.count("script&gt;") // 2


def test_a_choice_keeps_what_was_chosen_and_groups_its_options(draw):
    drawn = draw(
        FIELDS + "{{ f.choice('a', '类别', [('', '全部'), ('水', [(3, '供水'), (4, '停水')])], '4') }}"
    )
    assert '<optgroup label="水">' in drawn
    assert '<option value="4" selected>停水</option>' in drawn
    assert drawn.count("selected") == 1


def test_tiles_are_radios_in_a_named_group(draw):
    drawn = draw(
        FIELDS + "{{ f.tiles('what', '哪方面', [('w', '水', 'droplets'), ('r', '路')], 'w', required=true) }}"
    )
    assert "<legend" in drawn
    assert drawn.count('type="radio"') == 2
    assert drawn.count(" checked") == 1
    assert "#droplets" in drawn


def test_many_tiles_are_boxes(draw):
    drawn = draw(FIELDS + "{{ f.tiles('what', '哪些', [('w', '水'), ('r', '路')], ['w', 'r'], many=true) }}")
    assert drawn.count(" checked") == 2
    assert drawn.count('type="checkbox"') == 2


def test_a_first_line_break_in_a_textarea_is_not_lost(draw):
    assert ">\n\n停水" in draw(FIELDS + "{{ f.area('a', '内容', value) }}", value="\n停水")


def test_errors_lead_to_their_fields(draw):
    drawn = draw(FIELDS + "{{ f.error_summary({'place': '请写地点', '': '再看一遍'}) }}")
    assert '<a href="#id_place">请写地点</a>' in drawn
    assert 'role="alert"' in drawn
    assert draw(FIELDS + "{{ f.error_summary({}) }}").strip() == ""


class ComplaintForm(forms.Form):
    words = forms.CharField(label="内容", widget=forms.Textarea)
    kind = forms.ChoiceField(label="类别", choices=[("w", "水"), ("r", "路")])
    urgent = forms.BooleanField(label="急", required=False)
    phone = forms.CharField(label="电话", required=False)


def test_a_form_of_django_is_drawn_by_its_widgets(draw):
    form = ComplaintForm({"kind": "r", "urgent": "on"})
    drawn = draw(FIELDS + "{% for field in form %}{{ f.bound(field) }}{% endfor %}", form=form)
    assert "<textarea" in drawn
    assert '<option value="r" selected>' in drawn
    assert 'type="checkbox"' in drawn
    assert 'id="id_words-error"' in drawn

"""Words are cut without losing a sign."""

from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.language.api import cut_words


@settings(deadline=None)  # the dictionary is read at the first word
@given(st.text(max_size=200))
def test_the_words_joined_are_the_text_again(text: str) -> None:
    assert "".join(cut_words(text)) == text


def test_a_sentence_falls_into_its_words() -> None:
    assert cut_words("幸福路的路灯坏了") == ["幸福", "路", "的", "路灯", "坏", "了"]

"""What a text is about: by the promoted model, by the words of the catalogue where there is none."""

from __future__ import annotations

from typing import Any

from huiyin.kernel.texts import fold
from huiyin.register.api import Catalogue, Category
from huiyin.triage.labels import lies_below, map_labels
from huiyin.triage.rules import choose_given
from huiyin.triage.values import Routed

MOST = 5
_SURE_OF_WORDS = 480
"""Words alone are never surer than this: below every threshold that can be set."""


def route(title: str, words: str, catalogue: Catalogue, model: Any | None, given_id: int | None) -> Routed:
    """The category to propose, how sure, and why. `given_id` was chosen when the matter was registered."""
    cold = _route_by_words(title, words, catalogue)
    routed = cold if model is None else _route_by_model(title, words, catalogue, model, cold)
    sure = routed.per_mille if routed.certain else 0
    if choose_given(sure, given_id, routed.category_id):
        return Routed(given_id, routed.per_mille, "given", routed.ranked, routed.reasons, routed.label)
    return routed


def _route_by_words(title: str, words: str, catalogue: Catalogue) -> Routed:
    """By names and keywords of the catalogue: how sure is how much of what was found speaks for the first."""
    text = f"{title} {words}"
    found = catalogue.suggest(text, MOST)
    if not found:
        return Routed(None, 0, "none")
    weights = [_weigh(category, text) for category in found]
    whole = sum(weights) or 1
    shares = [_SURE_OF_WORDS * weight // whole for weight in weights]
    ranked = tuple((category.pk, share) for category, share in zip(found, shares, strict=True))
    signs = [(sign, len(sign)) for sign in _list_signs(found[0]) if fold(sign) in fold(text)]
    return Routed(found[0].pk, shares[0], "words", ranked, tuple(signs))


def _list_signs(category: Category) -> list[str]:
    return list(dict.fromkeys((category.name, *map(str, category.keywords))))


def _weigh(category: Category, text: str) -> int:
    told = fold(text)
    return sum(len(sign) ** 2 for sign in map(fold, _list_signs(category)) if sign and sign in told)


def _route_by_model(title: str, words: str, catalogue: Catalogue, model: Any, cold: Routed) -> Routed:
    ((guess, spoken),) = model.predict_with_reasons([(title, words)])
    known = map_labels({guess.label, *(label for label, _share in guess.ranked)}, catalogue)
    category = known.get(guess.label)
    if category is None:
        return cold
    ranked = tuple((known[label].pk, share) for label, share in guess.ranked if label in known)
    reasons = tuple((reason.words, round(reason.weight * 1000)) for reason in spoken)
    found = Routed(category.pk, guess.per_mille, "model", ranked, reasons, guess.label)
    return _narrow(found, category, catalogue, f"{title} {words}") if category.level < 3 else found


def _narrow(found: Routed, category: Category, catalogue: Catalogue, text: str) -> Routed:
    """A model that knows only the upper levels leaves the last step to the words, within its own category."""
    below = [one for one in catalogue.suggest(text, 40) if lies_below(one, category)]
    if not below:
        return found
    return Routed(below[0].pk, found.per_mille, "narrowed", found.ranked, found.reasons, found.label)

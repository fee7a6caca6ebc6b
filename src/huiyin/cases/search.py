"""Finding cases by their words: pairs of signs in an index, and the words themselves looked at again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from huiyin.cases import definitions
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import bigrams, clean, fold, index_signs
from huiyin.people.api import find_persons_by_phone

MOST_SIGNS = 200
_NUMBER = re.compile(r"([a-z]{1,4})\d{2,}")
_LONG_NUMBER = re.compile(r"[a-z]{1,4}\d{9,}")
_PHONE = re.compile(r"\+?[\d -]{7,20}")
_DATE_DIGITS = 6
"""A case number is its process's letters, the date in six digits, and the case's id."""


@dataclass(frozen=True, slots=True)
class Sought:
    """SQL on `cases_case c` that holds for what is sought, with its parameters.

    `condition` says it whole. A list that stops early may ask `first`, which an index answers, and then
    `again` of one case after the other, as far as it is read; `again` is empty when `first` says it all.
    """

    condition: str
    params: Mapping[str, Any] = field(default_factory=dict)
    first: str = ""
    again: str = ""


_NOTHING = Sought("false")


def make_pairs(*texts: str) -> str:
    """The `tsvector` text of some texts: each pair of neighbouring signs, and the last sign of each run."""
    signs = dict.fromkeys(sign for text in texts for sign in index_signs(text))
    return " ".join(f"'{sign}'" for sign in signs)


def find_number(query: str) -> str:
    """The number in which a query consists, at least to the third digit after its date, else "".

    Only few numbers begin alike for so long. Whether there is any that does is another question.
    """
    text = fold(clean(query)[:MOST_SIGNS])
    return text.upper() if _LONG_NUMBER.fullmatch(text) else ""


def make_condition(query: str, *, knows: bool = True) -> Sought:
    """What somebody typed, as a condition: a number, a phone, or words.

    All words must occur. A phone is looked up by its keyed digest and never compared in the clear. A query
    without letter or digit finds nothing; what lies beyond `MOST_SIGNS` is not read. Who does not know the
    sources (`knows`) finds no confidential case by a phone: else a guess at the person could be tried out.
    """
    text = fold(clean(query)[:MOST_SIGNS])
    number = _NUMBER.fullmatch(text)
    if number and number[1].upper() in {process.number for process in definitions.list_processes()}:
        return Sought("c.number LIKE %(q_number)s", {"q_number": f"{text.upper()}%"})
    if _PHONE.fullmatch(text):
        return _match_digits(text, knows=knows)
    return _match_words(text)


def _match_digits(text: str, *, knows: bool) -> Sought:
    """The cases of whoever has this number, and the case whose own number ends with these digits."""
    digits = re.sub(r"\D", "", text)
    ids = {int(tail) for tail in (digits, digits[_DATE_DIGITS:]) if tail and len(tail) < 19}
    whose = f"c.person_id = ANY(%(q_people)s){'' if knows else _UNLESS_CONFIDENTIAL}"
    return Sought(
        f"({whose} OR (c.id = ANY(%(q_ids)s) AND c.number LIKE %(q_digits)s))",
        {"q_people": _find_people(text), "q_ids": sorted(ids), "q_digits": f"%{digits}"},
    )


def _find_people(text: str) -> list[int]:
    try:
        return [person.id for person in find_persons_by_phone(text)]
    except Refusal:
        return []  # digits, but no phone


def _match_words(text: str) -> Sought:
    terms = text.split()
    pairs = list(dict.fromkeys(pair for term in terms for pair in bigrams(term)))
    if not pairs:
        return _NOTHING
    query = " & ".join(f"'{pair}'{':*' if len(pair) == 1 else ''}" for pair in pairs)
    open_terms = [term for term in terms if not _is_told_by_pairs(term)]
    params: dict[str, Any] = {"q_pairs": query, "q_terms": open_terms}
    if not open_terms:
        return Sought(_BY_PAIRS, params)
    return Sought(_BY_WORDS, params, _BY_PAIRS, _AGAIN)


def _is_told_by_pairs(term: str) -> bool:
    """Whether the index alone knows: the term is one pair or one sign, and no part of a case's number.

    Cases that were opened by an early version have their number in the index.
    """
    return bigrams(term) == [term] and not term.isascii()


_UNLESS_CONFIDENTIAL = " AND c.identity <> 'confidential'"

_BY_PAIRS = """EXISTS (
    SELECT 1 FROM cases_casetext t WHERE t.case_id = c.id AND t.pairs @@ %(q_pairs)s::tsquery)"""

_WHOLE = "lower(normalize(c.title || ' ' || t.words || ' ' || c.place, NFKC))"

_BY_WORDS = f"""EXISTS (
    SELECT 1 FROM cases_casetext t
    WHERE t.case_id = c.id AND t.pairs @@ %(q_pairs)s::tsquery AND NOT EXISTS (
        SELECT 1 FROM unnest(%(q_terms)s::text[]) AS term WHERE strpos({_WHOLE}, term) = 0))"""  # noqa: S608  our own parts  # nosec B608

_AGAIN = f"""(SELECT bool_and(strpos({_WHOLE}, term) > 0)
    FROM cases_casetext t, unnest(%(q_terms)s::text[]) AS term WHERE t.case_id = c.id)"""  # noqa: S608  our own parts  # nosec B608

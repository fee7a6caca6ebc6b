"""Finding cases by their words: pairs of signs in an index, and the words themselves looked at again."""

from __future__ import annotations

import re
from typing import Any

from huiyin.kernel.texts import bigrams, fold
from huiyin.people.api import find_persons_by_phone

_NUMBER = re.compile(r"^[a-z]{1,4}\d{6,}$")
_PHONE = re.compile(r"^\+?[\d -]{7,20}$")


def make_pairs(*texts: str) -> str:
    """The `tsvector` text of some texts: each pair of neighbouring signs as a lexeme."""
    return " ".join(f"'{pair}'" for pair in dict.fromkeys(pair for text in texts for pair in bigrams(text)))


def make_condition(query: str) -> tuple[str, dict[str, Any]]:
    """SQL on `cases_case c` and its parameters for what somebody typed: a number, a phone, or words (all must occur).

    A phone is looked up by its keyed digest and never compared in the clear. A query without any letter or digit
    finds nothing.
    """
    text = fold(query)
    if _NUMBER.match(text):
        return "c.number LIKE %(q_number)s", {"q_number": f"{text.upper()}%"}
    if _PHONE.match(text):
        people = [person.id for person in find_persons_by_phone(text)]
        return "(c.person_id = ANY(%(q_people)s) OR c.number LIKE %(q_digits)s)", {
            "q_people": people,
            "q_digits": f"%{re.sub(r'[^0-9]', '', text)}%",
        }
    return _match_words(text)


def _match_words(text: str) -> tuple[str, dict[str, Any]]:
    pairs = [pair for term in text.split() for pair in bigrams(term)]
    if not pairs:
        return "false", {}
    parts = ["t.pairs @@ %(q_pairs)s::tsquery"]
    params: dict[str, Any] = {
        "q_pairs": " & ".join(f"'{pair}'{':*' if len(pair) == 1 else ''}" for pair in pairs)
    }
    for at, term in enumerate(text.split()):
        params[f"q_term{at}"] = term
        parts.append(
            f"strpos(lower(normalize(c.title || ' ' || t.words || ' ' || c.place, NFKC)), %(q_term{at})s) > 0"
        )
    return f"EXISTS (SELECT 1 FROM cases_casetext t WHERE t.case_id = c.id AND {' AND '.join(parts)})", params

"""A pool of invented requests, made by the product's own functions, from which cases are filled."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

SIZE = 20_000


@dataclass(frozen=True, slots=True)
class Sample:
    """One invented request with all that is computed from its words, texts escaped for COPY."""

    title: str
    words: str
    pairs: str
    digest: str
    words_digest: str
    marks: tuple[int, ...]
    category_id: int
    area_id: int
    township_id: int
    lead_id: int
    sealed: str
    phone_digest: str
    masked_name: str
    masked_phone: str
    secret_sealed: str


def make_pool(size: int, seed: int = 7) -> list[Sample]:
    """So many different requests."""
    from huiyin.app.demo.requests.writing import list_matters
    from huiyin.people.api import list_areas
    from huiyin.register.api import list_categories

    rng = Random(seed)
    villages, matters = list_areas("village"), list_matters()
    categories = {category.code: category.pk for category in list_categories(3)}
    leads = _Leads()
    return [
        _make_sample(rng, rng.choice(matters), rng.choice(villages), categories, leads) for _ in range(size)
    ]


class _Leads:
    """Who leads a matter, remembered by category and area."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], int] = {}

    def find(self, category_id: int, area_id: int) -> int:
        from django.utils import timezone

        from huiyin.register.api import find_lead_duty

        if (category_id, area_id) not in self._known:
            duty = find_lead_duty(category_id, area_id, timezone.localdate())
            self._known[category_id, area_id] = duty.unit_id if duty else 1
        return self._known[category_id, area_id]


def _make_sample(rng: Random, matter: Any, village: Any, categories: dict[str, int], leads: _Leads) -> Sample:
    from huiyin.app.demo.requests.writing import write_matter, write_person
    from huiyin.cases.opening import digest_words
    from huiyin.cases.search import make_pairs
    from huiyin.journal.api import blind, seal
    from huiyin.kernel.masks import mask_name, mask_phone
    from huiyin.kernel.texts import digest
    from huiyin.language.api import join_text, make_marks
    from huiyin.people.persons import PHONE, PURPOSE

    written = write_matter(rng, matter, village.name)
    name, phone = write_person(rng)
    text = join_text(written.title, written.words)
    category, township = categories[written.category], village.parent_id or village.pk
    return Sample(
        title=escape(written.title),
        words=escape(written.words),
        pairs=escape(make_pairs(written.title, written.words)),
        digest=as_bytea(digest(text)),
        words_digest=digest_words(written.title, written.words),
        marks=tuple(make_marks(text)),
        category_id=category,
        area_id=village.pk,
        township_id=township,
        lead_id=leads.find(category, village.pk),
        sealed=as_bytea(seal({"name": name, "phone": phone, "id_number": "", "address": ""}, PURPOSE)),
        phone_digest=as_bytea(blind(phone, PHONE)),
        masked_name=mask_name(name),
        masked_phone=mask_phone(phone),
        secret_sealed=as_bytea(seal("bench", "secret")),
    )


def escape(text: str) -> str:
    """A text as COPY takes it."""
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def as_bytea(content: bytes) -> str:
    """Bytes as COPY takes them."""
    return "\\\\x" + content.hex()

"""The names behind the ids that a journal keeps; each kind is asked for once a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from huiyin.cases.api import Case
from huiyin.kernel.words import Words
from huiyin.people.api import map_units
from huiyin.process.api import INPUTS, Process
from huiyin.register.api import LawfulWay, list_lawful_ways, map_categories


@dataclass
class Names:
    """Looks up what the inputs of many moves name; `inputs` are all that the page will say."""

    process: Process
    inputs: Iterable[Mapping[str, Any]] = field(default_factory=tuple)

    def _ids(self, kind: str) -> set[int]:
        found = (
            value
            for given in self.inputs
            for key, value in given.items()
            if key in INPUTS and INPUTS[key].kind == kind
        )
        return {value for value in found if isinstance(value, int)}

    @cached_property
    def ways(self) -> dict[str, LawfulWay]:
        """Lawful ways by key."""
        return {way.key: way for way in list_lawful_ways()}

    @cached_property
    def _categories(self) -> dict[int, Words]:
        return {pk: category.called for pk, category in map_categories(self._ids("category")).items()}

    @cached_property
    def _cases(self) -> dict[int, str]:
        return dict(Case.objects.filter(pk__in=self._ids("case")).values_list("pk", "number"))

    @cached_property
    def _units(self) -> dict[int, str]:
        return {pk: unit.short for pk, unit in map_units(self._ids("unit")).items()}

    def way(self, key: str) -> Words:
        """The title of a lawful way."""
        return self.ways[key].called if key in self.ways else Words(key)

    def category(self, pk: object) -> Words:
        """The name of a category."""
        return self._categories.get(pk, Words(str(pk))) if isinstance(pk, int) else Words(str(pk))

    def case(self, pk: object) -> str:
        """The number of a case."""
        return self._cases.get(pk, str(pk)) if isinstance(pk, int) else str(pk)

    def unit(self, told: object) -> str:
        """The short name of a unit, as the journal kept it or as it is called now."""
        if isinstance(told, Mapping):
            return str(told.get("name", ""))
        return self._units.get(told, str(told)) if isinstance(told, int) else str(told)

"""What a model's label stands for in the county: a category by its code, else by its name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from huiyin.kernel.texts import fold
from huiyin.register.api import Catalogue, Category


def map_labels(labels: Iterable[str], catalogue: Catalogue) -> Mapping[str, Category]:
    """Label → active category: of that code, else of that name, the highest level first; or left out."""
    by_code = {category.code: category for category in catalogue.categories}
    by_name: dict[str, Category] = {}
    for category in sorted(catalogue.categories, key=lambda one: (one.level, one.code)):
        by_name.setdefault(fold(category.name), category)
    found = {label: by_code.get(label) or by_name.get(fold(label)) for label in labels}
    return {label: category for label, category in found.items() if category is not None}


def lies_below(category: Category, above: Category) -> bool:
    """Whether a category is another one, or lies under it."""
    return category.path.startswith(above.path)

"""The county's dispatch catalogue: categories, duties, frequent matters, reply templates."""

from __future__ import annotations

from huiyin.app.demo.county.duties import install_duties
from huiyin.app.demo.county.reading import Row, read_rows
from huiyin.register.api import Category, FrequentMatter, ReplyTemplate, install_defaults


def install_catalogue() -> None:
    """Add what is missing of the catalogue, after the channels and lawful ways that every county has."""
    install_defaults()
    _install_categories()
    categories = {category.code: category for category in Category.objects.all()}
    install_duties(categories)
    _install_frequent_matters(categories)
    _install_reply_templates(categories)


def _install_categories() -> None:
    rows = read_rows("categories")
    for level in (1, 2, 3):
        known = {category.code: category for category in Category.objects.all()}
        wanted = (row for row in rows if len(row["code"]) == 2 * level and row["code"] not in known)
        fresh = [_category(row, level, known) for row in wanted]
        Category.objects.bulk_create(fresh)
        for category in fresh:
            category.path = f"{category.parent.path if category.parent else ''}{category.pk}/"
        Category.objects.bulk_update(fresh, ["path"])


def _category(row: Row, level: int, known: dict[str, Category]) -> Category:
    return Category(
        code=row["code"],
        level=level,
        name=row["name"],
        name_en=row["name_en"],
        parent=known.get(row["code"][:-2]),
        icon=row["icon"],
        grade=row["grade"],
        keywords=row["keywords"].split(),
        sort=int(row["code"][-2:]),
    )


def _install_frequent_matters(categories: dict[str, Category]) -> None:
    FrequentMatter.objects.bulk_create(
        [
            FrequentMatter(
                title=row["title"],
                title_en=row["title_en"],
                category=categories[row["category"]],
                icon=row["icon"],
                sort=sort,
            )
            for sort, row in enumerate(read_rows("frequent_matters"), start=1)
        ],
        ignore_conflicts=True,
    )


def _install_reply_templates(categories: dict[str, Category]) -> None:
    ReplyTemplate.objects.bulk_create(
        [
            ReplyTemplate(
                title=row["title"], words=row["words"], category=categories.get(row["category"]), sort=sort
            )
            for sort, row in enumerate(read_rows("reply_templates"), start=1)
        ],
        ignore_conflicts=True,
    )

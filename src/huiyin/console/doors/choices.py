"""What a form of the doors offers to choose from: channels, processes, places, categories, companies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from huiyin.cases.api import list_newest
from huiyin.kernel.texts import read_number
from huiyin.kernel.words import Words
from huiyin.people.api import Area, AreaLevel, Company, list_areas, list_companies
from huiyin.process.api import Process
from huiyin.register.api import Category, Channel, list_categories, list_channels

Option = tuple[str, Words | str]
Group = tuple[str, list[Option]]

CHANNEL_OF_ROLE = {
    "intake": "hotline",
    "window": "window",
    "dispatcher": "hotline",
    "steward": "steward",
    "visitor": "visit",
}
"""By which door somebody of that role usually hears a matter; the first role held counts."""

PROCESS_OF_CHANNEL = {
    "enterprise-line": "enterprise",
    "steward": "enterprise",
    "ten-thousand": "enterprise",
    "stuck-desk": "stuck",
    "visit": "through-train",
    "scan": "scan",
}
"""Which process a channel's matters run if the clerk chooses none; other channels run the hotline's."""

HOTLINE = "hotline"
FOR_COMPANIES = "enterprise-line steward ten-thousand visit"
"""Channels by which companies speak: the form asks for the company then."""


def list_open_channels() -> list[Channel]:
    """The channels that people stand behind; machines register by themselves, offices by their own doors."""
    return [channel for channel in list_channels() if channel.kind not in {"machine", "inside"}]


def choose_channel(roles: Iterable[str]) -> str:
    """The usual channel of somebody with these roles."""
    held = set(roles)
    return next((channel for role, channel in CHANNEL_OF_ROLE.items() if role in held), HOTLINE)


def list_open_processes(roles: Iterable[str]) -> list[Process]:
    """The newest version of every process that somebody with these roles may open."""
    held = frozenset(roles)
    return [
        process for process in list_newest() if process.kind == "appeal" and held.intersection(process.opens)
    ]


def choose_process(wanted: str, channel: str, processes: Sequence[Process]) -> Process | None:
    """The process asked for, else the channel's, else the hotline's, else any; None if there is none."""
    by_key = {process.key: process for process in processes}
    usual = PROCESS_OF_CHANNEL.get(channel, HOTLINE)
    return by_key.get(wanted) or by_key.get(usual) or by_key.get(HOTLINE) or next(iter(processes), None)


def list_townships() -> list[Option]:
    """Townships as options."""
    return _as_options(list_areas(AreaLevel.TOWNSHIP))


def list_villages(township: str) -> list[Option]:
    """The villages of the township with that id, as typed; none for anything else."""
    above = read_number(township)
    found = list_areas(AreaLevel.VILLAGE, above) if above is not None else []
    return _as_options(found)


def _as_options(areas: Iterable[Area]) -> list[Option]:
    return [(str(area.pk), area.called) for area in areas]


def list_category_groups() -> list[tuple[Words, list[Option]]]:
    """Level-3 categories, grouped under “level 1 / level 2”, in their order on screen. One statement."""
    categories = list_categories()
    by_id = {category.pk: category for category in categories}
    groups: dict[int, tuple[Words, list[Option]]] = {}
    for category in categories:
        above = by_id.get(category.parent_id or 0)
        if category.level == 3 and above is not None:
            title = _join(by_id.get(above.parent_id or 0), above)
            groups.setdefault(above.pk, (title, []))[1].append((str(category.pk), category.called))
    return list(groups.values())


def _join(top: Category | None, above: Category) -> Words:
    if top is None:
        return above.called
    return Words("{top} / {above}", "{top} / {above}").fill(top=top.called, above=above.called)


def find_company_named(text: str) -> Company | None:
    """The one active company of that name or credit code; None when there is none or more than one."""
    asked = text.strip()
    found = [one for one in list_companies(asked) if asked in {one.name, one.credit_code}] if asked else []
    return found[0] if len(found) == 1 else None

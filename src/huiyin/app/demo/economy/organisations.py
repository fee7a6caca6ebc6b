"""The organisations of the demo county, their officers, charters and accounts; before anything happens."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from huiyin.app.demo.county.accounts import PASSWORD, SINCE
from huiyin.app.demo.county.reading import Row, read_posts, read_rows
from huiyin.economy.organisations.api import OFFICES, Charter, Officer, Organisation
from huiyin.people.api import Account, Area, Post, Unit, UnitKind

COUNTY = "禾川县"


FIRST = "shimen"
"""The township whose collectives come first, when there are to be few."""


def install_organisations(most: int | None = None) -> None:
    """Add the organisations that are missing, with units, accounts, officers and charters; `most` of them."""
    rows = sorted(read_rows("organisations"), key=lambda row: row["township"] != FIRST)[:most]
    known = set(Organisation.objects.values_list("code", flat=True))
    fresh = [row for row in rows if row["code"] not in known]
    if not fresh:
        return
    areas = {area.code: area for area in Area.objects.all()}
    townships = {unit.key: unit for unit in Unit.objects.filter(kind=UnitKind.TOWNSHIP)}
    units = Unit.objects.bulk_create(
        _make_unit(row, at, areas, townships) for at, row in enumerate(fresh, 1000)
    )
    made = Organisation.objects.bulk_create(
        _make(row, unit, areas, townships) for row, unit in zip(fresh, units, strict=True)
    )
    Charter.objects.bulk_create(_make_charter(row, one) for row, one in zip(fresh, made, strict=True))
    _install_accounts({one.unit.key: one for one in made})


def _make_unit(row: Row, sort: int, areas: dict[str, Area], townships: dict[str, Unit]) -> Unit:
    return Unit(
        key=row["key"],
        name=f"{COUNTY}{row['name']}",
        short=row["name"],
        name_en=row["name_en"],
        kind=UnitKind.COLLECTIVE,
        parent=townships[row["township"]],
        area=areas[row["area"]],
        sort=sort,
    )


def _make(row: Row, unit: Unit, areas: dict[str, Area], townships: dict[str, Unit]) -> Organisation:
    return Organisation(
        code=row["code"],
        kind=row["kind"],
        name=row["name"],
        name_en=row["name_en"],
        unit=unit,
        area=areas[row["area"]],
        township=townships[row["township"]],
        founded_on=date.fromisoformat(row["founded_on"]),
    )


def _make_charter(row: Row, organisation: Organisation) -> Charter:
    return Charter(
        organisation=organisation,
        version=1,
        adopted_on=date.fromisoformat(row["founded_on"]),
        reserve_per_mille=int(row["reserve_per_mille"]),
        collective_per_mille=int(row["collective_per_mille"]),
    )


def _install_accounts(organisations: dict[str, Organisation]) -> None:
    sealed, now = make_password(PASSWORD), timezone.now()
    units = {unit.key: unit for unit in Unit.objects.all()}
    rows = [row for row in read_rows("village_accounts") if any(unit in units for _, unit in read_posts(row))]
    accounts = Account.objects.bulk_create(
        Account(
            login=row["login"], name=row["name"], phone=row["phone"], password=sealed, password_set_at=now
        )
        for row in rows
    )
    held = [
        (account, role, unit)
        for row, account in zip(rows, accounts, strict=True)
        for role, unit in read_posts(row)
        if unit in units
    ]
    Post.objects.bulk_create(
        Post(account=account, unit=units[unit], role=role, since_on=SINCE) for account, role, unit in held
    )
    Officer.objects.bulk_create(
        Officer(
            organisation=organisations[unit], office=role, name=account.name, account=account, since_on=SINCE
        )
        for account, role, unit in held
        if unit in organisations and role in OFFICES
    )

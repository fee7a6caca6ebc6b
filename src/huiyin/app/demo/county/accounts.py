"""The accounts of the county's staff, all with one password that is printed at the start."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from huiyin.app.demo.county.reading import Row, read_posts, read_rows
from huiyin.kernel.words import Words
from huiyin.people.api import CONFIDENTIAL, Account, Area, Company, Post, Unit, give_right
from huiyin.process.vocabulary import ROLES

PASSWORD = "hechuan-demo"  # noqa: S105  # public on purpose: the demo county prints it  # pragma: allowlist secret
SINCE = date(2025, 1, 1)
REVIEWER, REASON = "guoheng", "保密诉求的回访与复核"
RIGHT_DAYS = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """One account to try a role with."""

    login: str
    name: str
    unit: Words
    role: str
    title: Words


def list_demo_accounts() -> list[DemoAccount]:
    """One account for each role, in the order of the roles. Read from the files: no database is asked."""
    units = {row["key"]: Words(row["short"], row["name_en"]) for row in read_rows("units")}
    units |= {row["key"]: Words(row["name"], row["name_en"]) for row in read_rows("organisations")}
    first: dict[str, DemoAccount] = {}
    for row in (*read_rows("accounts"), *read_rows("village_accounts")):
        for role, unit in read_posts(row):
            first.setdefault(role, DemoAccount(row["login"], row["name"], units[unit], role, ROLES[role]))
    return [first[role] for role in ROLES if role in first]


def install_accounts() -> None:
    """Add the accounts and posts that are missing. The password is hashed once for all."""
    rows = read_rows("accounts")
    kept = set(Account.objects.values_list("login", flat=True))
    fresh = [row for row in rows if row["login"] not in kept]
    if fresh:
        sealed = make_password(PASSWORD)
        Account.objects.bulk_create(_account(row, sealed) for row in fresh)
    _install_posts(fresh)
    _give_rights(fresh)
    _install_companies()


def _give_rights(rows: list[Row]) -> None:
    """One reviewer of the centre may open confidential identities; noted on the account's chain."""
    if REVIEWER in {row["login"] for row in rows}:
        now = timezone.now()
        since = timezone.localdate(now)
        reviewer = Account.objects.get(login=REVIEWER)
        give_right(reviewer.pk, CONFIDENTIAL, REASON, since, since + RIGHT_DAYS, by=None, now=now)


def _account(row: Row, password: str) -> Account:
    return Account(
        login=row["login"],
        name=row["name"],
        phone=row["phone"],
        password=password,
        password_set_at=timezone.now(),
    )


def _install_posts(rows: list[Row]) -> None:
    accounts = {account.login: account for account in Account.objects.all()}
    units = {unit.key: unit for unit in Unit.objects.all()}
    Post.objects.bulk_create(
        Post(account=accounts[row["login"]], unit=units[unit], role=role, since_on=SINCE)
        for row in rows
        for role, unit in read_posts(row)
    )


def _install_companies() -> None:
    accounts = {account.login: account for account in Account.objects.all()}
    units = {unit.key: unit for unit in Unit.objects.all()}
    areas = {area.code: area for area in Area.objects.all()}
    Company.objects.bulk_create(
        [
            Company(
                credit_code=row["credit_code"],
                name=row["name"],
                name_en=row["name_en"],
                address=row["address"],
                area=areas[row["area"]],
                unit=units[row["unit"]],
                steward=accounts[row["steward"]],
            )
            for row in read_rows("companies")
        ],
        ignore_conflicts=True,
    )

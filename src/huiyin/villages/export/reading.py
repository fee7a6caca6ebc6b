"""Reads the rows for the provincial platform: a few statements for each sheet, however many organisations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import Count, Q, Sum
from django.utils import timezone

from huiyin.economy.assets.api import REGISTERS, Asset
from huiyin.economy.contracts.api import Contract
from huiyin.economy.cooperatives.api import (
    BenefitSums,
    Cooperative,
    CooperativeSums,
    sum_benefits,
    sum_cooperatives,
)
from huiyin.economy.distributions.api import Plan
from huiyin.economy.income.api import read_incomes
from huiyin.economy.members.api import Member
from huiyin.economy.organisations.api import Organisation, OrganisationKind
from huiyin.economy.shares.api import ShareBook
from huiyin.kernel.money import to_yuan
from huiyin.pages.api import Value

Rows = Iterator[Sequence[Value]]
Held = Sequence[Organisation]


def _codes(held: Held) -> dict[int, str]:
    return {one.pk: one.code for one in held}


def _yuan(fen: int | None) -> Value:
    return to_yuan(fen) if fen is not None else None


def list_organisations(held: Held, _year: int, _on: date) -> Rows:
    """Whoever keeps books of its own."""
    for one in held:
        yield [
            one.code, one.name, one.kind, one.standard, one.area.code, one.township.short, one.area.name,
            one.founded_on, one.leader.code if one.leader else "",
        ]  # fmt: skip


def list_members(held: Held, _year: int, _on: date) -> Rows:
    """Confirmed members and shares of each collective."""
    codes = _codes([one for one in held if one.kind != OrganisationKind.COOPERATIVE])
    found = Member.objects.filter(organisation_id__in=codes, standing="confirmed").values("organisation_id")
    counted = {
        row["organisation_id"]: row
        for row in found.annotate(
            homes=Count("household_id", distinct=True), all=Count("id"), women=Count("id", Q(sex="female"))
        )
    }
    books = {one.organisation_id: one for one in ShareBook.objects.filter(organisation_id__in=codes)}
    for own, code in codes.items():
        row, book = counted.get(own), books.get(own)
        yield [
            code, row["homes"] if row else 0, row["all"] if row else 0, row["women"] if row else 0,
            *((book.total_units, book.held_units, book.collective_units) if book else (None, None, None)),
        ]  # fmt: skip


def list_assets(held: Held, _year: int, _on: date) -> Rows:
    """Each register of each organisation: entries, net book value, area."""
    codes = _codes(held)
    found = Asset.objects.filter(organisation_id__in=codes, ended_on__isnull=True)
    sums = found.values("organisation_id", "register").annotate(
        many=Count("id"), fen=Sum("value_fen"), mu=Sum("area_mu")
    )
    order = {key: at for at, key in enumerate(REGISTERS)}
    for row in sorted(sums, key=lambda row: (codes[row["organisation_id"]], order.get(row["register"], 99))):
        mu = str(row["mu"]) if row["mu"] is not None else None
        yield [codes[row["organisation_id"]], row["register"], row["many"], _yuan(row["fen"]), mu]


def list_contracts(held: Held, _year: int, _on: date) -> Rows:
    """Every contract that was filed."""
    codes = _codes(held)
    found = Contract.objects.select_related("case").filter(organisation_id__in=codes, filed_at__isnull=False)
    for one in found.order_by("organisation__code", "id"):
        yield [
            codes[one.organisation_id], one.case.number, one.kind, one.title, "in" if one.incoming else "out",
            to_yuan(one.price_fen), one.from_on, one.ended_on or one.until_on,
            timezone.localdate(one.filed_at) if one.filed_at else None,
        ]  # fmt: skip


def list_incomes(held: Held, year: int, _on: date) -> Rows:
    """The year's income of each collective, from its books."""
    codes = _codes([one for one in held if one.kind != OrganisationKind.COOPERATIVE])
    incomes = read_incomes(codes, year, year)
    for own, code in codes.items():
        one = incomes[own][year]
        sums = (one.operating_fen, one.subsidy_fen, one.other_fen, one.expense_fen)
        yield [code, year, *map(to_yuan, sums)]


def list_distributions(held: Held, year: int, _on: date) -> Rows:
    """What each collective distributed of the year, once it was approved."""
    codes = _codes(held)
    found = Plan.objects.filter(
        organisation_id__in=codes, year=year, withdrawn=False, approved_at__isnull=False
    )
    for one in found.order_by("organisation__code"):
        sums = (one.distributable_fen, one.reserve_fen, one.collective_fen, one.members_fen)
        approved = timezone.localdate(one.approved_at) if one.approved_at else None
        yield [codes[one.organisation_id], year, *map(to_yuan, sums), approved]


def list_cooperatives(held: Held, _year: int, on: date) -> Rows:
    """Each co-operative with its contributions, last surplus and benefit contracts."""
    codes = _codes([one for one in held if one.kind == OrganisationKind.COOPERATIVE])
    models = dict(
        Cooperative.objects.filter(organisation_id__in=codes).values_list("organisation_id", "model")
    )
    sums, benefits = sum_cooperatives(codes, on), sum_benefits(codes, on)
    for own, code in codes.items():
        one, promised = sums.get(own, CooperativeSums(own)), benefits.get(own, BenefitSums())
        yield [
            code, models.get(own, ""), one.members, one.households, to_yuan(one.capital),
            to_yuan(one.of_collective), one.year, _yuan(one.surplus), promised.contracts,
            to_yuan(promised.paid), to_yuan(promised.overdue),
        ]  # fmt: skip

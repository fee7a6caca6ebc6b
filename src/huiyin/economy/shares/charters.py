"""What the assembly must have resolved before a charter is adopted or an organisation closes."""

from __future__ import annotations

from datetime import datetime

from huiyin.economy.assemblies.api import demand_resolution
from huiyin.economy.organisations.api import Organisation


def demand_charter(organisation: Organisation, subject: str, now: datetime) -> None:
    """The gate of charters: the members' assembly, never its delegates (农村集体经济组织法 28)."""
    demand_resolution(organisation.pk, subject, now, "charter")


def demand_closing(organisation: Organisation, subject: str, now: datetime) -> None:
    """The gate of closing: as a merger or a division, it is the assembly's alone."""
    demand_resolution(organisation.pk, subject, now, "merger")

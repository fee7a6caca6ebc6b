"""The door of organisations."""

from huiyin.economy.organisations.limits import (
    LAW,
    LIMITS,
    Limit,
    clear_limit,
    find_limit,
    get_limit,
    get_limits,
    list_settings,
    set_limit,
)
from huiyin.economy.organisations.matters import CHANNEL, Matter, NewMatter, open_matters
from huiyin.economy.organisations.models import (
    Charter,
    Kinship,
    Officer,
    Organisation,
    OrganisationKind,
    Setting,
    Standard,
)
from huiyin.economy.organisations.noting import name_chain, note, note_all
from huiyin.economy.organisations.officers import (
    APPOINTERS,
    appoint,
    declare_kin,
    end_office,
    list_clashes,
    list_officers_of,
)
from huiyin.economy.organisations.seeing import (
    demand,
    find_scope,
    get_organisation,
    get_seen,
    list_seen,
    may,
    refuse_missing,
)
from huiyin.economy.organisations.values import OFFICES, OVERSEES, Scope

__all__ = [
    "APPOINTERS",
    "CHANNEL",
    "LAW",
    "LIMITS",
    "OFFICES",
    "OVERSEES",
    "Charter",
    "Kinship",
    "Limit",
    "Matter",
    "NewMatter",
    "Officer",
    "Organisation",
    "OrganisationKind",
    "Scope",
    "Setting",
    "Standard",
    "appoint",
    "clear_limit",
    "declare_kin",
    "demand",
    "end_office",
    "find_limit",
    "find_scope",
    "get_limit",
    "get_limits",
    "get_organisation",
    "get_seen",
    "list_clashes",
    "list_officers_of",
    "list_seen",
    "list_settings",
    "may",
    "name_chain",
    "note",
    "note_all",
    "open_matters",
    "refuse_missing",
    "set_limit",
]

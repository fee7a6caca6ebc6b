"""Which organisations an account sees, and what it may do in them."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from huiyin.economy.organisations.models import Organisation
from huiyin.economy.organisations.values import EVERYWHERE, OF_ORGANISATION, OVERSEES, Scope
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand
from huiyin.process.api import ROLES


def find_scope(account: AccountInHand) -> Scope:
    """What the account sees by its posts: a clerk at a county office everything, at a township its own."""
    clerks = [post for post in account.posts if post.role == OVERSEES]
    return Scope(
        bool(account.roles & EVERYWHERE) or any(post.unit_kind != "township" for post in clerks),
        frozenset(post.unit_id for post in clerks if post.unit_kind == "township"),
        frozenset(post.unit_id for post in account.posts if post.role in OF_ORGANISATION),
    )


def list_seen(account: AccountInHand) -> QuerySet[Organisation]:
    """The active organisations that the account sees, by code, with township and area at hand."""
    scope = find_scope(account)
    found = (
        Organisation.objects.filter(active=True).select_related("township", "area", "unit").order_by("code")
    )
    if scope.everything:
        return found
    return found.filter(Q(township_id__in=scope.townships) | Q(unit_id__in=scope.units))


def get_seen(code: str, account: AccountInHand) -> Organisation:
    """The organisation of that code. One that is not seen is as good as none: `organisation-not-found`."""
    found = list_seen(account).filter(code=clean(code)).first()
    if found is None:
        raise refuse_missing()
    return found


def get_organisation(code: str) -> Organisation:
    """The same for whoever needs no account: commands and public pages."""
    found = Organisation.objects.select_related("township", "area", "unit").filter(code=clean(code)).first()
    if found is None:
        raise refuse_missing()
    return found


def may(account: AccountInHand, organisation: Organisation, *roles: str) -> bool:
    """Whether one of `roles` is held at the organisation's unit, or, for `rural`, at what oversees it."""
    scope = find_scope(account)
    oversees = organisation.township_id in scope.townships or any(
        post.role == OVERSEES and post.unit_kind != "township" for post in account.posts
    )
    return any(oversees if role == OVERSEES else account.holds(role, organisation.unit_id) for role in roles)


def demand(account: AccountInHand, organisation: Organisation, *roles: str) -> None:
    """Refuse `not-your-duty` unless `may` holds."""
    if not may(account, organisation, *roles):
        titles = [ROLES[role] for role in roles]
        words = Words("这一步由“{name}”的{roles}办理。", "This is for the {roles} of “{name}”.").fill(
            name=organisation.called,
            roles=Words("、".join(one.zh for one in titles), ", ".join(one.en for one in titles)),
        )
        raise Refusal("not-your-duty", words, rule="岗位职责分离")


def refuse_missing() -> Refusal:
    """Nothing is said of what may not be seen."""
    words = Words("没有这个组织。请从列表里打开。", "There is no such organisation. Open it from the list.")
    return Refusal("organisation-not-found", words)

"""Who may know the person of a case, and where it came from (匿名与保密：身份分开、封存)."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from huiyin.appeals.api import IdentityMode
from huiyin.cases.api import KNOWS_SOURCES, Attachment, Case, CaseView
from huiyin.people.api import CONFIDENTIAL, MAY_REVEAL, AccountInHand, holds_right


def is_confidential(case: Case) -> bool:
    """Whether the person asked to be kept from the units."""
    return case.identity == IdentityMode.CONFIDENTIAL


def may_reveal(view: CaseView, account: AccountInHand) -> bool:
    """Whether the account may open the person's identity, once it gives a reason.

    Of a confidential matter only with the right given to it by name, and at no unit that handles the matter.
    """
    person = view.case.person
    if person is None or person.anonymised_at is not None or not account.roles & MAY_REVEAL:
        return False
    if not is_confidential(view.case):
        return True
    return not _handles(view, account) and holds_right(account, CONFIDENTIAL, timezone.localdate())


def right_needed(case: Case) -> str | None:
    """The right that opening the identity of this case asks for besides a role."""
    return CONFIDENTIAL if is_confidential(case) else None


def knows_source(view: CaseView, account: AccountInHand) -> bool:
    """Whether the account may see channel, company and voice: of a confidential request only the centre."""
    if not is_confidential(view.case):
        return True
    return bool(account.roles & KNOWS_SOURCES) and not _handles(view, account)


def _handles(view: CaseView, account: AccountInHand) -> bool:
    return bool(account.unit_ids() & {part.unit_id for part in view.assignments})


def list_visible_files(view: CaseView, account: AccountInHand) -> list[Attachment]:
    """The files of the case without the voice of somebody who is not to be recognised."""
    knows = knows_source(view, account)
    return [file for file in view.attachments if knows or not _is_voice(file)]


def may_open_file(file: Attachment, view: CaseView, account: AccountInHand) -> bool:
    """Whether this file of the case is among those that the account may open."""
    return file.pk in _ids(list_visible_files(view, account))


def _ids(files: Iterable[Attachment]) -> set[int]:
    return {file.pk for file in files}


def _is_voice(file: Attachment) -> bool:
    return file.media_type.startswith(("audio/", "video/"))

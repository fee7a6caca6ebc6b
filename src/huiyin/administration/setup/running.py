"""Checks a sheet and writes it, while somebody waits for the page or in a job that tells how far it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from io import BytesIO

from django.db import connection, transaction
from django.utils import timezone

from huiyin.administration.models import Draft
from huiyin.administration.setup.drafts import RUNNING, given_of, keep_plan
from huiyin.administration.setup.listings import Acts, Listing
from huiyin.administration.setup.plans import Plan, make_plan
from huiyin.administration.setup.registry import STAFFING, get_listing
from huiyin.administration.setup.sheets import read_sheet
from huiyin.administration.setup.writing import rehearse, write
from huiyin.journal.api import load_queries
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand, take_in_hand

QUICK = 1_000
"""As many rows are checked, or written, while somebody waits; more of them by a job."""
QUERIES = load_queries("huiyin.administration")
Tell = Callable[[int], None]


def check_draft(draft: Draft, listing: Listing, acts: Acts, tell: Tell = lambda _percent: None) -> None:
    """Read the file of a draft, compare it with the list and try every row; nothing stays written."""
    tell(5)
    given = read_sheet(listing, BytesIO(draft.file or b""))
    tell(40)
    plan = make_plan(listing, given)
    tell(50)
    rehearse(listing, plan, replace(acts, tell=lambda done, of: tell(50 + 50 * done // of)))
    keep_plan(draft, given, plan)


def apply_draft(draft: Draft, listing: Listing, acts: Acts, tell: Tell = lambda _percent: None) -> None:
    """Write what the draft showed, all of it or nothing. Refuses `changed-meanwhile`."""
    plan = make_plan(listing, given_of(draft))
    _demand_unchanged(plan, draft)
    tell(20)
    write(listing, plan, replace(acts, tell=lambda done, of: tell(20 + 80 * done // of)))


def _demand_unchanged(plan: Plan, draft: Draft) -> None:
    if plan.wrong or plan.fingerprint != draft.fingerprint:
        raise Refusal("changed-meanwhile", MEANWHILE)


def run_draft(draft_id: int, now: datetime) -> None:
    """What a job does: check or write the draft, whichever it waits for. Any other is let be."""
    draft = Draft.objects.filter(pk=draft_id, state__in=RUNNING).first()
    if draft is None:
        return
    try:
        with _telling(draft.pk) as tell:
            _run(draft, now, tell)
    except Refusal as refusal:
        _give_up(draft, refusal.words)
    except Exception:
        _give_up(draft, _BROKEN)
        raise


def _run(draft: Draft, now: datetime, tell: Tell) -> None:
    listing = get_listing(draft.listing)
    rehearsal = draft.state == "checking"
    acts = Acts(_find_keeper(draft, now), now, rehearsal, reason=draft.reason, source="sheet")
    if acts.rehearsal:
        check_draft(draft, listing, acts, tell)
        return
    with transaction.atomic():
        apply_draft(draft, listing, acts, tell)
        Draft.objects.filter(pk=draft.pk).update(state="applied", percent=100, rows=[], steps=[], refusal=[])


def _find_keeper(draft: Draft, now: datetime) -> AccountInHand:
    """Whoever uploaded it, as long as they still keep the list."""
    by = take_in_hand(draft.account_id, timezone.localdate(now))
    keepers = {"admin", "security"} if draft.listing in {one.key for one in STAFFING} else {"admin"}
    if by is None or not by.roles & keepers:
        words = Words("您已不再管理这张表。", "You do not keep this list any more.")
        raise Refusal("not-your-duty", words)
    return by


@contextmanager
def _telling(draft_id: int) -> Iterator[Tell]:
    """Tells how far it is through a connection of its own: a transaction shows nothing until its end."""
    own = connection.copy()

    def tell(percent: int) -> None:
        with own.cursor() as cursor:
            cursor.execute(QUERIES["tell_progress"], {"percent": percent, "draft_id": draft_id})

    try:
        yield tell
    finally:
        own.close()


def _give_up(draft: Draft, words: Words) -> None:
    """Nothing was written: a file that could not be checked is refused, one that was checked stays so."""
    state = "refused" if draft.state == "checking" else "checked"
    Draft.objects.filter(pk=draft.pk).update(state=state, refusal=[words.zh, words.en])


_BROKEN = Words(
    "后台没有做完，什么也没有写入。请再试一次；还不行请看日志。",
    "The job broke off and nothing was written. Try again; if it fails again, see the logs.",
)
MEANWHILE = Words(
    "表里还有错误，或者上传以后有人改过这些内容，所以没有写入。请重新下载、核对后再上传。",
    "There are faults, or somebody has changed the list since. Nothing was written: download and try again.",
)

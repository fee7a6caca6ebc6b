"""Judges some of the demo county's sampled replies, so that agreement and what waits can both be seen."""

from __future__ import annotations

from datetime import timedelta

from huiyin.language.api import POOR
from huiyin.people.api import AccountInHand, PostInHand, Unit, UnitKind, find_account, list_units
from huiyin.replies.api import ALL, FIT, UNFIT, Sought, judge, list_samples

JUDGED_BY = "guoheng"
LEFT = 12
"""How many of the newest are left to judge."""


def judge_samples() -> int:
    """Have the centre's reviewer judge all but the newest samples; how many were judged."""
    account, centre = find_account(JUDGED_BY), list_units(UnitKind.CENTRE)
    if account is None or not centre:
        return 0
    by = AccountInHand(account.pk, account.login, account.name, (_post(centre[0]),))
    samples = [one for one in list_samples(Sought(ALL), 400) if one.sampled and one.account_id != account.pk]
    for check in samples[LEFT:]:
        verdict = UNFIT if check.band == POOR or check.score % 3 == 0 else FIT
        why = "没有写明查到什么、怎样处理，请重新答复。" if verdict == UNFIT else ""
        judge(check.pk, verdict, why, by, check.made_at + timedelta(days=1), [unit.pk for unit in centre])
    return len(samples[LEFT:])


def _post(unit: Unit) -> PostInHand:
    return PostInHand(unit.pk, unit.name, unit.kind, "centre", unit.name_en)

"""A person of the centre judges a sampled reply: fit or not, and why; never of their own unit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand, note_thing
from huiyin.replies.models import Check
from huiyin.replies.values import ANSWER_RULE, UNFIT, VERDICTS

MOST_SIGNS = 500


def refuse_own(check: Check, account_id: int, unit_ids: Iterable[int], centre: Iterable[int]) -> None:
    """Refuses `own-reply` to whoever belongs to the unit that answered.

    What the centre itself answered at once its people may judge, but not whoever wrote it.
    """
    wrote = check.account_id is not None and check.account_id == account_id
    if wrote or (check.unit_id in set(unit_ids) and check.unit_id not in set(centre)):
        words = Words(
            "这是本单位的答复，须由别的单位的人评判。请交给同事以外的抽查人员。",
            "Your own unit wrote this reply; somebody of another unit must judge it.",
        )
        raise Refusal("own-reply", words, rule=ANSWER_RULE)


@transaction.atomic
def judge(pk: int, verdict: str, why: str, by: AccountInHand, now: datetime, centre: Iterable[int]) -> Check:
    """Keep what was judged, on record; refused without a reason when unfit, or when judged before."""
    check = Check.objects.select_for_update(of=("self",)).select_related("case", "unit").filter(pk=pk).first()
    if check is None:
        raise refuse_missing()
    refuse_own(check, by.id, by.unit_ids(), centre)
    if check.verdict:
        words = Words(
            "{who}已经评判过了。请刷新页面查看。", "{who} has judged it already. Load the page again."
        )
        raise Refusal("judged-already", words.fill(who=check.judged_by))
    check.verdict, check.judged_why = _read(verdict, why)
    check.judged_by_id, check.judged_by, check.judged_at = by.id, by.signature, now
    check.save(update_fields=["verdict", "judged_why", "judged_by_id", "judged_by", "judged_at"])
    told = {
        "number": check.case.number,
        "version": check.version,
        "verdict": verdict,
        "why": check.judged_why,
    }
    note_thing(f"reply:{check.case.number}", "reply-judged", by, now, **told)
    return check


def _read(verdict: str, why: str) -> tuple[str, str]:
    if verdict not in VERDICTS:
        raise Refusal(
            "verdict-missing", Words("请选择合格或不合格。", "Choose fit or unfit."), field="verdict"
        )
    why = clean(why)[:MOST_SIGNS]
    if verdict == UNFIT and len(why) < 4:
        words = Words(
            "判不合格请写明哪里不合格，单位要照着改。",
            "Say why it is unfit: the unit mends it by your words.",
        )
        raise Refusal("reason-missing", words, field="why")
    return verdict, why


def follow(check: Check, how: str) -> None:
    """Keep what came of an unfit reply."""
    Check.objects.filter(pk=check.pk).update(followed=how)


def refuse_missing() -> Refusal:
    """There is no such check."""
    return Refusal(
        "check-not-found",
        Words("没有这条答复检查。请从列表进入。", "There is no such check. Come from the list."),
    )

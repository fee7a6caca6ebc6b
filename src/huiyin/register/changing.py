"""Changes the register of duties: what belongs together is one version, with its number and its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean, shorten
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand
from huiyin.register import store
from huiyin.register.journalling import note_all
from huiyin.register.models import Duty, DutyChange, Part, RegisterVersion
from huiyin.register.values import Cause, Changed, NewDuty

RULE = "国办函〔2025〕66号"
AT_ONCE = 5_000
LONGEST_REASON = 300
_NO_NEWS: Sequence[NewDuty] = ()
_NO_ENDS: Mapping[int, date] = {}
_NO_CAUSE = Cause()


def check_duty(new: NewDuty) -> None:
    """Refuses `clause-needed` (none cited), `part-unknown`, `ends-before-start`."""
    if not clean(new.clause):
        words = Words("请写明派单目录或职责清单的条款。", "Cite the clause of the catalogue or duty list.")
        raise Refusal("clause-needed", words, rule=RULE, field="clause")
    if new.part not in Part.values:
        raise Refusal("part-unknown", Words("只有主办和协办。", "A unit leads or assists."), field="part")
    if new.valid_until is not None and new.valid_until < new.valid_from:
        raise _ends_before_start()


@transaction.atomic
def change_register(
    news: Sequence[NewDuty] = _NO_NEWS,
    ends: Mapping[int, date] = _NO_ENDS,
    *,
    by: AccountInHand | None,
    now: datetime,
    cause: Cause = _NO_CAUSE,
    version: int | None = None,
) -> Changed:
    """Admit duties that passed `check_duty` and end others, each by its id, as one version of the register.

    With `version` the changes belong to that one, which the same transaction has made. A duty that cannot end
    is told in the answer and stays. A dozen statements, however many duties there are.
    """
    held = Duty.objects.select_for_update().in_bulk(list(ends))
    refused = {number: _check_end(held.get(number), on) for number, on in ends.items()}
    ended = [duty for pk, duty in held.items() if refused[pk] is None and duty.valid_until != ends[pk]]
    if not news and not ended:
        return Changed(version, [], refused)
    number = _make_version(cause, by, now) if version is None else version
    duties = _add(news, number, by, now)
    _end(ended, ends, number, by, now)
    RegisterVersion.objects.filter(pk=number).update(
        added=F("added") + len(duties), ended=F("ended") + len(ended)
    )
    return Changed(number, duties, refused)


def _make_version(cause: Cause, by: AccountInHand | None, now: datetime) -> int:
    """Numbers follow one another without a gap: whoever makes the next one waits for this one."""
    store.lock_versions()
    last = RegisterVersion.objects.aggregate(last=Max("number"))["last"] or 0
    reason = shorten(clean(cause.reason), LONGEST_REASON)
    RegisterVersion.objects.create(
        number=last + 1,
        on=timezone.localdate(now),
        at=now,
        by_id=by.id if by else None,
        by_name=by.name if by else "",
        reason=reason,
        source=cause.source,
    )
    told = [{"version": last + 1, "reason": reason, "source": cause.source}]
    note_all("register-version", told, by, now)
    return last + 1


def _add(news: Sequence[NewDuty], version: int, by: AccountInHand | None, now: datetime) -> list[Duty]:
    duties = Duty.objects.bulk_create(
        [
            Duty(
                unit_id=new.unit_id,
                category_id=new.category_id,
                area_id=new.area_id,
                part=new.part,
                clause=clean(new.clause),
                basis=clean(new.basis),
                valid_from=new.valid_from,
                valid_until=new.valid_until,
            )
            for new in news
        ],
        batch_size=AT_ONCE,
    )
    DutyChange.objects.bulk_create(
        [
            DutyChange(version_id=version, duty=duty, act="added", until_after=duty.valid_until)
            for duty in duties
        ],
        batch_size=AT_ONCE,
    )
    told = [
        {"duty": duty.pk, "unit": duty.unit_id, "category": duty.category_id, "clause": duty.clause}
        for duty in duties
    ]
    note_all("duty-added", told, by, now)
    return duties


def _end(
    ended: Sequence[Duty], ends: Mapping[int, date], version: int, by: AccountInHand | None, now: datetime
) -> None:
    changes = [
        DutyChange(
            version_id=version,
            duty=duty,
            act="ended",
            until_before=duty.valid_until,
            until_after=ends[duty.pk],
        )
        for duty in ended
    ]
    for duty in ended:
        duty.valid_until = ends[duty.pk]
    Duty.objects.bulk_create(
        ended, batch_size=AT_ONCE, update_conflicts=True, unique_fields=["id"], update_fields=["valid_until"]
    )
    DutyChange.objects.bulk_create(changes, batch_size=AT_ONCE)
    note_all("duty-ended", [{"duty": duty.pk, "valid_until": duty.valid_until} for duty in ended], by, now)


def add_duty(new: NewDuty, *, by: AccountInHand | None, now: datetime, cause: Cause = _NO_CAUSE) -> Duty:
    """Put one duty on the register, as a version of its own. Refuses what `check_duty` refuses."""
    check_duty(new)
    duty: Duty = change_register([new], by=by, now=now, cause=cause).duties[0]
    return duty


def add_duties(
    news: Sequence[NewDuty], *, by: AccountInHand | None, now: datetime, cause: Cause = _NO_CAUSE
) -> list[Duty]:
    """Put many duties that passed `check_duty` on the register, as one version."""
    return change_register(news, by=by, now=now, cause=cause).duties


def end_duty(
    duty_id: int, valid_until: date, *, by: AccountInHand | None, now: datetime, cause: Cause = _NO_CAUSE
) -> None:
    """The duty holds up to and including `valid_until`. Refuses `duty-not-found` and `ends-before-start`."""
    changed = change_register(ends={duty_id: valid_until}, by=by, now=now, cause=cause)
    if (refusal := changed.refused[duty_id]) is not None:
        raise refusal


def _check_end(duty: Duty | None, on: date) -> Refusal | None:
    if duty is None:
        return Refusal("duty-not-found", Words("没有这条职责。", "There is no such duty."))
    return _ends_before_start() if on < duty.valid_from else None


def _ends_before_start() -> Refusal:
    words = Words("失效日期早于生效日期。", "The duty would end before it begins.")
    return Refusal("ends-before-start", words, field="until")

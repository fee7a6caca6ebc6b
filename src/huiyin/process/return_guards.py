"""What must hold before a dispatch is given back, and before a dispute about it is decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.process.definition import Process
from huiyin.process.facts import Actor, Facts

Guard = Callable[[Process, Facts, Actor, Mapping[str, Any]], Refusal | None]


def _not_designated(
    _process: Process, facts: Facts, _actor: Actor, _inputs: Mapping[str, Any]
) -> Refusal | None:
    if not facts.designated:
        return None
    return Refusal(
        "designated-unit",
        Words(
            "本单由中心指定办理，不能退单。有异议请写入内部说明并继续办理。",
            "The centre designated your unit, which cannot return this case. Note an objection and go on.",
        ),
        rule="派单办法：中心指定承办的单位不得退单",
    )


def _not_ruled(_process: Process, facts: Facts, _actor: Actor, _inputs: Mapping[str, Any]) -> Refusal | None:
    if not facts.ruling:
        return None
    return Refusal(
        "ruled-already",
        Words(
            "本单已由{ruling}裁定承办单位，任何单位不能再退单。请按裁定办理。",
            "Ruling {ruling} decided who handles this case; no unit can return it. Follow the ruling.",
        ).fill(ruling=facts.ruling),
        rule=f"国办函〔2025〕66号：会商不成的，作出裁定，各单位应当执行（{facts.ruling}）",
    )


def _in_time_to_return(
    _process: Process, facts: Facts, _actor: Actor, _inputs: Mapping[str, Any]
) -> Refusal | None:
    until = facts.return_until
    if until is None or facts.now <= until:
        return None
    return Refusal(
        "too-late-to-return",
        Words(
            "退单期限到 {until} 为止，已经过了。请继续办理，有异议写入内部说明。",
            "This case could be returned until {until}. Go on handling it; note an objection.",
        ).fill(until=f"{until.astimezone(facts.now.tzinfo):%m-%d %H:%M}"),
        rule="派单办法：退单须在派单后规定时限内提出，逾期视为接受",
    )


def _not_dispatcher(
    _process: Process, facts: Facts, actor: Actor, _inputs: Mapping[str, Any]
) -> Refusal | None:
    if actor.account_id is None or actor.account_id not in facts.dispatchers:
        return None
    return Refusal(
        "dispatched-it",
        Words(
            "派过这个工单的人不能裁定它的争议。请由另一位有权人员裁定。",
            "Whoever dispatched the case cannot rule on the dispute. Another person with the right must.",
        ),
        rule="派单与裁定分离",
    )


def _opinions_in(
    _process: Process, facts: Facts, _actor: Actor, _inputs: Mapping[str, Any]
) -> Refusal | None:
    if facts.opinions_open == 0:
        return None
    return Refusal(
        "opinions-open",
        Words(
            "还有 {count} 个单位在期限内没有提出意见。请等意见到齐或期限届满后再裁定。",
            "Units that still have time for an opinion: {count}. Rule when all are in or time is over.",
        ).fill(count=facts.opinions_open),
        rule="国办函〔2025〕66号：职责不清的，主办、协办单位会商",
    )


def _ruling_kept(_process: Process, facts: Facts, _actor: Actor, inputs: Mapping[str, Any]) -> Refusal | None:
    """Whoever redispatches after a ruling leaves the lead as ruled, or designates another and says why."""
    if not facts.ruling or inputs.get("lead") in {None, facts.lead}:
        return None
    if inputs.get("designate") and str(inputs.get("reason") or "").strip():
        return None
    return Refusal(
        "ruling-stands",
        Words(
            "{ruling}已裁定主办单位，不能改派。裁定后情况确有变化的，勾选“指定办理”并写明理由。",
            "Ruling {ruling} named the lead unit. If things have changed, designate another with a reason.",
        ).fill(ruling=facts.ruling),
        rule=f"国办函〔2025〕66号：裁定应当执行（{facts.ruling}）",
        field="lead",
    )


RETURN_GUARDS: dict[str, Guard] = {
    "not-designated": _not_designated,
    "not-ruled": _not_ruled,
    "in-time-to-return": _in_time_to_return,
    "not-dispatcher": _not_dispatcher,
    "opinions-in": _opinions_in,
    "ruling-kept": _ruling_kept,
}
"""These, too, may stand under `needs`."""

"""What must hold before a move. Each refusal cites the rule that it rests on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.process.definition import Process
from huiyin.process.facts import Actor, Facts
from huiyin.process.on_register import unit_on_register
from huiyin.process.return_guards import RETURN_GUARDS

Inputs = Mapping[str, Any]
Guard = Callable[[Process, Facts, Actor, Inputs], Refusal | None]


def _extension_left(_process: Process, facts: Facts, _actor: Actor, _inputs: Inputs) -> Refusal | None:
    if facts.extensions == 0:
        return None
    return Refusal(
        "extended-already",
        Words(
            "本轮已经延期一次，不能再延。请按期答复。",
            "This round was already extended once. Answer in time.",
        ),
        rule="延期以一次为限",
    )


def _before_due(_process: Process, facts: Facts, _actor: Actor, _inputs: Inputs) -> Refusal | None:
    if facts.due_at is None or facts.now <= facts.due_at:
        return None
    return Refusal(
        "too-late-to-extend",
        Words(
            "时限已过，不能再申请延期。请尽快答复并说明原因。",
            "The limit has passed; it is too late to ask for more time. Answer now and say why.",
        ),
        rule="延期须在期限届满前申请",
    )


def _extension_on_offer(process: Process, _facts: Facts, _actor: Actor, inputs: Inputs) -> Refusal | None:
    if str(inputs.get("extra")) in {str(limit) for limit in process.extensions}:
        return None
    told = [limit.tell() for limit in process.extensions]
    offered = Words("、".join(words.zh for words in told), ", ".join(words.en for words in told))
    return Refusal(
        "extension-too-long",
        Words("延长时限只能选：{offered}。", "An extension can only be: {offered}.").fill(offered=offered),
        rule="延期最长不超过规定时限",
        field="extra",
    )


def _other_unit(_process: Process, facts: Facts, actor: Actor, _inputs: Inputs) -> Refusal | None:
    if not actor.unit_ids & facts.handling_units:
        return None
    return Refusal(
        "own-unit",
        Words(
            "承办单位的人员不能做这一步。请交给其他单位的人员。",
            "Staff of a unit that handled the case cannot do this. Somebody of another unit must.",
        ),
        rule="办理与回访、复核分离",
    )


def _second_person(_process: Process, facts: Facts, actor: Actor, _inputs: Inputs) -> Refusal | None:
    if facts.asked_by is None or facts.asked_by != actor.account_id:
        return None
    return Refusal(
        "same-person",
        Words(
            "申请人不能审批自己的申请。请由另一位有权人员审批。",
            "Whoever asked cannot decide. Another person with the right must.",
        ),
        rule="申请与审批分离",
    )


def _own_request(_process: Process, facts: Facts, actor: Actor, _inputs: Inputs) -> Refusal | None:
    if facts.asked_by is not None and facts.asked_by == actor.account_id:
        return None
    return Refusal(
        "not-your-request",
        Words("只有提出的人可以撤回。", "Only whoever proposed it can withdraw it."),
        rule="谁提出、谁撤回",
    )


def _past_due(_process: Process, facts: Facts, _actor: Actor, _inputs: Inputs) -> Refusal | None:
    if facts.due_at is not None and facts.now > facts.due_at:
        return None
    return Refusal(
        "opinion-awaited",
        Words(
            "征求意见的时限还没有到。请等单位回复意见，逾期不复再直接决定。",
            "The unit still has time for its opinion. Decide without it once the limit has passed.",
        ),
        rule="职责准入：先征求承接单位意见",
    )


def _evidence(_process: Process, _facts: Facts, _actor: Actor, inputs: Inputs) -> Refusal | None:
    """Of this pause: a photo that the person sent with the matter is no evidence for stopping its clock."""
    if inputs.get("files"):
        return None
    return Refusal(
        "evidence-missing",
        Words("请附上依据材料（照片、函件、记录等）。", "Attach the evidence (photo, letter, record)."),
        rule="暂停计时、挂账须有依据",
        field="files",
    )


def _review_ahead(_process: Process, facts: Facts, _actor: Actor, inputs: Inputs) -> Refusal | None:
    review_on = inputs.get("review_on")
    if review_on is None or review_on > facts.now.date():
        return None
    return Refusal(
        "review-date-past",
        Words("复查日期须晚于今天。请重新选择日期。", "The review date must lie ahead. Choose another."),
        rule="挂账须定复查日期，到期复查",
        field="review_on",
    )


def _rounds_spent(process: Process, facts: Facts, _actor: Actor, _inputs: Inputs) -> Refusal | None:
    if facts.round > process.rounds:
        return None
    return Refusal(
        "rounds-left",
        Words(
            "满 {rounds} 轮后才能提交复核委员会。请继续办理。",
            "Only after {rounds} rounds may the board decide. Go on handling it.",
        ).fill(rounds=process.rounds),
        rule="多轮办理后方可作解释性办结",
    )


def _assisting_done(_process: Process, facts: Facts, _actor: Actor, _inputs: Inputs) -> Refusal | None:
    if facts.assisting_open == 0:
        return None
    return Refusal(
        "assisting-open",
        Words(
            "还有 {count} 个协办单位没有反馈。请催促协办单位，或请中心取消协办。",
            "Assisting units yet to report: {count}. Urge them, or ask the centre to drop them.",
        ).fill(count=facts.assisting_open),
        rule="首接负责：协办单位向主办单位反馈，由主办单位统一答复",
    )


def _evaluated(_process: Process, facts: Facts, _actor: Actor, inputs: Inputs) -> Refusal | None:
    if facts.rating.get("solved") is not None or inputs.get("solved") is not None:
        return None
    return Refusal(
        "not-evaluated",
        Words(
            "本轮还没有评价，不能销号。请先回访或请诉求人评价。",
            "This round has no evaluation yet. Call back first, or ask the person to rate it.",
        ),
        rule="一事一评估：评价后销号",
    )


def _callback_whole(_process: Process, _facts: Facts, _actor: Actor, inputs: Inputs) -> Refusal | None:
    if not inputs.get("reached") or inputs.get("solved") is not None:
        return None
    return Refusal(
        "callback-incomplete",
        Words(
            "联系上了就要问“问题解决了吗”。没有联系上请选“否”。",
            "If the person was reached, ask whether it is solved; otherwise choose “no”.",
        ),
        rule="解决率与满意率分别统计；未联系上不计满意",
        field="solved",
    )


def _calls_tried(process: Process, facts: Facts, _actor: Actor, _inputs: Inputs) -> Refusal | None:
    if facts.calls >= process.calls:
        return None
    return Refusal(
        "calls-left",
        Words(
            "本轮才回访 {tried} 次，满 {calls} 次仍联系不上才能归档。请改个时间再回访。",
            "Called {tried} times in this round; archive only after {calls}. Call again at another hour.",
        ).fill(tried=facts.calls, calls=process.calls),
        rule="未联系上不计满意，不得未经多次回访即归档",
    )


def _answered_before(_process: Process, facts: Facts, _actor: Actor, _inputs: Inputs) -> Refusal | None:
    if facts.answered_before:
        return None
    return Refusal(
        "not-answered-before",
        Words(
            "此人没有反映过同样的事并得到答复，不能按重复诉求处理。请照常受理。",
            "This person has no answer to the same matter yet, so it is no repeat. Take it on as usual.",
        ),
        rule="重复诉求：已依法答复且无新事实理由的，可不再受理，书面告知",
    )


GUARDS: dict[str, Guard] = {
    "unit-on-register": unit_on_register,
    "extension-left": _extension_left,
    "before-due": _before_due,
    "extension-on-offer": _extension_on_offer,
    "other-unit": _other_unit,
    "second-person": _second_person,
    "own-request": _own_request,
    "past-due": _past_due,
    "evidence": _evidence,
    "review-ahead": _review_ahead,
    "rounds-spent": _rounds_spent,
    "assisting-done": _assisting_done,
    "evaluated": _evaluated,
    "callback-whole": _callback_whole,
    "calls-tried": _calls_tried,
    "answered-before": _answered_before,
    **RETURN_GUARDS,
}
"""What a move may demand under `needs`."""

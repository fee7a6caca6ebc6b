"""What the person of a matter may see and do by its secret; no token is needed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import UNSET

from huiyin.appeals.api import Tracked, demand_reason_if_unsolved, find_tracked
from huiyin.cases.api import PERSON, CaseClock, move_case
from huiyin.journal.api import find_by_key
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.openapi.v1.contract import Answer, Body, Call, Operation, Reply
from huiyin.openapi.v1.seeing import titled
from huiyin.openapi.v1.tracking_shapes import (
    ActHeaders,
    RatingBody,
    SecretHeader,
    TrackedMatter,
    TrackedOfficer,
    TrackedRating,
    TrackedStep,
    WordsBody,
)
from huiyin.process.api import Move


def _track(call: Call) -> Reply:
    return Reply(_tell(_find(call)))


def _find(call: Call) -> Tracked:
    return find_tracked(call.parts["number"], call.headers.secret)


def _tell(tracked: Tracked) -> TrackedMatter:
    case, officer, rating = tracked.case, tracked.officer, tracked.rating
    return TrackedMatter(
        number=case.number,
        title=case.title,
        headline=titled(tracked.headline),
        opened_at=case.opened_at,
        due_at=_find_due(tracked),
        closed=tracked.closed,
        steps=[
            TrackedStep(titled(step.title), step.at, list(step.words), step.mine) for step in tracked.steps
        ],
        officer=TrackedOfficer(officer.name, officer.phone) if officer else None,
        rating=TrackedRating(rating.solved, rating.satisfied) if rating else None,
        can=[name for name in ("rate", "words") if _find_move(tracked, name)],
        version=tracked.version,
    )


def _find_due(tracked: Tracked) -> Any:
    running = CaseClock.objects.filter(case=tracked.case, main=True, stopped_at=None, paused_at=None)
    return running.order_by("-id").values_list("due_at", flat=True).first()


def _find_move(tracked: Tracked, name: str) -> Move | None:
    """The move of this process by which the person now rates, or adds words: processes name theirs freely."""
    moves = [tracked.process.get_move(key) for key in tracked.process.moves if key in tracked.can]
    if name == "rate":
        return next((move for move in moves if "rate" in move.effects()), None)
    required = [{ask.key for ask in move.asks if ask.required} for move in moves]
    return next((move for move, keys in zip(moves, required, strict=True) if keys == {"words"}), None)


def _rate(call: Call) -> Reply:
    inputs: dict[str, Any] = {"solved": call.body.solved, "satisfied": call.body.satisfied}
    if call.body.words is not UNSET:
        inputs["words"] = call.body.words
    demand_reason_if_unsolved(inputs)
    return _act(call, "rate", inputs)


def _add_words(call: Call) -> Reply:
    return _act(call, "words", {"words": call.body.words})


def _act(call: Call, name: str, inputs: Mapping[str, Any]) -> Reply:
    tracked, key = _find(call), call.headers.idempotency_key
    sent = None if key is UNSET else f"person:{key}"
    if sent is None or find_by_key(f"case:{tracked.case.number}", sent) is None:
        move = _find_move(tracked, name)
        if move is None:
            raise Refusal("wrong-stage", _NOT_NOW[name])
        move_case(tracked.case.number, move.key, inputs, PERSON, call.now, key=sent)
    return Reply(_tell(_find(call)))


_NOT_NOW = {
    "rate": Words(
        "现在还不能评价：办结以后才能评。", "It cannot be rated now: only once it has been handled."
    ),
    "words": Words("这件事已经办结，不能再补充。", "The matter is closed; words can no longer be added."),
}

OPERATIONS = (
    Operation(
        key="trackCase",
        method="GET",
        path="/track/{number}",
        scope="",
        group="tracking",
        title=Words("查办理进度", "Track a matter"),
        told=Words(
            "不用令牌，用登记时的密钥。小程序、自助机用它给诉求人看进度。",
            "Without a token, by the secret. For a mini-program or a kiosk that shows people their matter.",
        ),
        run=_track,
        answers={200: Answer(Words("进度", "Where it stands"), TrackedMatter)},
        headers=SecretHeader,
        problems=(404,),
    ),
    Operation(
        key="rateCase",
        method="POST",
        path="/track/{number}/rating",
        scope="",
        group="tracking",
        title=Words("评价", "Rate"),
        told=Words("没解决的，退回去接着办。", "What is not solved goes back into handling."),
        run=_rate,
        answers={200: Answer(Words("评价后的进度", "Where it stands now"), TrackedMatter)},
        headers=ActHeaders,
        body=Body(RatingBody),
        problems=(404, 409),
    ),
    Operation(
        key="addWords",
        method="POST",
        path="/track/{number}/words",
        scope="",
        group="tracking",
        title=Words("补充情况", "Add words"),
        told=Words("诉求人补充的话，转给承办单位。", "More words of the person, passed on to the unit."),
        run=_add_words,
        answers={200: Answer(Words("补充后的进度", "Where it stands now"), TrackedMatter)},
        headers=ActHeaders,
        body=Body(WordsBody),
        problems=(404, 409),
    ),
)

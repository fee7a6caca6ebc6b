"""Moves cases, under the same rules as in the console."""

from __future__ import annotations

import re
from typing import Any

from django.db import IntegrityError, transaction
from msgspec import UNSET, Struct, field, json

from huiyin.cases.api import Moved, Terms, list_next_moves, move_within
from huiyin.journal.api import Strand
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.openapi.sent_keys import check_key, is_sent, note_key, write_key
from huiyin.openapi.v1.case_shapes import MovedCase, MoveHeaders
from huiyin.openapi.v1.cases_reading import ETAG, tell_moves
from huiyin.openapi.v1.contract import Answer, Body, Call, Operation, Reply
from huiyin.openapi.v1.move_inputs import MoveInputs, read_inputs
from huiyin.openapi.v1.seeing import look_at
from huiyin.openapi.v1.shapes import Key


class MoveBody(Struct, forbid_unknown_fields=True):
    """A move by its key, with what it asks for."""

    move: Key
    inputs: MoveInputs = field(default_factory=MoveInputs)


def _move(call: Call) -> Reply:
    try:
        moved = _carry_out(call)
    except Refusal as refusal:
        _check(call)
        if refusal.code == "changed-meanwhile":
            raise Refusal("precondition-failed", refusal.words, "If-Match", "If-Match") from None
        raise
    told = tell_moves(moved, list_next_moves(moved, call.acting))
    headers = {"ETag": f'"{told["version"]}"'}
    return Reply(MovedCase(**told, repeated=moved.repeated), headers=headers)


def _check(call: Call) -> None:
    """What is told before all else: no such case for the caller, no such move, a key of another request."""
    case, move = look_at(call), call.body.move
    if move not in case.process.moves:
        words = Words("这个流程没有“{move}”这个动作。", "This process has no move “{move}”.")
        raise Refusal("move-not-found", words.fill(move=move), field="move")
    if call.headers.idempotency_key is not UNSET:
        check_key(*_what_was_sent(call))


def _what_was_sent(call: Call) -> tuple[int, str, tuple[bytes, ...]]:
    """The account, the key and all that the request says."""
    what = (b"move", clean(call.parts["number"]).encode(), json.encode(call.body))
    return call.account.id, f"move:{call.headers.idempotency_key}", what


def _carry_out(call: Call) -> Moved:
    if call.headers.idempotency_key is UNSET:
        with transaction.atomic():
            return _act(call)
    sent = (*_what_was_sent(call), call.now)
    try:
        with transaction.atomic():
            moved = _act(call, write_key(*sent))
            if moved.repeated:
                note_key(*sent)
            return moved
    except IntegrityError as error:
        if not is_sent(error):
            raise
    with transaction.atomic():
        note_key(*sent)
        return _act(call)


def _act(call: Call, *beside: Strand) -> Moved:
    key, body = call.headers.idempotency_key, call.body
    terms = Terms(
        key=None if key is UNSET else f"api:{call.account.id}:{key}",
        version=_read_version(call.headers.if_match),
        seen=True,
        beside=beside,
    )
    inputs = read_inputs(body.inputs)
    return move_within(call.parts["number"], body.move, inputs, call.acting, call.now, terms)


def _read_version(tag: Any) -> int | None:
    """The version within an entity tag of ours; None when any will do, -1 for a tag that no case ever had."""
    if tag is UNSET or tag == "*":
        return None
    found = _TAG.fullmatch(tag)
    return int(found[1]) if found else -1


_TAG = re.compile(r'(?:W/)?"([0-9]{1,9})(?:-[0-9a-f]{8})?"', re.ASCII)


OPERATIONS = (
    Operation(
        key="moveCase",
        method="POST",
        path="/cases/{number}/moves",
        scope="cases:move",
        group="cases",
        title=Words("办理", "Move a case"),
        told=Words(
            "动作、要填的内容、谁能做，都由流程定，与工作人员在页面上办理一样；"
            "不行的，答 409 并写明依据。带上 If-Match，别人刚办过就答 412，不会互相覆盖。",
            "Moves, their inputs and who may do them are the process's, just as on the pages; what is not "
            "allowed is answered 409 with its rule. With If-Match nobody's move is overwritten: 412 when "
            "somebody was quicker.",
        ),
        run=_move,
        answers={200: Answer(Words("办理后的情况", "Where the case stands now"), MovedCase, {"ETag": ETAG})},
        headers=MoveHeaders,
        body=Body(MoveBody),
        problems=(404, 409, 412),
    ),
)

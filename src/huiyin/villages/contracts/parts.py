"""What pages of contracts and payments share: the steps of a filing, its moves, its files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from huiyin.cases.api import (
    Acting,
    Case,
    Later,
    Upload,
    get_process,
    keep_files,
    list_open_moves,
    move_case,
    record_files,
)
from huiyin.kernel.words import Words
from huiyin.pages.api import Attachment, Stage
from huiyin.process.api import Move, Process

ASIDE = frozenset({"remark"})
DANGEROUS = frozenset({"withdraw", "disagree", "send_back", "redraft"})


@dataclass(frozen=True, slots=True)
class Walk:
    """Where a filing stands: process, title of the stage, steps, moves that are offered, files."""

    process: Process
    title: Words
    stage: str
    steps: list[Stage]
    moves: list[Move]
    files: list[Attachment]


def read_walk(case: Case, acting: Acting) -> Walk:
    """How far the filing of that case is, for whoever looks."""
    process = get_process(case.process, case.process_version)
    stage = process.get_stage(case.stage)
    parts = list(case.assignments.order_by("id"))
    moves = [move for move in list_open_moves(case, process, parts, acting) if move.key not in ASIDE]
    return Walk(process, stage.title, case.stage, _list_steps(process, case), moves, _list_files(case))


def _list_steps(process: Process, case: Case) -> list[Stage]:
    keys = [step.key for step in process.steps]
    here = keys.index(process.get_stage(case.stage).step)
    closed = case.stage_kind == "closed"
    steps = [Stage(step.title, "done" if at < here else "future") for at, step in enumerate(process.steps)]
    steps[here] = Stage(process.steps[here].title, "done" if closed else "now")
    return steps


def _list_files(case: Case) -> list[Attachment]:
    return [
        Attachment(
            file.name, "" if file.removed_at else reverse("console:attachment", args=[file.pk]), file.size
        )
        for file in case.attachments.order_by("id")
    ]


def list_uploads(request: HttpRequest) -> list[Upload]:
    """The files that were sent with a form."""
    sent = request.FILES.getlist("files")
    return [Upload(one.name or "file", cast("BinaryIO", one.file)) for one in sent if one.file]


def make_move(request: HttpRequest, case: Case, acting: Acting, move: str) -> None:
    """Carry out a move that was sent by a form of ours, with the files that came with it, once."""
    kept = keep_files(list_uploads(request))
    typed = {key: request.POST.get(key, "")[:2000] for key in ("note", "reason")}
    now = timezone.now()

    def read(case_id: int, known: Move) -> Mapping[str, Any]:
        files = record_files(case_id, kept, acting.name, now, public=False) if kept else []
        return {**typed, "files": files} if any(ask.key == "files" for ask in known.asks) else typed

    key = request.POST.get("client_key", "")[:64] or None
    move_case(case.number, move, Later(read), acting, now, key)


DONE: dict[str, Words] = {
    "drafted": Words("已登记，可以接着办理。", "Registered; go on from here."),
    "changed": Words("已保存。", "Saved."),
    "moved": Words("已办理，转到下一步。", "Done, on to the next step."),
    "paid": Words("已支付，凭证已记账。", "Paid; the voucher is on the books."),
    "received": Words("已登记收款，凭证已记账。", "Received; the voucher is on the books."),
    "matched": Words("已与凭证核对。", "Matched with the voucher."),
    "ended": Words("合同已终止。", "The contract has ended."),
}
"""What may be said of the act that led to a page."""

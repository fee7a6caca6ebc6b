"""Takes in files for a case, and hands them out."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.db import transaction
from django.urls import reverse
from msgspec import UNSET

from huiyin.cases.api import Kept, SeenCase, Upload, find_attachment, keep_files, path_of, record_files
from huiyin.journal.api import NewEntry, append
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.openapi.sent_keys import keep_made, note_key
from huiyin.openapi.v1.case_shapes import FileQuery, KeptFile
from huiyin.openapi.v1.contract import Answer, Body, Call, Operation, Reply
from huiyin.openapi.v1.seeing import look_at
from huiyin.openapi.v1.shapes import Keys

MEGABYTES = 20
MEDIA = (
    "image/jpeg", "image/png", "image/webp", "application/pdf", "application/zip", "application/msword",
    "application/octet-stream", "audio/mpeg", "audio/wav", "audio/amr", "audio/ogg", "video/mp4",
)  # fmt: skip
"""What may be said to be sent; what it is, the bytes and the ending of the name tell."""


def _attach(call: Call) -> Reply:
    case, query = look_at(call), call.query
    _demand_may_attach(case, call)
    kept = _keep(call.body, query)
    with transaction.atomic():
        made, repeated = _record(case, kept, call)
    headers = {"Location": _address(case.number, made)}
    if repeated:
        headers["Idempotency-Replayed"] = "true"
    told = KeptFile(made, kept.name, kept.media_type, kept.size, headers["Location"])
    return Reply(told, 201, headers)


def _keep(raw: bytes, query: FileQuery) -> Kept:
    try:
        return keep_files([Upload(query.name, BytesIO(raw))])[0]
    except Refusal as refusal:
        raise Refusal(refusal.code, refusal.words, refusal.rule, "body") from None


def _demand_may_attach(case: SeenCase, call: Call) -> None:
    """Whoever opened the case, or may make a move now that asks for files."""
    if case.opened_by_id == call.account.id:
        return
    if any(ask.key == "files" for move in case.list_moves(call.acting) for ask in move.asks):
        return
    words = Words("您现在没有要附文件的动作可做。", "There is no move of yours now that takes files.")
    raise Refusal("not-your-duty", words, rule="岗位职责分离")


def _record(case: SeenCase, kept: Kept, call: Call) -> tuple[int, bool]:
    """The id of the file, recorded and journalled; that of the first time when the key is known."""
    key, noted = call.headers.idempotency_key, None
    if key is not UNSET:
        public = b"public" if call.query.public else b""
        what = (b"attach", case.number.encode(), kept.sha256.encode(), kept.name.encode(), public)
        noted = note_key(call.account.id, f"attach:{key}", what, call.now)
        if noted is not None and noted.made:
            return int(noted.made["file"]), True
    made = record_files(case.id, [kept], call.acting.name, call.now, public=call.query.public)[0]
    if key is not UNSET:
        keep_made(call.account.id, f"attach:{key}", {"file": made})
    body = {"file": made, "name": kept.name, "sha256": kept.sha256, "public": call.query.public}
    append(
        [NewEntry(f"case:{case.number}", "attach", call.now, call.account.id, call.account.signature, body)]
    )
    return made, False


def _address(number: str, file: Any) -> str:
    return reverse("openapi:cases-number-attachments-file", args=[number, file])


def _hand_out(call: Call) -> Reply:
    case = look_at(call)
    pk = call.parts["file"]
    file = find_attachment(pk, call.acting) if pk < 2**63 else None
    hidden = file is not None and not case.knows_source and file.media_type.startswith(("audio/", "video/"))
    if file is None or file.case_id != case.id or hidden or not path_of(file.sha256).is_file():
        words = Words("没有这个附件，或您无权查看。", "There is no such file, or you may not see it.")
        raise Refusal("file-not-found", words)
    headers = {
        "Content-Disposition": "attachment",
        "ETag": f'"{file.sha256[:16]}"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return Reply(path_of(file.sha256).read_bytes(), headers=headers, media=file.media_type)


OPERATIONS = (
    Operation(
        key="attachFile",
        method="POST",
        path="/cases/{number}/attachments",
        scope="cases:write",
        group="cases",
        title=Words("上传附件", "Attach a file"),
        told=Words(
            "请求体就是文件本身，最大 20 MB。收照片、PDF、Word、Excel、录音、MP4；照片会去掉拍摄位置。"
            "办理时可在 files 里写它的编号。",
            "The body is the file itself, up to 20 MB: photos, PDF, Word, Excel, sound, MP4. Photos lose the "
            "place where they were taken. A move may name the file in `files`.",
        ),
        run=_attach,
        answers={
            201: Answer(
                Words("已收下", "Taken"),
                KeptFile,
                {"Location": Words("文件的地址", "Where the file is read")},
            )
        },
        query=FileQuery,
        headers=Keys,
        body=Body(None, MEDIA, MEGABYTES * 1024 * 1024),
        problems=(404, 409),
    ),
    Operation(
        key="readFile",
        method="GET",
        path="/cases/{number}/attachments/{file}",
        scope="cases:read",
        group="cases",
        title=Words("下载附件", "Read a file"),
        told=Words("文件本身。", "The file itself."),
        run=_hand_out,
        answers={200: Answer(Words("文件", "The file"), media="*/*")},
        problems=(404,),
    ),
)

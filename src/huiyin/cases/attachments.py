"""Keeps the files given with a case: known types only, the bytes under their hash."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePath
from typing import BinaryIO

from django.conf import settings

from huiyin.cases.models import Attachment
from huiyin.cases.pictures import remake_picture
from huiyin.cases.scanning import check_clean
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words

MAX_BYTES = 20 * 1024 * 1024
MAX_FILES = 9
LONGEST_NAME = 120

_STARTS: tuple[tuple[bytes, str, frozenset[str]], ...] = (
    (b"%PDF-", "application/pdf", frozenset({".pdf"})),
    (b"PK\x03\x04", "application/zip", frozenset({".docx", ".xlsx", ".pptx", ".zip", ".ofd", ".wps"})),
    (b"\xd0\xcf\x11\xe0", "application/msword", frozenset({".doc", ".xls", ".ppt", ".wps", ".et"})),
    (b"ID3", "audio/mpeg", frozenset({".mp3"})),
    (b"\xff\xfb", "audio/mpeg", frozenset({".mp3"})),
    (b"\xff\xf3", "audio/mpeg", frozenset({".mp3"})),
    (b"RIFF", "audio/wav", frozenset({".wav"})),
    (b"#!AMR", "audio/amr", frozenset({".amr"})),
    (b"OggS", "audio/ogg", frozenset({".ogg"})),
)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came in: its name and a stream of its bytes."""

    name: str
    stream: BinaryIO


@dataclass(frozen=True, slots=True)
class Kept:
    """A file in the attachment folder."""

    sha256: str
    name: str
    media_type: str
    size: int


def keep_files(uploads: Sequence[Upload]) -> list[Kept]:
    """Check and store files, before the transaction that mentions them; refused naming the file at fault."""
    if len(uploads) > MAX_FILES:
        raise _refuse(
            "too-many-files", f"一次最多 {MAX_FILES} 个附件。", f"At most {MAX_FILES} files at a time."
        )
    return [_keep_file(upload) for upload in uploads]


def _keep_file(upload: Upload) -> Kept:
    name = _tidy_name(upload.name)
    raw = upload.stream.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise _refuse(
            "file-too-large", f"“{name}”超过 20 MB。请压缩后再传。", f"“{name}” is larger than 20 MB."
        )
    if not raw:
        raise _refuse("file-empty", f"“{name}”是空文件。", f"“{name}” is empty.")
    check_clean(name, raw)
    content, media_type = _recognise(name, raw)
    sha256 = hashlib.sha256(content).hexdigest()
    _write_once(path_of(sha256), content)
    return Kept(sha256, name, media_type, len(content))


def _tidy_name(given: str) -> str:
    """The name alone, without folders, control characters and what makes it too long; its ending stays."""
    name = PurePath(" ".join(clean(given).replace("\\", "/").split("\n"))).name.strip(". ") or "file"
    ending = PurePath(name).suffix[:10]
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - len(ending)] + ending


def _recognise(name: str, raw: bytes) -> tuple[bytes, str]:
    image = remake_picture(name, raw)
    if image is not None:
        return image
    suffix = PurePath(name).suffix.lower()
    for start, media_type, suffixes in _STARTS:
        if raw.startswith(start) and suffix in suffixes:
            return raw, media_type
    if raw[4:8] == b"ftyp" and suffix in {".mp4", ".m4a", ".mov"}:
        return raw, "video/mp4"
    raise _refuse(
        "file-type",
        f"“{name}”的类型不收。可以传照片、PDF、Word、Excel、录音和 MP4。",
        f"“{name}” is of a type that is not taken. Photos, PDF, Word, Excel, sound and MP4 are.",
    )


def path_of(sha256: str) -> Path:
    """Where the bytes of that hash lie."""
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256


def _write_once(path: Path, content: bytes) -> None:
    if path.exists():
        with suppress(FileNotFoundError):
            path.touch()  # handed in anew: the sweep of strays lets it be
            return
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}.part")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def record_files(
    case_id: int, kept: Sequence[Kept], given_by: str, now: datetime, *, public: bool
) -> list[int]:
    """Attach kept files to a case; answers their ids. The move that mentions them stands in the journal."""
    rows = [
        Attachment(
            case_id=case_id,
            sha256=file.sha256,
            name=file.name,
            media_type=file.media_type,
            size=file.size,
            public=public,
            given_by=given_by,
            given_at=now,
        )
        for file in kept
    ]
    return [row.pk for row in Attachment.objects.bulk_create(rows)]


def _refuse(code: str, zh: str, en: str) -> Refusal:
    return Refusal(code, Words(zh, en), field="files")

"""Keeps files over a form that comes back with faults: their names travel signed in the form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import BinaryIO, cast

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from huiyin.cases.api import MAX_FILES, Kept, Upload, keep_files
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words

SALT = "portal.kept-file"
DAY = 24 * 3600
_TOO_MANY = Words(
    "最多 {most} 张，只留下了前 {most} 张。", "At most {most}; only the first {most} were kept."
)


@dataclass(frozen=True, slots=True)
class Keeping:
    """The files that came with a form, now or at an earlier try, and why others were not taken."""

    kept: tuple[Kept, ...]
    fault: Words | None

    @property
    def tokens(self) -> tuple[str, ...]:
        """The files as signed texts for the form."""
        return tuple(signing.dumps(astuple(file), salt=SALT) for file in self.kept)


def keep_uploads(request: HttpRequest) -> Keeping:
    """Take in the form's `files` beside those that `kept` names; a broken one spoils only itself."""
    kept = [file for file in map(read_token, request.POST.getlist("kept")) if file is not None]
    fault = None
    for upload in request.FILES.getlist("files"):
        try:
            kept += keep_files([_open(upload)])
        except Refusal as refusal:
            fault = refusal.words
    kept = list({file.sha256: file for file in kept}.values())
    if len(kept) > MAX_FILES:
        fault = _TOO_MANY.fill(most=MAX_FILES)
    return Keeping(tuple(kept[:MAX_FILES]), fault)


def read_token(token: str) -> Kept | None:
    """The file that a signed text names; None when it is not ours or older than a day."""
    try:
        return Kept(*signing.loads(token, salt=SALT, max_age=DAY))
    except (signing.BadSignature, UnicodeEncodeError):
        return None


def name_tokens(tokens: Sequence[str]) -> list[tuple[str, str]]:
    """Token and file name of each, to be shown in the form."""
    return [(token, file.name) for token in tokens if (file := read_token(token)) is not None]


def _open(upload: UploadedFile[bytes]) -> Upload:
    # Django's uploaded file reads like the stream that it holds.
    return Upload(upload.name or "", cast("BinaryIO", upload))

"""Files of a form that was refused come back with it as signed names: nobody picks them twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, BinaryIO, cast

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from huiyin.cases.api import MAX_FILES, Kept, Upload, keep_files
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words

FIELD = "kept"
_A_DAY = 24 * 3600


@dataclass
class Shelf:
    """The files of one form so far, and why one of them was not taken."""

    number: str
    kept: list[Kept] = field(default_factory=list)
    refusal: Refusal | None = None

    @property
    def tokens(self) -> list[tuple[str, Kept]]:
        """Each kept file with the signed word by which the form brings it back."""
        return [(signing.dumps(asdict(file), salt=_salt(self.number)), file) for file in self.kept]


def gather_files(request: HttpRequest, number: str) -> Shelf:
    """Files that came back with the form, and new ones; one that is refused does not lose the others."""
    shelf = Shelf(number, _read_back(request.POST.getlist(FIELD), number))
    for uploaded in request.FILES.getlist("files"):
        _add(shelf, uploaded)
    return shelf


def _read_back(tokens: Sequence[str], number: str) -> list[Kept]:
    found = []
    for token in tokens[:MAX_FILES]:
        try:
            found.append(Kept(**signing.loads(token, salt=_salt(number), max_age=_A_DAY)))
        except (signing.BadSignature, UnicodeEncodeError):
            continue  # too old or not ours: the page shows which files are left
    return found


def _add(shelf: Shelf, uploaded: UploadedFile[Any]) -> None:
    if len(shelf.kept) >= MAX_FILES:
        words = Words("一次最多 {most} 个附件。", "At most {most} files at a time.").fill(most=MAX_FILES)
        shelf.refusal = Refusal("too-many-files", words, field="files")
        return
    try:
        shelf.kept += keep_files([Upload(uploaded.name or "file", cast("BinaryIO", uploaded.file))])
    except Refusal as refusal:
        shelf.refusal = refusal


def _salt(number: str) -> str:
    return f"console.matter.files:{number}"

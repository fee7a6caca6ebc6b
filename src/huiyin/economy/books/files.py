"""The papers of a voucher: kept as those of cases are, under their hash."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from huiyin.cases.api import MAX_FILES, Kept, path_of
from huiyin.economy.books.models import DraftState, VoucherDraft, VoucherFile
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words


def attach_files(draft: VoucherDraft, kept: Sequence[Kept], by_id: int, now: datetime) -> None:
    """Put kept files to a draft that is not on the books yet. Refuses `too-many-files`."""
    if not kept:
        return
    if draft.files.count() + len(kept) > MAX_FILES:
        words = Words("一张凭证最多 {most} 个附件。", "A voucher has at most {most} files.")
        raise Refusal("too-many-files", words.fill(most=MAX_FILES), field="files")
    VoucherFile.objects.bulk_create(
        VoucherFile(
            draft=draft,
            sha256=one.sha256,
            name=one.name,
            media_type=one.media_type,
            size=one.size,
            given_by_id=by_id,
            given_at=now,
        )
        for one in kept
    )


def remove_file(draft: VoucherDraft, file_id: int) -> None:
    """Take a file off a draft that is still being written."""
    VoucherFile.objects.filter(pk=file_id, draft=draft, draft__state=DraftState.DRAFT).delete()


def find_file(organisation_id: int, file_id: int) -> tuple[VoucherFile, Path] | None:
    """A file of the organisation's vouchers and where its bytes lie."""
    found = VoucherFile.objects.filter(pk=file_id, draft__organisation_id=organisation_id).first()
    return (found, path_of(found.sha256)) if found else None


def list_used(hashes: set[str]) -> set[str]:
    """Which of these are papers of vouchers: they stay on the disk."""
    return set(VoucherFile.objects.filter(sha256__in=hashes).values_list("sha256", flat=True))

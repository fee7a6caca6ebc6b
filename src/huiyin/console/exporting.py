"""Lists that leave the system as spreadsheets: who took which one, how it was filtered, how many rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from huiyin.journal.api import log_access
from huiyin.kernel.masks import mask_numbers
from huiyin.kernel.texts import clean, shorten
from huiyin.pages.api import Column, Sheet, Value, answer_sheets, answer_xlsx
from huiyin.people.api import get_account_of

LONGEST = 300


def export_xlsx(
    request: HttpRequest, what: str, name: str, columns: Sequence[Column], rows: Iterable[Sequence[Value]]
) -> HttpResponse:
    """The list as a download called `<name>.xlsx`, noted in the access log as `export:<what>`.

    The note tells how many rows left and what the list was filtered by; numbers of people in it are masked.
    """
    count = 0

    def counted() -> Iterator[Sequence[Value]]:
        nonlocal count
        for row in rows:
            count += 1
            yield row

    answer = answer_xlsx(name, columns, counted())
    note_export(request, what, name, count)
    return answer


def export_sheets(request: HttpRequest, what: str, name: str, sheets: Sequence[Sheet]) -> HttpResponse:
    """The same of a workbook of several sheets."""
    kept = [Sheet(one.title, one.columns, list(one.rows)) for one in sheets]
    answer = answer_sheets(name, kept)
    note_export(request, what, name, sum(len(list(one.rows)) for one in kept))
    return answer


def note_export(request: HttpRequest, what: str, name: str, count: int) -> None:
    """Note in the access log that somebody took `count` entries of a list away, and how it was filtered."""
    account = get_account_of(request)
    asked = "&".join(f"{key}={value}" for key, value in request.GET.items() if value)
    log_access(
        at=timezone.now(),
        account_id=account.id,
        account=account.signature,
        what="export",
        subject=f"export:{what}",
        reason=shorten(clean(mask_numbers(f"{name} · {count} 行 · {asked}".rstrip(" ·"))), LONGEST),
        request_id=getattr(request, "id", None),
    )

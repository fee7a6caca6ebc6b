"""Draws what was asked to be printed: at once when it is little, else piece by piece by a job."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from huiyin.economy.shares.certificates import draw
from huiyin.economy.shares.models import Certificate, Printing
from huiyin.economy.shares.values import PRINTED
from huiyin.journal.api import open_seal, seal
from huiyin.people.api import take_in_hand

AT_ONCE = 60
"""Up to how many certificates are drawn while the page waits."""

PIECE = 200
KEPT = timedelta(days=3)


def list_certificates_of(printing: Printing) -> list[Certificate]:
    """The certificates of a printing that are still valid, by number."""
    found = Certificate.objects.filter(pk__in=printing.certificates, state="valid")
    return list(found.order_by("number"))


def print_now(printing: Printing, base: str, now: datetime) -> bytes:
    """The file of a printing, drawn here and kept nowhere."""
    by = take_in_hand(printing.asked_by_id, timezone.localdate(now))
    if by is None:
        raise ValueError("whoever asked for the printing has no account any more")
    file = draw(printing.book, list_certificates_of(printing), base, by, now)
    Printing.objects.filter(pk=printing.pk).update(drawn=printing.wanted, done_at=now)
    return file


def print_by_job(printing_id: int, base: str, now: datetime) -> None:
    """Draw a large printing in files of `PIECE`, telling how far it is; they are kept, sealed, for some days.

    Once done it does nothing: the links in the file would be told anew.
    """
    printing = Printing.objects.select_related("book__organisation").get(pk=printing_id)
    by = take_in_hand(printing.asked_by_id, timezone.localdate(now))
    if by is None or printing.done_at is not None:
        return
    chosen, files = list_certificates_of(printing), []
    for at in range(0, len(chosen), PIECE):
        piece = chosen[at : at + PIECE]
        files.append(base64.b64encode(draw(printing.book, piece, base, by, now)).decode())
        Printing.objects.filter(pk=printing_id).update(drawn=at + len(piece))
    sealed = seal({"files": files}, PRINTED)
    Printing.objects.filter(pk=printing_id).update(sealed=sealed, done_at=timezone.now())


def open_files(printing: Printing) -> Sequence[bytes]:
    """The files of a printing that a job has drawn; none once their days are over."""
    if not printing.sealed:
        return []
    return [base64.b64decode(one) for one in open_seal(printing.sealed, PRINTED)["files"]]


def forget_printings(now: datetime) -> int:
    """Drop the files that were drawn days ago: the log of what was printed stays."""
    old = Printing.objects.filter(done_at__lt=now - KEPT, sealed__isnull=False)
    return old.update(sealed=None)

"""Hands out the files of a case to those who may see it."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from huiyin.cases.api import DRAWN, find_attachment, path_of
from huiyin.console.frame import acting_of
from huiyin.console.matter.identity import may_open_file
from huiyin.console.matter.looking import look_at
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import get_account_of, open_to


@require_safe
@open_to("staff")
def show_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file itself; `file-not-found` for who may not see its case, or not hear that voice."""
    file = find_attachment(pk, acting_of(request))
    if file is None or not may_open_file(file, look_at(request, file.case.number), get_account_of(request)):
        raise _missing()
    path = path_of(file.sha256)
    if not path.is_file():
        raise _missing()
    response = FileResponse(
        path.open("rb"),
        as_attachment=file.media_type not in DRAWN,
        filename=file.name,
        content_type=file.media_type,
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _missing() -> Refusal:
    return Refusal(
        "file-not-found",
        Words("没有这个附件，或您无权查看。", "There is no such file, or you may not see it."),
    )

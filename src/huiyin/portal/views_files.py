"""The files of a matter, for whoever holds its link."""

from __future__ import annotations

from urllib.parse import quote

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from huiyin.appeals.api import find_tracked
from huiyin.cases.api import DRAWN, find_public_attachment, path_of
from huiyin.people.api import EVERYONE, open_to
from huiyin.portal.frame import keep_private


@open_to(EVERYONE)
@require_safe
def show_file(_request: HttpRequest, number: str, secret: str, pk: int) -> HttpResponseBase:
    """A file that the person gave or may see; pictures open in the browser, everything else is saved."""
    tracked = find_tracked(number, secret)
    file = find_public_attachment(pk, tracked.case.pk)
    if file is None or not path_of(file.sha256).is_file():
        raise Http404(pk)
    response = FileResponse(path_of(file.sha256).open("rb"), content_type=file.media_type)
    how = "inline" if file.media_type in DRAWN else "attachment"
    response.headers["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(file.name, safe='')}"
    # Somebody else's file must not act as a page of ours.
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    keep_private(response)
    return response

"""The processes of the county, version by version, and their files."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from huiyin.administration.setup.views_lists import HOME
from huiyin.cases.api import get_process_text, list_processes
from huiyin.console.api import show
from huiyin.people.api import open_to
from huiyin.process.api import list_shipped


@require_safe
@open_to("admin")
def show_processes(request: HttpRequest) -> HttpResponse:
    """Every version of every process, newest first within each; new cases run by the newest."""
    shipped = {(one.key, one.version) for one in list_shipped()}
    versions = sorted(list_processes(), key=lambda one: (one.key, -one.version))
    newest = {one.key: one.version for one in reversed(versions)}
    rows = [(one, newest[one.key] == one.version, (one.key, one.version) in shipped) for one in versions]
    return show(request, "administration/setup/processes.html", {"rows": rows}, HOME)


@require_safe
@open_to("admin")
def download_process(_request: HttpRequest, key: str, version: int) -> HttpResponse:
    """The file of one version, byte for byte as it was taken in."""
    text = get_process_text(key, version)
    response = HttpResponse(text, content_type="application/toml; charset=utf-8")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(key)}.{version}.toml"
    return response

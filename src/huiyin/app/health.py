"""What a load balancer and Prometheus ask: is the process alive, may it be sent work, how is it doing."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import msgspec
from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse
from prometheus_client import CONTENT_TYPE_LATEST

from huiyin.app import environment
from huiyin.app.backup.note import NOTE
from huiyin.app.insiders import may_look_inside
from huiyin.app.metrics.measuring import measure
from huiyin.app.metrics.telling import tell_metrics
from huiyin.app.migrating import are_tables_ready
from huiyin.app.watching import counts

SPARE = 200 * 1024 * 1024  # bytes that the attachments' disk should have left
WORKERS = "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '1 minute'"


def show_health(_request: HttpRequest) -> HttpResponse:
    """200 while the process answers at all; asks nothing of the database."""
    return _say("ok", 200)


def show_readiness(request: HttpRequest) -> HttpResponse:
    """200 when requests can be served, else 503: the database answers and its tables are up to date.

    What only degrades the service (no worker, attachments that cannot be written) is told to insiders.
    """
    found = _look()
    serves = found["database"] == found["tables"] == "ok"
    status = 200 if serves else 503
    if may_look_inside(request) and "application/json" in request.headers.get("Accept", ""):
        answer = HttpResponse(msgspec.json.encode(found), status=status, content_type="application/json")
        answer["Cache-Control"] = "no-store"
        return answer
    return _say("ready" if serves else "not ready", status)


def _look() -> dict[str, str]:
    found = {"database": "ok", "tables": "ok", "worker": "ok", "attachments": _look_at_attachments()}
    try:
        if not are_tables_ready():
            found["tables"] = "migrations are missing: run huiyin migrate"
        with connection.cursor() as cursor:
            cursor.execute(WORKERS)
            if cursor.fetchone() == (0,):
                found["worker"] = "no worker gave a sign of life within a minute"
    except Error:
        found["database"] = found["tables"] = found["worker"] = "the database does not answer"
    return found


def _look_at_attachments() -> str:
    folder = Path(settings.MEDIA_ROOT)
    present = folder if folder.exists() else folder.parent
    try:
        if not os.access(present, os.W_OK | os.X_OK):
            return "the attachments cannot be written"
        return "ok" if shutil.disk_usage(present).free > SPARE else "the disk is almost full"
    except OSError:
        return "the attachments cannot be reached"


def show_metrics(request: HttpRequest) -> HttpResponse:
    """The numbers for Prometheus; 403 for who may not look inside."""
    if not may_look_inside(request):
        return _say("metrics need HUIYIN_METRICS_TOKEN as bearer token", 403)
    text = tell_metrics(counts(), measure(), environment.data_folder() / NOTE)
    answer = HttpResponse(text, content_type=CONTENT_TYPE_LATEST)
    answer["Cache-Control"] = "no-store"
    return answer


def _say(text: str, status: int) -> HttpResponse:
    answer = HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
    answer["Cache-Control"] = "no-store"
    return answer

"""What a load balancer asks: is the process alive, and may it be sent work."""

from __future__ import annotations

from django.db import Error, connection
from django.http import HttpRequest, HttpResponse


def show_health(_request: HttpRequest) -> HttpResponse:
    """200 while the process answers at all; asks nothing of the database."""
    return _say("ok", 200)


def show_readiness(_request: HttpRequest) -> HttpResponse:
    """200 when the database answers, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return _say("database does not answer", 503)
    return _say("ready", 200)


def _say(text: str, status: int) -> HttpResponse:
    answer = HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
    answer["Cache-Control"] = "no-store"
    return answer

"""The log of short messages to people: what was told to whom, and what did not arrive."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from huiyin.appeals.api import MESSAGE_STATES, list_messages, retry_message
from huiyin.console.frame import show
from huiyin.console.menu import READS_MESSAGES, sees_cases
from huiyin.console.worklists.told import DONE
from huiyin.pages.api import address, number_pages, read_page
from huiyin.people.api import get_account_of, open_to

SIZE = 50
_SECRET = re.compile(r"(/t/[A-Za-z0-9]+/)[^\s/]+")


def hide_secret(text: str) -> str:
    """The text without the secret of the person's own link: whoever has it could speak for the person."""
    return _SECRET.sub(r"\1…", text)


@require_safe
@open_to(*READS_MESSAGES)
def show_messages(request: HttpRequest) -> HttpResponse:
    """Messages, newest first, by state, case number or end of phone. Who sees no cases reads no texts."""
    parts = {key: request.GET.get(key, "").strip()[:40] for key in ("state", "q")}
    parts = {key: value for key, value in parts.items() if value and "\0" not in value}
    page = read_page(request.GET.dict())
    found, total = list_messages(parts.get("state", ""), parts.get("q", ""), SIZE, (page - 1) * SIZE)
    asked = {**parts, "page": str(page)}
    context = {
        "messages": [(message, hide_secret(message.text)) for message in found],
        "states": MESSAGE_STATES,
        "parts": parts,
        "paging": number_pages(asked, total, SIZE),
        "total": total,
        "query": address(asked),
        "reads_texts": sees_cases(get_account_of(request)),
    }
    return show(request, "console/worklists/messages.html", context, "console:messages", done=DONE)


@require_POST
@open_to(*READS_MESSAGES)
def retry(_request: HttpRequest, pk: int) -> HttpResponse:
    """Put a failed message into the queue again; one that is under way or delivered stays as it is."""
    retry_message(pk)
    return HttpResponseRedirect(reverse("console:messages") + "?done=retrying")

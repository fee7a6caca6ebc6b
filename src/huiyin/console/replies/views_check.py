"""Checks what is being typed as a reply: the panel under the field, drawn anew after a pause."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from huiyin.cases.api import get_process, get_seen_case
from huiyin.console.frame import acting_of
from huiyin.console.replies.gate import REASON
from huiyin.console.replies.panel import ReplyPanel, draw_check
from huiyin.pages.api import render
from huiyin.people.api import open_to
from huiyin.replies.api import is_answering


@require_POST
@open_to("staff")
def check_typed(request: HttpRequest, number: str, move: str) -> HttpResponse:
    """The inside of the panel for the posted `reply`; nothing is kept."""
    case = get_seen_case(number, acting_of(request), "text")
    process = get_process(case.process, case.process_version)
    panel = ReplyPanel(None)
    reply = request.POST.get("reply", "")
    if is_answering(process, process.get_move(move)):
        panel = draw_check(case, case.text.words, reply, request.POST.get(REASON, ""))
    return render(request, "console/replies/panel.html", {"reply_panel": panel})

"""Whether the record is whole: the verifications, how far the present one is, and the root of each day."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from procrastinate.contrib.django import app

from huiyin.administration.audit.views import CURRENT, make_tabs
from huiyin.console.api import show
from huiyin.journal.api import ask_verification, list_roots, list_verifications
from huiyin.kernel.words import Words
from huiyin.pages.api import number_pages, read_page
from huiyin.people.api import get_account_of, open_to

ROOTS_ON_A_PAGE = 31
DONE = {
    "asked": Words(
        "已开始核验，由后台逐条检查。这一页可以刷新看进度。",
        "The verification has begun; it runs in the background. Load this page again to see how far it is.",
    )
}


@require_safe
@open_to("auditor")
def show_record(request: HttpRequest) -> HttpResponse:
    """The last verifications with what they found, and the daily roots, newest first."""
    roots = list_roots()[::-1]
    page = read_page(request.GET.dict(), max(1, -(-len(roots) // ROOTS_ON_A_PAGE)))
    checks = list_verifications()
    context = {
        "tabs": make_tabs("record"),
        "view": "record",
        "checks": checks,
        "running": bool(checks) and checks[0].ended_at is None,
        "last": next((check for check in checks if check.ended_at and not check.error), None),
        "roots": roots[(page - 1) * ROOTS_ON_A_PAGE : page * ROOTS_ON_A_PAGE],
        "paging": number_pages(request.GET.dict(), len(roots), ROOTS_ON_A_PAGE),
    }
    return show(request, "administration/audit/record.html", context, CURRENT, done=DONE)


@require_POST
@open_to("auditor")
def ask_check(request: HttpRequest) -> HttpResponse:
    """Have the whole record verified by a job. It reads alone: nothing that it reads is changed."""
    with transaction.atomic():
        asked = ask_verification(get_account_of(request).signature, timezone.now())
        app.configure_task("verify-record", queue="journal").defer(number=asked.pk)
    answer = HttpResponseRedirect(reverse("administration:audit-record") + "?done=asked")
    answer.status_code = 303
    return answer

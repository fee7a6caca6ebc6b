"""The month's sheet before it hangs: what it will say, what stands against it; the director puts it up."""

from __future__ import annotations

import re
from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from huiyin.economy.organisations.api import Organisation, get_limit, get_seen, may
from huiyin.economy.postings.api import COLUMNS, Column, Posting, preview_month, put_up_month
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages.api import status_of_form, url
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.frame import show_one
from huiyin.villages.values import READERS

_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*READERS)
def month(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Preview for whoever looks on; put up by the director."""
    account = get_account_of(request)
    one, day = get_seen(code, account), _read_month(key)
    if request.method != "POST":
        return _show(request, one, day)
    try:
        put_up_month(one, day, account, timezone.now())
    except Refusal as refusal:
        return _show(request, one, day, refusal)
    return HttpResponseRedirect(url("villages:own-postings", one.code) + "?done=put-up", status=303)


def _read_month(key: str) -> date:
    found = _MONTH.fullmatch(key)
    if found is None:
        raise Refusal("month-not-found", Words("没有这个月份。", "There is no such month."))
    return date(int(found[1]), int(found[2]), 1)


def _show(request: HttpRequest, one: Organisation, day: date, refusal: Refusal | None = None) -> HttpResponse:
    preview = preview_month(one, day)
    held = Posting.objects.filter(organisation=one, subject=preview.period.subject).order_by("turn")
    context = {
        "preview": preview,
        "held": list(held),
        "columns": [Column(field.key, field.kind, field.title) for field in COLUMNS],
        "runs": timezone.localdate() <= preview.period.last,
        "days": get_limit("posting-days", one.township_id),
        "puts_up": may(get_account_of(request), one, "director"),
        "refusal": refusal,
        "key": f"{day:%Y-%m}",
    }
    status = status_of_form(refusal)
    return show_one(request, "villages/postings/month.html", context, one, "postings", status)

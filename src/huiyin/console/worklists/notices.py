"""The bell: what the units of the account should know at once."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from huiyin.appeals.api import NOTICE_KINDS, list_notices, read_notices
from huiyin.console.frame import show
from huiyin.console.menu import list_bell_units
from huiyin.console.worklists.told import DONE
from huiyin.people.api import STAFF, get_account_of, open_to

TONES = {
    "clock-expired": ("triangle-alert", "red"),
    "clock-warned": ("clock", "amber"),
    "hurried": ("alarm-clock", "amber"),
    "supervised": ("bell-ring", "amber"),
    "reopened": ("rotate-ccw", "violet"),
    "reply-unfit": ("triangle-alert", "amber"),
    "dispatched": ("send", "blue"),
    "more-words": ("message-square", "blue"),
}
"""Icon and tone of each kind of line."""


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(STAFF)
def show_notices(request: HttpRequest) -> HttpResponse:
    """The newest hundred lines; sent as a form, all of them are read."""
    units = list_bell_units(get_account_of(request))
    if request.method == "POST":
        read_notices(units, timezone.now())
        return HttpResponseRedirect(reverse("console:notices") + "?done=read")
    notices = list_notices(units)
    context = {
        "notices_listed": notices,
        "kinds": NOTICE_KINDS,
        "tones": TONES,
        "several": len(units) > 1,
        "unread": any(notice.read_at is None for notice in notices),
    }
    return show(request, "console/worklists/notices.html", context, "console:notices", done=DONE)

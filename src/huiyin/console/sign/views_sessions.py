"""Where one is signed in, and ending what one does not know."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from huiyin.console.frame import show
from huiyin.kernel.words import Words
from huiyin.people import api as people

DONE = {
    "ended": Words("那个登录已经结束。", "That session has ended."),
    "others-ended": Words("其他设备上的登录都已结束。", "You are signed out everywhere else."),
}


@require_safe
@people.open_to(people.STAFF, even_first=True)
def show_sessions(request: HttpRequest) -> HttpResponse:
    """One's own live sessions."""
    account, token = people.get_account_of(request), request.COOKIES[people.SESSION_COOKIE]
    lines = people.list_sessions(account.id, token, timezone.now())
    return show(request, "console/sign/sessions.html", {"sessions": lines}, "console:sessions", done=DONE)


@require_POST
@people.open_to(people.STAFF, even_first=True)
def end(request: HttpRequest) -> HttpResponse:
    """End the session with the posted key, or all but this one when none is posted."""
    account, key = people.get_account_of(request), request.POST.get("session", "")
    if key:
        people.end_session(account, key, timezone.now(), people.origin_of(request))
    else:
        people.sign_out_everywhere(account.id, but=request.COOKIES[people.SESSION_COOKIE])
    return HttpResponseRedirect(f"{reverse('console:sessions')}?done={'ended' if key else 'others-ended'}")

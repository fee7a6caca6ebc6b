"""The change of one's own password."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from huiyin.console.frame import show
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people import api as people

CHANGED = {
    "password": Words(
        "密码已修改，其他设备上的登录都已退出。",
        "Your password is changed; you are signed out on all other devices.",
    )
}
FIRST = {
    "password": Words(
        "这个密码是别人设的或已到期。请先改成只有自己知道的密码，再继续使用。",
        "Your password was set by somebody else, or is too old. Change it first, then go on.",
    )
}


@sensitive_post_parameters("old", "new", "again")
@require_http_methods(["GET", "HEAD", "POST"])
@people.open_to(people.STAFF, even_first=True)
def change_password(request: HttpRequest) -> HttpResponse:
    """The holder's own change; every other session of the account ends, this one goes on with a new token."""
    if request.method != "POST":
        return _ask(request)
    old, new = request.POST.get("old", ""), request.POST.get("new", "")
    if new != request.POST.get("again", ""):
        return _ask(request, {"again": _("两次输入的新密码不一样。")})
    if new == old:
        return _ask(request, {"new": _("新密码和原密码一样，请换一个。")})
    account, token = people.get_account_of(request), request.COOKIES[people.SESSION_COOKIE]
    try:
        people.change_password(account, old, new, timezone.now(), token, people.origin_of(request))
    except Refusal as refusal:
        field = {"password": "new"}.get(refusal.field, refusal.field)  # pragma: allowlist secret
        return _ask(request, {field: refusal.words}, rule=refusal.rule)
    response = HttpResponseRedirect(reverse("console:password") + "?done=password")
    people.set_session_cookie(response, people.renew_session(token))
    return response


def _ask(
    request: HttpRequest, errors: Mapping[str, str | Words] | None = None, rule: str = ""
) -> HttpResponse:
    rules = people.get_rules()
    context = {
        "errors": errors or {},
        "rule": rule,
        "first": FIRST.get(people.get_account_of(request).must),
        "demanded": people.tell_password_rule(rules),
        "length": rules.password_length,
    }
    status = 422 if errors else 200
    return show(request, "console/sign/password.html", context, "console:password", status, done=CHANGED)

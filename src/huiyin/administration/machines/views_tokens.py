"""The tokens of other systems: who acts by one, what it is good for, until when, when it was last used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from huiyin.console.api import show
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages.api import status_of
from huiyin.people.api import (
    LONGEST_DAYS,
    SCOPES,
    AccessToken,
    Account,
    get_account_of,
    list_accounts,
    list_tokens,
    make_token,
    open_to,
    revoke_token,
)
from huiyin.process.api import ROLES

DONE = {
    "revoked": Words("令牌已吊销，从现在起不能再用。", "The token is revoked and opens nothing from now on.")
}
DAYS = "90"


@dataclass(frozen=True, slots=True)
class Shown:
    """A token as the list tells it."""

    row: AccessToken
    state: Words
    tone: str
    scopes: tuple[Words, ...]


@open_to("admin")
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """List the tokens; a new one is shown in the answer to its form, and nowhere else."""
    if request.method != "POST":
        return _show(request, {})
    typed = request.POST
    try:
        text = _make(request, typed)
    except Refusal as refusal:
        return _show(request, _keep(typed), refusal=refusal, status=status_of(refusal))
    response = _show(request, {}, fresh=text)
    response.headers["Cache-Control"] = "no-store"
    return response


def _make(request: HttpRequest, typed: QueryDict) -> str:
    accounts = {str(account.pk): account.pk for account in list_accounts() if account.active}
    chosen = accounts.get(typed.get("account", ""))
    if chosen is None:
        words = Words("请选一个账号。", "Choose an account.")
        raise Refusal("account-missing", words, field="account")
    title, days = typed.get("title", "").strip(), typed.get("days", "")
    if not title:
        raise Refusal("title-missing", Words("请写明给谁用。", "Say what it is for."), field="title")
    made = make_token(
        chosen,
        title,
        typed.getlist("scopes"),
        int(days) if days.isascii() and days.isdigit() and len(days) < 6 else 0,
        by=get_account_of(request),
        now=timezone.now(),
        key=typed.get("client_key", "")[:64] or None,
    )
    return made.text


def _keep(typed: QueryDict) -> dict[str, Any]:
    return {**typed.dict(), "scopes": typed.getlist("scopes")}


def _show(
    request: HttpRequest,
    typed: Mapping[str, Any],
    *,
    fresh: str = "",
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    context = {
        "tokens": [_tell(row, alive=row.expires_at > now) for row in list_tokens()],
        "fresh": fresh,
        "accounts": [(account.pk, _name(account)) for account in list_accounts() if account.active],
        "scopes": [(scope, words) for scope, words in SCOPES.items()],
        "typed": {"days": DAYS, "account": "", "title": "", "scopes": [], **typed},
        "errors": {refusal.field: refusal.words} if refusal else {},
        "most_days": LONGEST_DAYS,
    }
    return show(
        request, "administration/machines/tokens.html", context, "administration:tokens", status, done=DONE
    )


def _name(account: Account) -> Words:
    """Login, name and the roles held, so that one sees what a token of it could do."""
    held = dict.fromkeys(post.role for post in account.posts.all() if post.until_on is None)
    roles = [ROLES[role] for role in held]
    listed = Words("、".join(role.zh for role in roles), ", ".join(role.en for role in roles))
    return Words("{who}（{roles}）", "{who} ({roles})").fill(
        who=f"{account.login} {account.name}", roles=listed
    )


def _tell(row: AccessToken, *, alive: bool) -> Shown:
    state, tone = _ALIVE if alive else _ENDED
    if row.revoked_at is not None:
        state, tone = _REVOKED
    return Shown(row, state, tone, tuple(SCOPES.get(scope, Words(scope)) for scope in row.scopes))


_ALIVE = (Words("可用", "In use"), "green")
_ENDED = (Words("已过期", "Run out"), "amber")
_REVOKED = (Words("已吊销", "Revoked"), "grey")


@open_to("admin")
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End a token at once."""
    revoke_token(pk, by=get_account_of(request), now=timezone.now())
    return HttpResponseRedirect(reverse("administration:tokens") + "?done=revoked", status=303)

"""Says no to what the entrance turned away: too many at once, a body without a length or cut off."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages import failures

TURNED_AWAY = "huiyin.turned_away"
"""In the environment of a request: why, one of the following; "" or missing for none."""

PAUSE = "huiyin.pause"
"""There too: after how many seconds to come again."""

CROWDED, NO_LENGTH, CUT_OFF = "crowded", "length-required", "cut-off"


class TurnAway:
    """Answers what was turned away. Stands behind the protection of forms, so that one can be sent again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        why = request.META.get(TURNED_AWAY)
        return answer(request, why) if why else self.get_response(request)


def answer(request: HttpRequest, why: str) -> HttpResponse:
    """503 with `Retry-After` for a crowd, 411 without a length, 400 when cut off. Asks no database."""
    if why != CROWDED:
        return failures.answer_refusal(request, _REFUSALS[why])
    # Nothing was done: whatever was asked can be asked again as it stands.
    pause = request.META.get(PAUSE, failures.RETRY_AFTER)
    return failures.answer_later(request, _REFUSALS[why], _("请稍候再试"), pause)


_REFUSALS = {
    CROWDED: Refusal(
        CROWDED,
        Words(
            "现在同时办事的人太多，系统一时接不过来，这次还没有办。请等几秒再发一次。",
            "Too many are being served at this moment, and this was not done. Wait a few seconds, and "
            "send it again.",
        ),
    ),
    NO_LENGTH: Refusal(
        NO_LENGTH,
        Words(
            "分块发送的内容没有说明长度，没有接收。请带上 Content-Length 再发。",
            "What was sent in chunks did not tell its length and was not taken. Send it with a "
            "Content-Length.",
        ),
    ),
    CUT_OFF: Refusal(
        CUT_OFF,
        Words(
            "内容没有收全，没有办理。请再发一次。",
            "What was sent broke off and was not acted on. Send it again.",
        ),
    ),
}

"""Pages for when something did not work: what happened, why, and what to do next."""

from __future__ import annotations

import errno
import logging
import sys

from django.core.exceptions import DisallowedHost, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from huiyin.kernel.addresses import split_address
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages.problems import answer_fault, answer_problem, is_machine
from huiyin.pages.render import choose_surface, is_fragment, render

logger = logging.getLogger("huiyin.pages")

STATUS_BY_CODE = {
    "not-found": 404,
    "unknown": 404,
    "no-such-case": 404,
    "sign-in": 401,
    "forbidden": 403,
    "not-allowed": 403,
    "wrong-role": 403,
    "not-your-duty": 403,
    "unreadable-input": 400,
    "too-large": 413,
    "too-many": 429,
    "length-required": 411,
    "cut-off": 400,
}
RETRY_AFTER = 5  # seconds: as long as a database takes to come back after a crash
_SECRET_NAMES = ("password", "secret", "token", "code", "csrf")


def status_of(refusal: Refusal) -> int:
    """The HTTP status of a refusal: by its code or the code's ending (`case-not-found`), else 409."""
    endings = (
        status
        for code, status in STATUS_BY_CODE.items()
        if refusal.code == code or refusal.code.endswith(f"-{code}")
    )
    return next(endings, 409)


def status_of_form(refusal: Refusal | None) -> int:
    """The status of a form: 200 when it is asked for; drawn again with what is wrong, 422 and no conflict."""
    status = 200 if refusal is None else status_of(refusal)
    return 422 if status == 409 else status


def answer_refusal(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Say no in the form that was asked for: JSON, a fragment for htmx, or a page with a way back."""
    status = status_of(refusal)
    if is_machine(request):
        return answer_problem(request, status, refusal)
    words = refusal.words.tell(get_language() or "zh")
    if "application/json" in request.headers.get("Accept", ""):
        body = {"code": refusal.code, "words": words, "rule": refusal.rule, "field": refusal.field}
        return JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})
    if is_fragment(request):
        response = render(request, "pages/refusal.html", {"words": words, "rule": refusal.rule}, status)
        response.headers["HX-Retarget"] = "#notices"
        response.headers["HX-Reswap"] = "innerHTML show:top"
        return response
    return _message(request, _("这一步没有办成"), words, status, rule=refusal.rule)


def refuse_data(error: Exception) -> Refusal:
    """What no column of the database takes: a NUL in a text, a number beyond all bounds."""
    logger.warning("input that cannot be kept: %s", error)
    return Refusal("unreadable-input", _UNREADABLE)


def find_way_back(request: HttpRequest) -> str:
    """The page the person came from, if it is one of ours and not this one; else the front page."""
    came = split_address(request.headers.get("Referer", ""))
    home = "/console/" if choose_surface(request, "pages/message.html") == "console" else "/"
    if came.netloc != _find_host(request) or not came.path or came.path == request.path:
        return home
    return f"{came.path}?{came.query}" if came.query else came.path


def _find_host(request: HttpRequest) -> str | None:
    """The host that was asked; None for a name that no host has, or that is not answered."""
    try:
        return request.get_host()
    except DisallowedHost:
        return None


def _message(request: HttpRequest, title: str, words: str, status: int, **more: object) -> HttpResponse:
    surface = choose_surface(request, "pages/message.html")
    context: dict[str, object] = {
        "frame": "pages/staff.html" if surface == "console" else "pages/citizen.html",
        "heading": title,
        "words": words,
        "rule": "",
        "back": find_way_back(request),
        "typed": [],
        "resend": False,
        "lost_files": False,
        "request_id": "",
        "sign_in": "",
    }
    return render(request, "pages/message.html", {**context, **more}, status)


def show_missing(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django's form
    """404: the address leads nowhere."""
    if is_machine(request):
        return answer_fault(request, 404)
    words = _("这个网址没有对应的页面，可能写错了，或者内容已经移走。请检查网址，或者从首页找。")
    return _message(request, _("没有找到这一页"), words, 404)


def show_forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django's form
    """403: the person may not see or do this."""
    if is_machine(request):
        return answer_fault(request, 403)
    words = _("您的岗位不能查看或办理这项内容。如果工作需要，请联系本单位的系统管理员。")
    return _message(request, _("没有权限"), words, 403)


def show_bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django's form
    """400: what was sent cannot be read."""
    if is_machine(request):
        return answer_fault(request, 400)
    words = _("收到的内容不完整或者太大，系统读不出来。请返回检查后再发一次。")
    return _message(request, _("没有读懂发来的内容"), words, 400)


def show_error(request: HttpRequest) -> HttpResponse:
    """500: our own fault, with a number by which the log tells more; 503 when what we stand on gave way."""
    if is_outage(sys.exc_info()[1]):
        return show_outage(request)
    number = getattr(request, "id", "")
    logger.error("request %s failed", number)  # no path: that of a tracking page holds its secret
    if is_machine(request):
        return answer_fault(request, 500)
    words = _("系统出了问题，不是您的操作有误。请过几分钟再试；已经提交成功的内容不会丢失。")
    return _message(request, _("系统出错了"), words, 500, request_id=number)


def is_outage(error: BaseException | None) -> bool:
    """Whether the database was away or overrun, or a disk is full: it passes, and nobody here erred."""
    if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return True
    return isinstance(error, (OperationalError, InterfaceError))


def show_outage(request: HttpRequest) -> HttpResponse:
    """503 for what `is_outage` tells. What was typed can be sent again.

    Sending again is safe: the form carries its client key, so it acts once even when it had got through.
    """
    number = getattr(request, "id", "")
    logger.error("request %s at %s: could not be done: %s", number, request.path, sys.exc_info()[1])
    return answer_later(request, _AWAY, _("请稍候再试"), RETRY_AFTER)


def answer_later(request: HttpRequest, refusal: Refusal, title: str, seconds: int) -> HttpResponse:
    """503 with `Retry-After`: a problem for programs, else a page with what was typed. Asks no database."""
    if wants_json(request):
        response = answer_problem(request, 503, refusal)
    else:
        response = _keep_for_later(request, refusal, title)
    response.headers["Retry-After"] = str(seconds)
    response._has_been_logged = True  # type: ignore[attr-defined]  # noqa: SLF001  else a traceback for each
    return response


def _keep_for_later(request: HttpRequest, refusal: Refusal, title: str) -> HttpResponse:
    request.frame = {}  # type: ignore[attr-defined]  # a face's menu counts in the database
    typed = _list_typed_if_readable(request)
    return _message(
        request,
        title,
        refusal.words.tell(get_language() or "zh"),
        503,
        typed=typed,
        resend=bool(typed),
        lost_files=bool(typed and request.FILES),
        request_id=getattr(request, "id", ""),
    )


def wants_json(request: HttpRequest) -> bool:
    """Whether a program asks: by its address or by what it accepts."""
    return request.path.startswith("/api/") or "json" in request.headers.get("Accept", "")


def _list_typed_if_readable(request: HttpRequest) -> list[tuple[str, str]]:
    try:
        return list_typed(request)
    except (SuspiciousOperation, UnreadablePostError, MultiPartParserError):
        return []


def list_typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed into the form that was sent, in order; nothing that could be a secret."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if isinstance(value, str) and not any(part in name.lower() for part in _SECRET_NAMES)
    ]


def keep_typed(request: HttpRequest, words: Words, sign_in: str) -> HttpResponse:
    """401 for a form sent after the session had ended: what was typed is shown, and can be sent again.

    `sign_in` is the address of the sign-in, to be opened beside this page.
    """
    told, typed = words.tell(get_language() or "zh"), list_typed(request)
    more = {"typed": typed, "resend": bool(typed), "lost_files": bool(request.FILES), "sign_in": sign_in}
    return _message(request, _("没有提交成功"), told, 401, **more)


def refuse_forgery(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without a valid token. Nothing typed is lost: it is shown again, and can be sent again.

    Sending again is offered only for a form of our own pages: a foreign page must not put words in a mouth.
    """
    logger.info("form refused: %s", reason)
    own = request.headers.get("Sec-Fetch-Site", "same-origin") in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    own = own and (not origin or split_address(origin).netloc == _find_host(request))
    words = _("页面放得太久，安全凭证过期了，所以这次没有提交。您写的内容在下面，没有丢。")
    if not own:
        words = _("这次提交不是从本系统的页面发出的，为了您的安全没有接收。")
    typed = list_typed(request)
    more = {"typed": typed, "resend": own and bool(typed), "lost_files": bool(request.FILES)}
    return _message(request, _("没有提交成功"), words, 403, **more)


_UNREADABLE = Words(
    "填写的内容里有系统不能保存的符号或数字，请检查后再试。",
    "What was sent holds signs or numbers that cannot be kept. Please check it and try again.",
)
_AWAY = Refusal(
    "database-away",
    Words(
        "系统一时忙不过来，这次可能没有办成。请等几秒再试；同一张表再发一次，不会办两遍。",
        "The system cannot do this just now; perhaps it was not done. Wait a few seconds and try again: the "
        "same form sent twice acts once.",
    ),
)

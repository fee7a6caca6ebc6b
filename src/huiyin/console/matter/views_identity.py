"""Opens the identity of a case's person, for a reason that is logged, and shows it once."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from huiyin.cases.api import CaseView
from huiyin.console.frame import show
from huiyin.console.matter.identity import is_confidential, may_reveal, right_needed
from huiyin.console.matter.looking import look_at
from huiyin.console.matter.page import CURRENT
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.people.api import MAY_REVEAL, Identity, get_account_of, open_to, reveal_person

RULE = "国办发〔2020〕53号：保护诉求人个人信息；个人信息保护法 第51条"


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*MAY_REVEAL)
def reveal(request: HttpRequest, number: str) -> HttpResponse:
    """Ask for a reason (GET), or open the identity with it (POST); a reason too short is asked for again."""
    view = look_at(request, number)
    _demand_right(request, view)
    if request.method != "POST":
        return _show(request, view)
    reason = request.POST.get("reason", "")
    try:
        identity = reveal_person(
            view.case.person_id or 0, get_account_of(request), reason, timezone.now(),
            getattr(request, "id", None), right=right_needed(view.case),
        )  # fmt: skip
    except Refusal as refusal:
        if refusal.field != "reason":
            raise
        return _show(request, view, reason=reason, refusal=refusal, status=409)
    response = _show(request, view, identity=identity, reason=reason.strip())
    response.headers["Cache-Control"] = "no-store"
    return response


def _demand_right(request: HttpRequest, view: CaseView) -> None:
    if may_reveal(view, get_account_of(request)):
        return
    person = view.case.person
    if person is None:
        words = Words("这件事没有留下姓名和电话。", "No name or phone was left with this matter.")
    elif person.anonymised_at is not None:
        words = Words(
            "保存期限已过，诉求人的身份已经抹去。", "The time to keep it is over: the identity is gone."
        )
    elif is_confidential(view.case):
        words = Words(
            "诉求人要求保密。只有安全管理员专门授权、且不属于承办单位的人员才能查看。",
            "Confidential. Only who was given the right by name, and is of no handling unit, may look.",
        )
    else:
        words = Words("您的岗位不能查看诉求人身份。", "Your role may not see who the person is.")
    raise Refusal("reveal-not-allowed", words, rule=RULE)


def _show(
    request: HttpRequest, view: CaseView, *, identity: Identity | None = None, reason: str = "",
    refusal: Refusal | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    context = {
        "case": view.case, "identity": identity, "reason": reason, "refusal": refusal,
        "back": reverse("console:case", args=[view.case.number]),
    }  # fmt: skip
    return show(request, "console/matter/reveal.html", context, current=CURRENT, status=status)

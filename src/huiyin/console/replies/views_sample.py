"""One sampled reply beside its matter, and the judgement of it."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from huiyin.appeals.api import note_for_unit
from huiyin.cases.api import CaseView, move_case, view_case
from huiyin.console.frame import acting_of, show
from huiyin.console.menu import READS_REPLIES
from huiyin.console.replies.panel import TONES
from huiyin.console.replies.views import CURRENT, JUDGES, list_address, say_findings
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import digest
from huiyin.kernel.words import Words
from huiyin.language.api import POINTS, SIDES
from huiyin.pages.api import local
from huiyin.people.api import UnitKind, get_account_of, list_units, open_to
from huiyin.process.api import Move
from huiyin.replies import api as replies


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*READS_REPLIES)
def show_sample(request: HttpRequest, pk: int) -> HttpResponse:
    """The matter, its reply, what the check found; posted, the judgement is kept and followed up."""
    check = replies.find_check(pk)
    if check is None:
        raise replies.refuse_missing()
    view = view_case(check.case.number, acting_of(request))
    if request.method != "POST":
        return _draw(request, check, view)
    try:
        done = _judge(request, check, view)
    except Refusal as refusal:
        fresh = replies.find_check(pk) or check
        return _draw(request, fresh, view, refusal)
    return HttpResponseRedirect(list_address(done=done))


def _judge(request: HttpRequest, check: replies.Check, view: CaseView) -> str:
    """Keep the judgement, and do what was chosen for an unfit reply, in one transaction."""
    account, now = get_account_of(request), local(timezone.now())
    _refuse_unless_judge(account.roles)
    verdict, why, then = (request.POST.get(key, "") for key in ("verdict", "why", "then"))
    with transaction.atomic():
        judged = replies.judge(check.pk, verdict, why, account, now, _list_centre())
        if verdict != replies.UNFIT or then not in {replies.SENT_BACK, replies.NOTICED}:
            return "judged"
        back = find_way_back(view, check)
        if then == replies.SENT_BACK and back is not None:
            move_case(view.case.number, back.key, {"reason": judged.judged_why}, acting_of(request), now)
        elif check.unit_id is not None:
            note_for_unit(
                "reply-unfit",
                check.case_id,
                check.unit_id,
                f"reply:{check.pk}",
                {"why": judged.judged_why},
                now,
            )
            then = replies.NOTICED
        replies.follow(judged, then)
        return then


def _refuse_unless_judge(roles: frozenset[str]) -> None:
    if not roles & JUDGES:
        words = Words(
            "您可以查看，评判由中心审核和督办人员做。",
            "You may read; centre reviewers and supervisors judge.",
        )
        raise Refusal("not-your-duty", words)


def _list_centre() -> list[int]:
    return [unit.pk for unit in list_units(UnitKind.CENTRE)]


def find_way_back(view: CaseView, check: replies.Check) -> Move | None:
    """The move that sends the answer back, while the case still waits for its review at that answer."""
    waiting = str((view.case.asked or {}).get("reply") or "")
    if view.process.get_stage(view.case.stage).kind != "review" or not _is_of(check, waiting):
        return None
    return next(
        (
            move
            for move in view.moves
            if "withdraw-ask" in move.effects()
            and any(ask.key == "reason" and ask.required for ask in move.asks)
        ),
        None,
    )


def _find_words(view: CaseView, check: replies.Check) -> str:
    """The reply as the journal holds it; empty when it is no longer there."""
    given = (str(one.body.get("inputs", {}).get("reply") or "") for one in view.entries)
    return next((reply for reply in given if _is_of(check, reply)), "")


def _is_of(check: replies.Check, reply: str) -> bool:
    return bool(reply) and digest(reply) == bytes(check.digest)


def _draw(
    request: HttpRequest, check: replies.Check, view: CaseView, refusal: Refusal | None = None
) -> HttpResponse:
    account = get_account_of(request)
    barred = None
    try:
        replies.refuse_own(check, account.id, account.unit_ids(), _list_centre())
    except Refusal as own:
        barred = own
    context = {
        "check": check,
        "view": view,
        "reply": _find_words(view, check),
        "findings": say_findings(check.findings),
        "points": [(SIDES[key], check.points.get(key, 0), most) for key, most in POINTS.items()],
        "tone": TONES.get(check.band, ("grey", "dot")),
        "words": {
            "bands": replies.BANDS,
            "verdicts": replies.VERDICTS,
            "sampled": replies.SAMPLED,
            "followed": replies.FOLLOWED,
        },
        "may_judge": bool(account.roles & JUDGES) and barred is None and not check.verdict,
        "barred": barred,
        "back": find_way_back(view, check),
        "refusal": refusal,
        "typed": request.POST,
    }
    status = 409 if refusal else 200
    return show(request, "console/replies/sample.html", context, CURRENT, status)

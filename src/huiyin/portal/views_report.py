"""Reporting a matter, and the receipt."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.appeals.api import find_tracked, report
from huiyin.cases.api import MAX_FILES, PERSON, get_newest
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages.api import status_of
from huiyin.people.api import EVERYONE, open_to
from huiyin.portal.choices import list_kinds
from huiyin.portal.codes import draw_code
from huiyin.portal.forms import Door, check_typed, find_door, make_appeal, read_typed
from huiyin.portal.frame import make_absolute, show
from huiyin.portal.keeping import Keeping, keep_uploads, name_tokens
from huiyin.portal.keys import read_key
from huiyin.portal.values import Typed
from huiyin.register.api import load_catalogue, load_limits
from huiyin.workdays.api import Limit

_NOTHING_KEPT = Keeping((), None)
_UNPROCESSABLE = 422


@open_to(EVERYONE)
@require_http_methods(["GET", "HEAD", "POST"])
def report_matter(request: HttpRequest) -> HttpResponse:
    """One page to report on; what was typed and chosen stays when something is missing."""
    if request.method != "POST":
        return _show_form(request, find_door(request.GET), Typed())
    door, typed, key = (
        find_door(request.POST),
        read_typed(request),
        read_key(request.POST.get("client_key", "")),
    )
    keeping = keep_uploads(request)
    catalogue = load_catalogue()
    faults = check_typed(typed, door, catalogue)
    if keeping.fault:
        faults["files"] = keeping.fault
    if faults:
        return _show_form(request, door, typed, key, keeping, faults)
    try:
        appeal = make_appeal(typed, door, key, catalogue, timezone.now())
        reported = report(appeal, PERSON, keeping.kept)
    except Refusal as refusal:
        return _show_form(request, door, typed, key, keeping, {refusal.field: refusal.words}, refusal)
    return HttpResponseRedirect(
        reverse("portal:received", args=(reported.number, reported.secret)), status=303
    )


def _show_form(
    request: HttpRequest,
    door: Door,
    typed: Typed,
    key: str = "",
    keeping: Keeping = _NOTHING_KEPT,
    faults: dict[str, Words] | None = None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    catalogue = load_catalogue()
    first, rest = list_kinds(catalogue)
    context = {
        "door": door,
        "typed": typed,
        "client_key_value": key,
        "kept": name_tokens(keeping.tokens),
        "faults": faults or {},
        "rule": refusal.rule if refusal else "",
        "kinds": first,
        "more_kinds": rest,
        "townships": [
            ("", _("选乡镇、街道（不清楚可不选）")),
            *((area.pk, area.called) for area in catalogue.townships),
        ],
        "max_files": MAX_FILES,
        "answer_within": _find_first_limit(door.process),
    }
    status = status_of(refusal) if refusal else _UNPROCESSABLE if faults else 200
    return show(request, "portal/report.html", context, status, private=bool(faults))


def _find_first_limit(process_key: str) -> Words | None:
    """Within what time the centre says whether it takes a matter on: the limit of the first stage."""
    process = get_newest(process_key)
    clock = next((clock for clock in process.clocks.values() if process.start in clock.starts), None)
    if clock is None:
        return None
    own = load_limits().get((process.key, clock.key, process.first_grade))
    return (Limit.parse(own) if own else clock.limit_for(process.first_grade)).tell()


@open_to(EVERYONE)
@require_safe
def show_receipt(request: HttpRequest, number: str, secret: str) -> HttpResponse:
    """The number, the link that only this person has, and what happens next."""
    tracked = find_tracked(number, secret)
    link = make_absolute(request, reverse("portal:track", args=(number, secret)))
    context = {"tracked": tracked, "case": tracked.case, "link": link, "code": draw_code(link)}
    return show(request, "portal/received.html", context, private=True)

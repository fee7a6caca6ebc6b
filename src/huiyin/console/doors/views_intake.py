"""The desk at which a call is registered, on one screen."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from huiyin.appeals.api import NewAppeal
from huiyin.cases.api import Acting, keep_files
from huiyin.console.doors import choices, desk
from huiyin.console.doors.endings import ONLY, make_inputs
from huiyin.console.doors.forms import IntakeForm
from huiyin.console.doors.registering import Wanted, make_source_key, register
from huiyin.console.frame import acting_of, show
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages.api import render
from huiyin.people.api import get_account_of, open_to
from huiyin.register.api import suggest_categories

DESK = ("intake", "window", "dispatcher", "steward", "visitor")
TEMPLATE = "console/doors/intake.html"


@open_to(*DESK)
@require_http_methods(["GET", "POST"])
def intake(request: HttpRequest) -> HttpResponse:
    """Show the desk; register what is sent. A refusal stands beside the form, and what was typed stays."""
    acting = acting_of(request)
    if request.method == "GET":
        channel = choices.choose_channel(get_account_of(request).roles)
        first = {"channel": request.GET.get("channel") or channel, "process": request.GET.get("process", "")}
        return _show(request, IntakeForm(initial={**first, "identity": "named"}), acting)
    typed = _follow_buttons(request.POST.copy())
    if typed.get("act") != "register":
        return _show(request, IntakeForm(initial=_as_initial(typed)), acting)
    form = IntakeForm(typed, request.FILES)
    try:
        if form.is_valid():
            number = _register(request, form, acting)
            return see_other(number)
    except Refusal as refusal:
        form.take_refusal(refusal)
        _renew_key(form, refusal)
    return _show(request, form, acting, status=422)


def see_other(number: str) -> HttpResponse:
    """Lead to the receipt, so that reloading registers nothing again."""
    answer = HttpResponseRedirect(reverse("console:registered", args=[number]))
    answer.status_code = 303
    return answer


def _follow_buttons(typed: QueryDict) -> QueryDict:
    """Buttons that fill a field when no script does: a suggested category, a case to merge into."""
    category, into = typed.get("take_category"), typed.get("take_into")
    if category:
        typed["category"] = str(category)
    if into:
        typed["into"], typed["finish"] = str(into), "merge"
    return typed


def _as_initial(typed: QueryDict) -> dict[str, Any]:
    """What was typed as the start of a form that is not judged yet."""
    return {name: typed[name] for name in IntakeForm.base_fields if name in typed}


def _renew_key(form: IntakeForm, refusal: Refusal) -> None:
    if refusal.code == "registered-already":
        form.data = {**form.data.dict(), "client_key": ""} if isinstance(form.data, QueryDict) else form.data


def _show(request: HttpRequest, form: IntakeForm, acting: Acting, status: int = 200) -> HttpResponse:
    return show(request, TEMPLATE, desk.describe(request, form, acting), "console:intake", status)


def _register(request: HttpRequest, form: IntakeForm, acting: Acting) -> str:
    typed, now = form.cleaned_data, timezone.now()
    processes = choices.list_open_processes(get_account_of(request).roles)
    process = choices.choose_process(typed["process"], typed["channel"], processes)
    if process is None:
        raise Refusal("not-your-duty", Words("您的岗位不能登记诉求。", "Your post cannot register."))
    ending = typed["finish"] or ONLY
    category = desk.find_category_typed(str(typed["category"] or ""))
    usual = category.grade if category and category.grade in process.grades else ""
    new = NewAppeal(
        process=process.key,
        channel=_known_channel(typed["channel"]),
        words=typed["words"],
        title=typed["title"],
        opened_at=now,
        name=typed["name"],
        phone=typed["phone"],
        identity=typed["identity"],
        category_id=category.pk if category else None,
        area_id=typed["village"] or typed["township"],
        township_id=typed["township"],
        place=typed["place"],
        grade=typed["grade"] or usual,
        urgent=typed["urgent"],
        company_id=typed["company"],
        source_key=make_source_key(acting, typed["client_key"]),
    )
    inputs = {} if ending == ONLY else make_inputs(ending, process, {**typed, "category": new.category_id})
    files = tuple(keep_files(form.uploads()))
    return register(Wanted(new, ending, inputs, files), acting, now).number


def _known_channel(key: str) -> str:
    if key not in {channel.key for channel in choices.list_open_channels()}:
        raise Refusal(
            "channel-not-found", Words("没有这个渠道。", "There is no such channel."), field="channel"
        )
    return key


@open_to(*DESK)
@require_POST
def show_alike(request: HttpRequest) -> HttpResponse:
    """Likely duplicates of the words so far, and categories they suggest. POST keeps them out of logs."""
    text = request.POST.get("title", "") + request.POST.get("words", "")
    acting, now = acting_of(request), timezone.now()
    context = {
        "alike": desk.list_alike(text, acting, now),
        "own": desk.list_own(request.POST.get("phone", ""), acting, now),
        "chips": suggest_categories(text, limit=4),
        "can_merge": request.POST.get("desk") == "intake",
    }
    return render(request, "console/doors/alike.html", context)


@open_to(*DESK)
@require_POST
def show_earlier(request: HttpRequest) -> HttpResponse:
    """The earlier matters of whoever calls. POST keeps the number out of logs."""
    caller = desk.find_caller(request.POST.get("phone", ""), acting_of(request), timezone.now())
    return render(
        request, "console/doors/earlier.html", {"caller": caller, "asked": request.POST.get("phone", "")}
    )


@open_to(*DESK)
@require_POST
def show_villages(request: HttpRequest) -> HttpResponse:
    """The villages of the township chosen."""
    return render(
        request,
        "console/doors/villages.html",
        {"villages": choices.list_villages(request.POST.get("township", "")), "village": ""},
    )


@open_to(*DESK)
@require_POST
def show_ending(request: HttpRequest) -> HttpResponse:
    """The lower part of the desk anew: another channel or category offers other endings and units."""
    form = IntakeForm(initial=_as_initial(request.POST.copy()))
    context = {"form": form, **desk.describe_ending(request, form, timezone.now())}
    return render(request, "console/doors/ending.html", context)

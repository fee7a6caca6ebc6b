"""Asking and objecting under a posting, the thank-you page, and asking again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from huiyin.economy.postings.api import (
    ASKED,
    KINDS,
    MAX_WORDS,
    MOST_AGAIN,
    NewQuestion,
    Posting,
    PostingLine,
    Question,
    ask,
    ask_again,
    demand_not_too_many,
    get_posting,
    get_question,
    list_columns,
    list_questions,
    write_cells,
)
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean, read_number
from huiyin.kernel.words import Words
from huiyin.noticeboard.frame import show
from huiyin.pages.api import Notice, status_of_form
from huiyin.people.api import EVERYONE, address_of, open_to

TRAP = "homepage"
"""A field that no eye sees: whoever fills it in is a machine."""

_AGAIN = Words("收到了，会接着答复您。", "Received; it will be answered.")
_KEPT = 4 * MAX_WORDS


@dataclass(frozen=True, slots=True)
class Typed:
    """The form as it was typed."""

    kind: str = "question"
    words: str = ""
    name: str = ""
    phone: str = ""
    client_key: str = ""


@open_to(EVERYONE)
@require_http_methods(["GET", "HEAD", "POST"])
def ask_question(request: HttpRequest, pk: int) -> HttpResponse:
    """The form under a sheet or, with `line`, one line of it; what was typed stays when it is refused."""
    posting = get_posting(pk)
    given = request.POST if request.method == "POST" else request.GET
    line = _find_line(posting, given.get("line", ""))
    kind = given.get("kind", "question")
    if request.method != "POST":
        return _show_form(request, posting, line, Typed(kind=kind if kind in ASKED else "question"))
    if request.POST.get(TRAP):
        return _go(reverse("noticeboard:posting", args=[pk]))
    typed = _read_typed(request)
    try:
        question = _ask(request, posting, line, typed, timezone.now())
    except Refusal as refusal:
        return _show_form(request, posting, line, typed, refusal)
    return _go(reverse("noticeboard:question", args=[question.case.number]) + "?done=asked")


def _ask(
    request: HttpRequest, posting: Posting, line: PostingLine | None, typed: Typed, now: datetime
) -> Question:
    demand_not_too_many(address_of(request), now)
    return ask(
        NewQuestion(
            posting.pk,
            typed.words,
            typed.kind,
            line.pk if line else None,
            typed.name,
            typed.phone,
            typed.client_key,
        ),
        now,
    )


def _read_typed(request: HttpRequest) -> Typed:
    fields = {key: clean(request.POST.get(key, ""))[:_KEPT] for key in ("kind", "words", "name", "phone")}
    return Typed(**fields, client_key=clean(request.POST.get("client_key", ""))[:64])


def _find_line(posting: Posting, typed: str) -> PostingLine | None:
    own = read_number(typed, 15)
    return PostingLine.objects.filter(posting=posting, pk=own).first() if own else None


def _show_form(
    request: HttpRequest,
    posting: Posting,
    line: PostingLine | None,
    typed: Typed,
    refusal: Refusal | None = None,
) -> HttpResponse:
    head, cells = write_cells(list_columns(posting.columns), line.cells) if line else ("", [])
    context = {
        "posting": posting,
        "organisation": posting.organisation,
        "line": line,
        "head": head,
        "cells": cells,
        "typed": typed,
        "asked": ASKED,
        "over": timezone.localdate() > posting.until_on,
        "faults": {refusal.field: refusal.words} if refusal else {},
        "rule": refusal.rule if refusal else "",
        "trap": TRAP,
        "most": MAX_WORDS,
    }
    return show(
        request, "noticeboard/ask.html", context, status_of_form(refusal), private=refusal is not None
    )


@open_to(EVERYONE)
@require_http_methods(["GET", "HEAD", "POST"])
def show_question(request: HttpRequest, number: str) -> HttpResponse:
    """What was asked and answered, until when it is answered, and asking again."""
    question = get_question(number)
    if request.method != "POST":
        return _show_question(request, question, "")
    words = clean(request.POST.get("words", ""))[:_KEPT]
    try:
        if not request.POST.get(TRAP):
            now = timezone.now()
            demand_not_too_many(address_of(request), now)
            ask_again(question.pk, words, now)
    except Refusal as refusal:
        return _show_question(request, question, words, refusal)
    return _go(reverse("noticeboard:question", args=[question.case.number]) + "?done=again")


def _show_question(
    request: HttpRequest, question: Question, words: str, refusal: Refusal | None = None
) -> HttpResponse:
    posting = question.posting
    shown = next(one for one in list_questions([posting.pk]) if one.pk == question.pk)
    done = request.GET.get("done", "")
    again = list(shown.follow_ups.all())
    open_now = shown.case.stage == "answered" and len(again) < MOST_AGAIN
    line = question.line
    context = {
        "question": shown,
        "posting": posting,
        "organisation": posting.organisation,
        "line": line,
        "head": write_cells(list_columns(posting.columns), line.cells)[0] if line else "",
        "asked": ASKED,
        "kinds": KINDS,
        "thanks": done == "asked",
        "notices": [Notice("green", _AGAIN)] if done == "again" else [],
        "may_ask_again": open_now,
        "words": words,
        "trap": TRAP,
        "faults": {refusal.field: refusal.words} if refusal else {},
        "rule": refusal.rule if refusal else "",
    }
    return show(request, "noticeboard/question.html", context, status_of_form(refusal), private=True)


def _go(address: str) -> HttpResponse:
    return HttpResponseRedirect(address, status=303)

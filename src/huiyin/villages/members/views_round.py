"""One round of confirmation: who is in it, how each is classed and why, its evidence, its steps."""

from __future__ import annotations

import re
from typing import BinaryIO, cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.cases.api import Upload, get_process, keep_files
from huiyin.console.api import acting_of, export_xlsx
from huiyin.economy.members.api import Member
from huiyin.economy.membership.api import (
    CLASSES,
    GROUNDS,
    SORTERS,
    Round,
    RoundEntry,
    Sorting,
    add_entries,
    add_evidence,
    drop_entry,
    get_round,
    hint,
    list_entries_of,
    make_facts,
    sort_entries,
    tell_hint,
)
from huiyin.economy.organisations.api import get_seen, may
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import read_number
from huiyin.kernel.words import Words
from huiyin.pages.api import Column, number_pages, read_page, status_of_form, url
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.answering import go, tell_errors
from huiyin.villages.frame import show_one
from huiyin.villages.members.stepping import carry_out, list_acts, list_steps, view_seen
from huiyin.villages.values import OFFICERS, READERS

PAGE = 25
DONE = {
    "opened": Words("已启动成员认定，请逐人登记情形。", "The round is open; class everybody in it."),
    "sorted": Words("已登记。", "Kept."),
    "added": Words("已加入名单。", "Added to the list."),
    "held": Words("他们已经在名单上。", "They were on the list already."),
    "dropped": Words("已移出名单。", "Taken off the list."),
    "files": Words("证明材料已保存。", "The evidence is kept."),
    "moved": Words("已办理。", "Done."),
}
COLUMNS = [
    Column(Words(zh, en), width)
    for zh, en, width in (
        ("户号", "Household", 8),
        ("编号", "Number", 8),
        ("姓名", "Name", 12),
        ("情形", "Ground", 28),
        ("提示", "Hint", 16),
        ("类别", "Class", 16),
        ("依据", "Article", 32),
        ("证明", "Evidence", 40),
        ("说明", "Note", 40),
    )
]


def open_round(request: HttpRequest, number: str) -> Round:
    """The round of that number, if its organisation is seen; another kind of case is none."""
    acting_of(request)  # refusals are drawn in the frame
    one = get_round(number)
    get_seen(one.organisation.code, get_account_of(request))
    return one


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*READERS)
def membership_round(request: HttpRequest, number: str) -> HttpResponse:
    """The list with hints; sent, it classes the people of this page or makes the next step."""
    one = open_round(request, number)
    if request.method != "POST":
        return _show(request, one)
    try:
        if request.POST.get("move"):
            carry_out(request, number)
            return go("moved", "membership-round", number)
        sort_entries(number, _read_sortings(request, one), get_account_of(request), timezone.now())
    except Refusal as refusal:
        return _show(request, get_round(number), refusal)
    page = read_number(request.POST.get("page", "1"), 4) or 1
    return HttpResponseRedirect(
        f"{url('villages:membership-round', number)}?page={page}&done=sorted", status=303
    )


def _read_sortings(request: HttpRequest, one: Round) -> dict[int, Sorting]:
    """What was chosen for each entry of the page; a class left open is the hint's."""
    typed = request.POST
    ids = [read_number(text) or 0 for text in typed.getlist("entry")[:PAGE]]
    found = {}
    for entry in one.entries.select_related("member").filter(pk__in=ids):
        ground = typed.get(f"ground-{entry.pk}", "")
        if ground not in GROUNDS:
            continue
        klass = typed.get(f"klass-{entry.pk}", "") or hint(make_facts(entry, ground)).klass
        evidence, note = typed.get(f"evidence-{entry.pk}", ""), typed.get(f"note-{entry.pk}", "")
        found[entry.pk] = Sorting(ground, klass, evidence, note)
    return found


def _show(request: HttpRequest, one: Round, refusal: Refusal | None = None) -> HttpResponse:
    account, case = get_account_of(request), one.case
    process = get_process(case.process, case.process_version)
    entries, view = list_entries_of(one), view_seen(request, case.number)
    page = read_page(request.GET.dict(), max(1, -(-len(entries) // PAGE)))
    sorts = case.stage == "sorting" and may(account, one.organisation, *SORTERS)
    context = {
        "round": one,
        "case": case,
        "stage": process.get_stage(case.stage),
        "steps": list_steps(process, case.stage),
        "acts": list_acts(view),
        "sees_case": view is not None,
        "rows": [(entry, tell_hint(entry)) for entry in entries[(page - 1) * PAGE : page * PAGE]],
        "counts": _count(entries),
        "sorts": sorts,
        "grounds": list(GROUNDS.items()),
        "ground_titles": GROUNDS,
        "classes": CLASSES,
        "page": page,
        "typed": request.POST.dict(),
        "errors": tell_errors(refusal),
        "paging": number_pages(request.GET.dict(), len(entries), PAGE),
    }
    status = status_of_form(refusal)
    return show_one(request, "villages/members/round.html", context, one.organisation, "rounds", status, DONE)


def _count(entries: list[RoundEntry]) -> list[tuple[Words, int]]:
    told = [entry.decided or entry.proposed for entry in entries]
    counts = [(title, told.count(key)) for key, title in CLASSES.items()]
    return [*counts, (Words("未登记", "Not classed"), told.count(""))]


@require_POST
@open_to(*SORTERS)
def add_to_round(request: HttpRequest, number: str) -> HttpResponse:
    """Put somebody of the roster into the round."""
    one = open_round(request, number)
    try:
        added = add_entries(number, _find_members(request, one), get_account_of(request), timezone.now())
    except Refusal as refusal:
        return _show(request, one, refusal)
    return go("added" if added else "held", "membership-round", number)


def _find_members(request: HttpRequest, one: Round) -> list[int]:
    """Whom the typed numbers of the roster name. Refuses `no-such-number`."""
    numbers = {
        read_number(text, 7) for text in re.split(r"[\s,，、;；]+", request.POST.get("numbers", "").strip())
    }
    found = dict(
        Member.objects.filter(
            organisation=one.organisation, number__in=[number for number in numbers if number]
        ).values_list("number", "pk")
    )
    if numbers - set(found):
        words = Words("名册上没有其中的编号，请核对。", "Some of these numbers are not on the roster.")
        raise Refusal("no-such-number", words, field="numbers")
    return list(found.values())


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*OFFICERS, "rural")
def entry_of_round(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """One person of the round: evidence as files; sent, it keeps files or takes the person out."""
    one = open_round(request, number)
    account = get_account_of(request)
    if request.method != "POST":
        return _show_entry(request, one, pk)
    try:
        if request.POST.get("do") == "drop":
            drop_entry(number, pk, account, timezone.now())
            return go("dropped", "membership-round", number)
        add_evidence(number, pk, keep_files(_read_files(request)), account, timezone.now())
    except Refusal as refusal:
        return _show_entry(request, one, pk, refusal)
    return go("files", "membership-entry", number, pk)


def _read_files(request: HttpRequest) -> list[Upload]:
    files = [Upload(one.name or "file", cast("BinaryIO", one.file)) for one in request.FILES.getlist("files")]
    if not files:
        raise Refusal("files-missing", Words("请选择文件。", "Choose a file."), field="files")
    return files


def _show_entry(request: HttpRequest, one: Round, pk: int, refusal: Refusal | None = None) -> HttpResponse:
    entry = next((each for each in list_entries_of(one) if each.pk == pk), None)
    if entry is None:
        raise Refusal("entry-not-found", Words("名单里没有这个人。", "Nobody such is in the round."))
    context = {
        "round": one,
        "entry": entry,
        "hint": tell_hint(entry),
        "grounds": GROUNDS,
        "classes": CLASSES,
        "sorts": may(get_account_of(request), one.organisation, *SORTERS),
        "open": one.case.stage == "sorting",
        "errors": tell_errors(refusal),
    }
    status = status_of_form(refusal)
    return show_one(request, "villages/members/entry.html", context, one.organisation, "rounds", status, DONE)


@require_safe
@open_to(*READERS)
def export_round(request: HttpRequest, number: str) -> HttpResponse:
    """The list of the round as a spreadsheet, masked."""
    one = open_round(request, number)
    rows = (
        [
            entry.member.household.number,
            entry.member.number,
            entry.member.masked_name,
            GROUNDS[entry.ground].title if entry.ground else None,
            CLASSES.get(entry.hinted),
            CLASSES.get(entry.decided or entry.proposed),
            entry.rule,
            entry.evidence,
            entry.note,
        ]
        for entry in list_entries_of(one)
    )
    return export_xlsx(request, f"round-{number}", f"成员认定 {number}", COLUMNS, rows)

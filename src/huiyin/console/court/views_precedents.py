"""The precedents: every ruling, searched and narrowed; the centre withdraws one that no longer holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huiyin.cases.api import sees_all
from huiyin.console.court.roles import HAS_TO_DO_WITH_CASES, KEEPS_PRECEDENTS, make_tabs
from huiyin.console.exporting import export_xlsx
from huiyin.console.frame import acting_of, show
from huiyin.kernel.masks import mask_numbers
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import read_number
from huiyin.kernel.words import Words
from huiyin.pages.api import Column, address, number_pages, read_page
from huiyin.people.api import get_account_of, list_units, open_to
from huiyin.process.api import SILENCES
from huiyin.register.api import list_categories
from huiyin.rulings.api import Ruling, RulingFilters, list_rulings, restore_ruling, withdraw_ruling

SIZE, MOST = 30, 10_000
STATES = {
    "open": Words("有效", "In force"),
    "withdrawn": Words("已撤销", "Withdrawn"),
    "all": Words("全部", "All"),
}
DONE = {
    "withdrawn": Words("已撤销，不再作先例提示。", "Withdrawn: it is shown as a precedent no more."),
    "restored": Words("已恢复为先例。", "It is a precedent again."),
}
PROMOTES = "console:admission-from-ruling"
"""Route of the case by which a duty is admitted to the register, where the product has one."""


@require_safe
@open_to(*sorted(HAS_TO_DO_WITH_CASES))
def show_precedents(request: HttpRequest) -> HttpResponse:
    """A page of precedents, newest first; `?export=list` answers a spreadsheet."""
    if request.GET.get("export"):
        return _export(request)
    return draw_precedents(request)


def draw_precedents(
    request: HttpRequest, at: int | None = None, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    """The list; with `refusal` it stands by the ruling `at`."""
    account, parts = get_account_of(request), _read_parts(request)
    page = read_page(request.GET.dict())
    found, total = list_rulings(_read_filters(parts), SIZE, (page - 1) * SIZE)
    context = {
        "tabs": make_tabs(account, "console:precedents"),
        "rulings": [(one, mask_numbers(one.title), mask_numbers(one.reason)) for one in found],
        "total": total,
        "parts": parts,
        "states": list(STATES.items()),
        "categories": [(str(one.pk), _indent(one)) for one in list_categories() if one.level < 3],
        "units": [(str(unit.pk), Words(unit.short, unit.name_en)) for unit in list_units()],
        "paging": number_pages({**parts, "page": str(page)}, total, SIZE),
        "export": address({**parts, "export": "list"}),
        "keeps": bool(account.roles & KEEPS_PRECEDENTS),
        "opens_cases": sees_all(acting_of(request)),
        "promotes": _find_promotion(),
        "silences": SILENCES,
        "at": at,
        "refusal": refusal,
        "typed": request.POST,
    }
    return show(
        request, "console/court/precedents.html", context, "console:precedents", status=status, done=DONE
    )


def _read_parts(request: HttpRequest) -> dict[str, str]:
    asked = {key: request.GET.get(key, "").strip()[:60] for key in ("q", "category", "unit", "state")}
    return {key: value for key, value in asked.items() if value and "\0" not in value}


def _read_filters(parts: dict[str, str]) -> RulingFilters:
    state = parts.get("state", "open")
    return RulingFilters(
        text=parts.get("q", ""),
        category_id=read_number(parts.get("category", "")),
        unit_id=read_number(parts.get("unit", "")),
        state="" if state == "all" else state if state in STATES else "open",
    )


def _indent(category: Any) -> Words:
    words: Words = category.called
    return words if category.level == 1 else Words(f"　{words.zh}", f"  {words.tell('en')}")


def _find_promotion() -> str:
    """Where a ruling is put forward for the register; empty while the product has no such page."""
    try:
        return reverse(PROMOTES)
    except NoReverseMatch:
        return ""


_COLUMNS = (
    (("裁定编号", "Number"), 16), (("裁定时间", "Decided"), 18), (("工单", "Case"), 18),
    (("事项", "Matter"), 40),
    (("类别", "Category"), 18), (("地方", "Area"), 16), (("主办", "Lead"), 16), (("协办", "Assisting"), 20),
    (("依据条款", "Clause"), 30), (("理由", "Reason"), 50), (("各单位意见", "Opinions"), 60),
    (("裁定人", "Decided by"), 20), (("状态", "State"), 10), (("撤销理由", "Withdrawn because"), 30),
)  # fmt: skip


def _export(request: HttpRequest) -> HttpResponse:
    columns = [Column(Words(*title), width) for title, width in _COLUMNS]
    found, _total = list_rulings(_read_filters(_read_parts(request)), MOST, 0)
    return export_xlsx(request, "precedents", _("先例"), columns, _as_lines(found))


def _as_lines(found: list[Ruling]) -> Iterator[list[Any]]:
    for one in found:
        said = "；".join(f"{told['name']}：{_say_opinion(told)}" for told in one.opinions)
        yield [
            one.number, one.decided_at, one.case.number, mask_numbers(one.title),
            one.category.called if one.category else None, one.area.called if one.area else None,
            Words(one.lead.short, one.lead.name_en), "、".join(unit["name"] for unit in one.assisting),
            one.clause, mask_numbers(one.reason), mask_numbers(said), one.decided_by,
            STATES["withdrawn" if one.withdrawn_at else "open"], one.withdrawn_reason,
        ]  # fmt: skip


def _say_opinion(told: Mapping[str, Any]) -> str:
    return str(told["words"]) if told["at"] else SILENCES[told["silence"]].zh


@require_POST
@open_to(*sorted(KEEPS_PRECEDENTS))
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The ruling serves as a precedent no more, for the reason that is given."""
    try:
        reason = request.POST.get("reason", "")[:2000]
        withdraw_ruling(pk, reason, by=get_account_of(request), now=timezone.now())
    except Refusal as refusal:
        if refusal.code == "ruling-not-found":
            raise
        return draw_precedents(request, pk, refusal, 409)
    return HttpResponseRedirect(f"{reverse('console:precedents')}?done=withdrawn")


@require_POST
@open_to(*sorted(KEEPS_PRECEDENTS))
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """It serves again."""
    restore_ruling(pk, by=get_account_of(request), now=timezone.now())
    return HttpResponseRedirect(f"{reverse('console:precedents')}?done=restored")

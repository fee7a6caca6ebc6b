"""The inventories of an organisation, and the page of one: steps, lines, differences, elders, postings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from huiyin.cases.api import get_process, list_open_moves, may_see
from huiyin.console.api import acting_of, export_xlsx
from huiyin.economy.assets.api import (
    CHECKS,
    FAULTS,
    HELPERS,
    REGISTERS,
    SEEN,
    TREATMENTS,
    CountLine,
    Inventory,
    get_inventory,
    list_differences,
    list_treatments,
    read_found,
    sum_registers,
    tell_mu,
)
from huiyin.economy.organisations.api import get_limit, get_seen, may
from huiyin.economy.postings.api import Posting
from huiyin.kernel.money import tell_yuan, to_yuan
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages.api import Column, Stage, Value, status_of_form
from huiyin.people.api import get_account_of, open_to
from huiyin.villages.assets.going import DONE, keep_typed
from huiyin.villages.assets.rows import COUNT_COLUMNS
from huiyin.villages.frame import show_one
from huiyin.villages.values import READERS

PARTS = {
    "lines": Words("盘点登记", "Count"),
    "differences": Words("差异", "Differences"),
    "elders": Words("村五老监督", "Elders"),
    "postings": Words("三榜公示", "Postings"),
}


@require_safe
@open_to(*READERS)
def own_inventories(request: HttpRequest, code: str) -> HttpResponse:
    """Every year's inventory of the organisation, newest first."""
    one = get_seen(code, get_account_of(request))
    rows = one.inventories.select_related("case").order_by("-year")
    context = {
        "rows": [(row, get_process(row.case.process, row.case.process_version)) for row in rows],
        "now": timezone.now(),
    }
    return show_one(request, "villages/assets/own_inventories.html", context, one, "inventories")


@require_safe
@open_to(*READERS)
def inventory(request: HttpRequest, number: str) -> HttpResponse:
    """Where the inventory stands, what was counted, what differs, and what may be done next."""
    return show_inventory(request, get_inventory(number, get_account_of(request)))


def show_inventory(
    request: HttpRequest,
    one: Inventory,
    refusal: Refusal | None = None,
    typed: Mapping[str, str] | None = None,
    part: str = "",
) -> HttpResponse:
    """Draw the page; after a refusal with what was typed."""
    part = part or request.GET.get("part", "")
    part = part if part in PARTS else "lines"
    context = {
        **_tell_head(request, one),
        "part": part,
        "parts": PARTS,
        "refusal": refusal,
        "typed": keep_typed(typed or {}),
        **_tell_part(request, one, part),
    }
    template = "villages/assets/inventory.html"
    return show_one(
        request, template, context, one.organisation, "inventories", status_of_form(refusal), done=DONE
    )


def _tell_head(request: HttpRequest, one: Inventory) -> dict[str, Any]:
    acting, account = acting_of(request), get_account_of(request)
    process = get_process(one.case.process, one.case.process_version)
    stage = process.stages[one.case.stage]
    moves = list_open_moves(one.case, process, list(one.case.assignments.all()), acting)
    organisation = one.organisation
    elders = list(one.elders.order_by("id"))
    return {
        "inventory": one,
        "stage": stage,
        "steps": _list_steps(one),
        "moves": [move for move in moves if move.key != "remark"],
        "clock": one.case.clocks.filter(stopped_at__isnull=True, main=False).order_by("-id").first(),
        "process": process,
        "now": timezone.now(),
        "sees_case": may_see(one.case, acting),
        "counts": one.lines.aggregate(all=Count("id"), done=Count("id", filter=Q(counted_at__isnull=False))),
        "open_differences": one.differences.filter(treatment="").count(),
        "all_differences": one.differences.count(),
        "elders": elders,
        "agreed": sum(elder.agreed_at is not None for elder in elders),
        "least": get_limit("elders", organisation.township_id),
        "counting": stage.key == "registering" and may(account, organisation, "bookkeeper"),
        "explaining": stage.key in {"registering", "verifying"} and may(account, organisation, "bookkeeper"),
        "naming": stage.key in {"clearing", "registering", "verifying"}
        and may(account, organisation, "bookkeeper", "director", "overseer"),
        "agreeing": stage.key == "verifying" and may(account, organisation, "overseer"),
        "tell_mu": tell_mu,
    }


def _list_steps(one: Inventory) -> list[Stage]:
    process = get_process(one.case.process, one.case.process_version)
    stage = process.stages[one.case.stage]
    here = next(at for at, step in enumerate(process.steps) if step.key == stage.step)
    closed = stage.kind == "closed"
    return [
        Stage(step.title, "done" if at < here or closed else "now" if at == here else "future")
        for at, step in enumerate(process.steps)
    ]


def _tell_part(request: HttpRequest, one: Inventory, part: str) -> dict[str, Any]:
    if part == "differences":
        rows = [(row, list_treatments(read_found(row))) for row in list_differences(one)]
        return {
            "differences": rows,
            "checks": CHECKS,
            "faults": FAULTS,
            "treatments": TREATMENTS,
            "registers": REGISTERS,
        }
    if part == "elders":
        return {"kinds": list(HELPERS.items())}
    if part == "postings":
        subject = f"case:{one.case.number}"
        found = Posting.objects.filter(organisation_id=one.organisation_id, subject__startswith=subject)
        return {"postings": found.prefetch_related("questions").order_by("id")}
    lines = list(one.lines.select_related("asset").order_by("asset__register", "asset__number"))
    totals = sum_registers(lines)
    wanted = request.POST.get("register") or request.GET.get("register", "")
    waiting = [key for key, sums in totals.items() if sums["counted_lines"] < sums["lines"]]
    register = wanted if wanted in totals else next(iter([*waiting, *totals]), "")
    shown = [line for line in lines if line.asset.register == register]
    return {"totals": totals, "registers": REGISTERS, "register": register, "lines": shown, "seen": SEEN}


@require_safe
@open_to(*READERS)
def export_lines(request: HttpRequest, number: str) -> HttpResponse:
    """The lines as a sheet that can be filled in and read back."""
    one = get_inventory(number, get_account_of(request))
    columns = [Column(title) for title in COUNT_COLUMNS.values()]
    lines = one.lines.select_related("asset").order_by("asset__register", "asset__number")
    name = f"{one.organisation.name}-{one.year}年盘点表"
    return export_xlsx(request, "inventory", name, columns, map(_tell_line, lines))


def _tell_line(line: CountLine) -> list[Value]:
    asset = line.asset
    land = asset.register == "land"
    counted = "" if land or line.counted_fen is None else tell_yuan(line.counted_fen)
    return [
        asset.code,
        REGISTERS[asset.register].title,
        asset.name,
        asset.place,
        "" if land else tell_yuan(line.book_fen),
        tell_mu(line.book_mu),
        SEEN.get(line.seen, Words("")),
        counted,
        tell_mu(line.counted_mu),
        line.note,
    ]


@require_safe
@open_to(*READERS)
def export_differences(request: HttpRequest, number: str) -> HttpResponse:
    """Every difference with its explanation and treatment."""
    one = get_inventory(number, get_account_of(request))
    headings = (
        ("检查", "Check"), ("问题", "Finding"), ("类别", "Register"), ("编号或科目", "Code or account"),
        ("名称", "Name"), ("账面（元）", "Book (yuan)"), ("核实（元）", "Counted (yuan)"),
        ("差额（元）", "Difference (yuan)"), ("面积差（亩）", "Area (mu)"), ("原因", "Explanation"),
        ("处理", "Treatment"), ("凭证", "Voucher"),
    )  # fmt: skip
    rows: list[list[Value]] = [
        [
            CHECKS[row.kind], FAULTS[row.fault],
            REGISTERS[row.register].title if row.register else "",
            row.line.asset.code if row.line else row.account, row.line.asset.name if row.line else "",
            to_yuan(row.book_fen), to_yuan(row.counted_fen), to_yuan(row.gap_fen),
            tell_mu(row.gap_mu) if row.gap_mu else "", row.explanation,
            TREATMENTS.get(row.treatment, Words("")),
            f"{row.voucher.made_on:%Y-%m}/{row.voucher.number}" if row.voucher else "",
        ]
        for row in list_differences(one)
    ]  # fmt: skip
    columns = [Column(Words(zh, en)) for zh, en in headings]
    name = f"{one.organisation.name}-{one.year}年清产核资差异"
    return export_xlsx(request, "inventory-differences", name, columns, rows)

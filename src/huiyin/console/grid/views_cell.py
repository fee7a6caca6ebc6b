"""The page of one cell: who answers for it today, what is open in it, its record; and writing down leave."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from huiyin.cases.api import make_acting, sees_all
from huiyin.console.frame import acting_of, show
from huiyin.console.grid.board import Asked, lead_to, shorten_name
from huiyin.console.grid.colouring import Tally, tell_piece
from huiyin.console.grid.drawing import Piece, Sheet, draw_map, gather
from huiyin.console.grid.holding import list_faces, list_others, may_write_leave
from huiyin.console.grid.rows import list_rows
from huiyin.console.grid.telling import tell_history
from huiyin.console.grid.views_map import CURRENT
from huiyin.grid.api import (
    Cell,
    begin_absence,
    end_absence,
    get_cell,
    list_cell_history,
    list_cells,
    list_holders,
    load_shapes,
)
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words
from huiyin.pages.api import local, status_of
from huiyin.people.api import AccountInHand, get_account_of, open_to
from huiyin.placing.api import count_cell_cases, list_cell_cases

DONE = {
    "away": Words("已记下请假，由下一位代理。", "The leave is written down; the next one acts."),
    "back": Words("已销假。", "Back from leave."),
}


@require_safe
@open_to("staff")
def show_cell(request: HttpRequest, code: str) -> HttpResponse:
    """The cell of that code."""
    acting_of(request)
    return _show(request, get_cell(code, timezone.localdate()))


def _show(request: HttpRequest, cell: Cell, refusal: Refusal | None = None) -> HttpResponse:
    account, now = get_account_of(request), timezone.now()
    today, counts = local(now).date(), count_cell_cases(now)
    opened, overdue = counts.get(cell.row.id, (0, 0))
    tally = Tally(opened, overdue, int(cell.acting is None))
    context = {
        "cell": cell,
        "tally": tally,
        "sheet": _draw(cell),
        "faces": list_faces(cell.holders, account),
        "others": list_others(list_holders(cell.row.id), today),
        "cases": list_rows(list_cell_cases([cell.row.id]), now) if _sees_cases(cell, account) else None,
        "history": tell_history(list_cell_history(cell.row.id, cell.row.code)),
        "leave": may_write_leave(cell, account),
        "keeps": "admin" in account.roles,
        "reports": bool(account.roles & {"visitor", "steward"}),
        "mine": any(one.account_id == account.id for one in cell.holders),
        "township_url": lead_to(Asked(), cell.row.township_id),
        "refusal": refusal,
        "typed": request.POST,
        "today": today,
    }
    status = status_of(refusal) if refusal else 200
    return show(request, "console/grid/cell.html", context, CURRENT, status, done=DONE)


def _sees_cases(cell: Cell, account: AccountInHand) -> bool:
    return sees_all(make_acting(account)) or any(one.account_id == account.id for one in cell.holders)


def _draw(cell: Cell) -> Sheet | None:
    """The village's cells, this one marked."""
    beside = [
        one
        for one in list_cells(timezone.localdate(), cell.row.township_id)
        if one.row.village_id == cell.row.village_id
    ]
    shapes = load_shapes()
    pieces = [
        Piece(
            gather([one.row.id], shapes),
            one.row.called
            if one.row.id == cell.row.id
            else tell_piece(one.row.called, Tally(vacant=int(one.acting is None))),
            "shade-2" if one.row.id == cell.row.id else "shade-0",
            "" if one.row.id == cell.row.id else reverse("console:grid-cell", args=[one.row.code]),
        )
        for one in beside
        if one.row.id in shapes
    ]
    return draw_map(pieces, [(gather([one.row.id], shapes), shorten_name(one), "") for one in beside])


@require_POST
@open_to("staff")
def write_leave(request: HttpRequest, code: str) -> HttpResponse:
    """Somebody of the cell is away for some days, or is back (`absence`)."""
    acting_of(request)
    account, now = get_account_of(request), timezone.now()
    cell = get_cell(code, timezone.localdate(now))
    if not may_write_leave(cell, account):
        words = Words(
            "请假由本人、所在乡镇或系统管理员记录。", "Leave is written down by the holder or the township."
        )
        raise Refusal("not-your-duty", words, rule="岗位职责分离")
    try:
        done = _write(request, cell, account)
    except Refusal as refusal:
        return _show(request, cell, refusal)
    answer = HttpResponseRedirect(f"{reverse('console:grid-cell', args=[code])}?done={done}")
    answer.status_code = 303
    return answer


def _write(request: HttpRequest, cell: Cell, account: AccountInHand) -> str:
    now, asked = timezone.now(), request.POST
    if asked.get("absence"):
        known = {str(one.absence_id): one.absence_id for one in cell.holders if one.absence_id}
        absence_id = known.get(asked["absence"])
        if absence_id is None:
            raise Refusal(
                "entry-not-found", Words("没有这条请假，或者已经销假。", "There is no such absence.")
            )
        end_absence(absence_id, by=account, now=now)
        return "back"
    holder = next((one for one in cell.holders if str(one.id) == asked.get("holder")), None)
    if holder is None:
        raise Refusal("entry-not-found", Words("请选择谁请假。", "Say who is away."), field="holder")
    since, until = (_read_day(asked.get(key, ""), key) for key in ("since", "until"))
    begin_absence(holder.id, since, until, asked.get("reason", ""), by=account, now=now)
    return "away"


def _read_day(text: str, field: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        words = Words("日期请写成 2026-01-31。", "Write the date like 2026-01-31.")
        raise Refusal("bad-days", words, field=field) from None

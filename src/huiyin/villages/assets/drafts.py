"""Keeps an uploaded sheet as a draft until it is confirmed, then writes all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from huiyin.economy.assets.api import (
    REGISTERS,
    SEEN,
    Asset,
    Count,
    CountLine,
    Draft,
    Inventory,
    add_assets,
    change_asset,
    count_lines,
    read_mu,
)
from huiyin.economy.organisations.api import Organisation, demand
from huiyin.kernel.money import read_yuan
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand
from huiyin.villages.assets.rows import (
    Row,
    plan_registers,
    read_seen,
    unpack_asset,
    unpack_fields,
)

MOST = 5_000
KEPT = timedelta(days=2)
Texts = Sequence[tuple[int, Mapping[str, str]]]


@transaction.atomic
def draft_registers(
    organisation: Organisation, name: str, texts: Texts, by: AccountInHand, now: datetime
) -> Draft:
    """Keep a sheet of the registers with what each row would do; nothing else is written."""
    demand(by, organisation, "bookkeeper")
    held = {one.code: one for one in Asset.objects.filter(organisation=organisation)}
    return _keep(organisation, None, name, plan_registers(texts, held), by, now)


@transaction.atomic
def draft_count(inventory: Inventory, name: str, texts: Texts, by: AccountInHand, now: datetime) -> Draft:
    """The same of a count."""
    demand(by, inventory.organisation, "bookkeeper")
    held = {line.asset.code: line for line in inventory.lines.select_related("asset")}
    rows = [_plan_count(line, given, held) for line, given in texts]
    return _keep(inventory.organisation, inventory, name, rows, by, now)


def _plan_count(line: int, texts: Mapping[str, str], held: Mapping[str, CountLine]) -> Row:
    code, name = clean(texts.get("code", "")), clean(texts.get("name", ""))
    seen, counted, area = (clean(texts.get(key, "")) for key in ("seen", "counted", "area"))
    if not (seen or counted or area):
        return Row(line, "same", code, name, {})
    try:
        _demand_line(code, held)
        land = not REGISTERS[held[code].asset.register].accounts
        fen = read_yuan(counted, "counted") if counted else None
        mu = read_mu(area) if area else None
        _demand_count(seen, missing=(mu if land else fen) is None)
        given = {"line": held[code].pk, "seen": read_seen(seen), "fen": fen}
        more = {"area": None if mu is None else f"{mu:f}", "note": clean(texts.get("note", ""))}
        return Row(line, "change", code, held[code].asset.name, given | more)
    except Refusal as refusal:
        return Row(line, "wrong", code, name, {}, (refusal.words.zh, refusal.words.en))


def _demand_line(code: str, held: Mapping[str, CountLine]) -> None:
    if code not in held:
        words = Words("这次清产核资里没有编号“{code}”。", "This inventory has no line {code}.")
        raise Refusal("line-not-found", words.fill(code=code))


def _demand_count(seen: str, *, missing: bool) -> None:
    if read_seen(seen) not in SEEN:
        titles = "、".join(one.zh for one in SEEN.values())
        words = Words("状况只能填：{titles}。", "The state is one of: {titles}.").fill(titles=titles)
        raise Refusal("no-such-state", words, field="seen")
    if missing and read_seen(seen) != "missing":
        raise Refusal("amount-missing", Words("没有填盘点的价值或面积。", "No value or area was counted."))


def _keep(
    organisation: Organisation,
    inventory: Inventory | None,
    name: str,
    rows: Iterable[Row],
    by: AccountInHand,
    now: datetime,
) -> Draft:
    listed = [asdict(row) for row in rows]
    if not listed:
        raise Refusal("bad-file", Words("表里没有内容。", "The sheet has no rows."), field="file")
    if len(listed) > MOST:
        words = Words("一次最多 {most} 行，请分成几个文件。", "At most {most} rows at a time.")
        raise Refusal("bad-file", words.fill(most=MOST), field="file")
    Draft.objects.filter(made_at__lt=now - KEPT).delete()
    return Draft.objects.create(
        organisation=organisation, inventory=inventory, name=name[:200], rows=listed, made_by_id=by.id,
        made_at=now,
    )  # fmt: skip


def get_draft(organisation: Organisation, draft_id: int, by: AccountInHand) -> Draft:
    """A draft of whoever asks; refuses `draft-not-found`."""
    found = Draft.objects.select_related("inventory__case", "inventory__organisation")
    one = found.filter(pk=draft_id, organisation=organisation, made_by_id=by.id).first()
    if one is None:
        words = Words("这次上传已经写入或放弃。", "This upload was written or dropped already.")
        raise Refusal("draft-not-found", words)
    return one


@transaction.atomic
def apply_draft(draft: Draft, reason: str, by: AccountInHand, now: datetime) -> int:
    """Write all rows, and forget the draft; how many were written.

    Refuses `sheet-has-faults`, and what adding, changing and counting refuse.
    """
    rows = [row for row in draft.rows if row["act"] != "same"]
    if any(row["act"] == "wrong" for row in rows):
        words = Words("还有行有误，改好后重新上传。", "Some rows are wrong: mend them and upload again.")
        raise Refusal("sheet-has-faults", words)
    if draft.inventory is not None:
        count_lines(draft.inventory, [_make_count(row["given"]) for row in rows], by, now)
    else:
        _write(draft.organisation, rows, reason, by, now)
    draft.delete()
    return len(rows)


def _make_count(given: Mapping[str, Any]) -> Count:
    area = None if given["area"] is None else read_mu(given["area"])
    return Count(given["line"], given["seen"], given["fen"], area, given["note"])


def _write(
    organisation: Organisation,
    rows: Sequence[Mapping[str, Any]],
    reason: str,
    by: AccountInHand,
    now: datetime,
) -> None:
    added = [unpack_asset(row["given"]) for row in rows if row["act"] == "add"]
    if added:
        add_assets(organisation, added, by, now)
    ids = dict(Asset.objects.filter(organisation=organisation).values_list("code", "pk"))
    for row in rows:
        if row["act"] == "change":
            change_asset(ids[row["code"]], unpack_fields(row["given"]), reason, by, now)

"""Reads sheets of registers and counts, row by row: what each row would do, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from huiyin.economy.assets.api import (
    LAND_CLASSES,
    REGISTERS,
    SEEN,
    USES,
    Asset,
    NewAsset,
    check_asset,
    read_mu,
    tell_mu,
)
from huiyin.kernel.money import read_yuan, tell_yuan
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean, fold
from huiyin.kernel.words import Words

REGISTER_COLUMNS: dict[str, Words] = {
    "register": Words("类别", "Register"),
    "code": Words("编号", "Code"),
    "name": Words("名称", "Name"),
    "account": Words("科目", "Account"),
    "place": Words("位置", "Place"),
    "keeper": Words("保管人", "Keeper"),
    "party": Words("对方", "Other party"),
    "use": Words("使用情况", "Use"),
    "land_class": Words("土地用途", "Land class"),
    "area_mu": Words("面积（亩）", "Area (mu)"),
    "quantity": Words("数量", "Quantity"),
    "measure": Words("单位", "Measure"),
    "value_fen": Words("账面价值（元）", "Book value (yuan)"),
    "contract": Words("合同编号", "Contract"),
    "deed": Words("权属证明", "Title deed"),
    "acquired_on": Words("取得日期", "Acquired on"),
    "basis": Words("凭证或依据", "Basis"),
    "note": Words("备注", "Remark"),
}
"""The columns of a register's sheet, as they leave and come back; `code` empty: a new entry."""

COUNT_COLUMNS: dict[str, Words] = {
    "code": Words("编号", "Code"),
    "register": Words("类别", "Register"),
    "name": Words("名称", "Name"),
    "place": Words("位置", "Place"),
    "book": Words("账面价值（元）", "Book value (yuan)"),
    "book_area": Words("账面面积（亩）", "Area on the register (mu)"),
    "seen": Words("状况", "State"),
    "counted": Words("盘点价值（元）", "Counted value (yuan)"),
    "area": Words("实测面积（亩）", "Area found (mu)"),
    "note": Words("盘点备注", "Remark"),
}
"""The columns of a count; all but the code and the last four are only shown."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a sheet: its line, what it would do (`add`, `change`, `same`, `wrong`), what is wrong."""

    line: int
    act: str
    code: str
    name: str
    given: dict[str, Any]
    words: tuple[str, str] = ("", "")


def match_headings(headings: Sequence[str], columns: Mapping[str, Words]) -> list[str]:
    """The key of each column, empty for one that is not known. Refuses `bad-headings` without the needed."""
    names = {fold(name): key for key, words in columns.items() for name in (words.zh, words.en)}
    keys = [names.get(fold(one), "") for one in headings]
    if "code" not in keys or len({key for key in keys if key}) < len([key for key in keys if key]):
        listed = Words(
            "、".join(one.zh for one in columns.values()), ", ".join(one.en for one in columns.values())
        )
        words = Words(
            "第一行的列名对不上。列名是：{listed}。建议先导出，在导出的表上改。",
            "The headings do not match. They are: {listed}. Best change an export.",
        )
        raise Refusal("bad-headings", words.fill(listed=listed), field="file")
    return keys


def plan_registers(texts: Sequence[tuple[int, Mapping[str, str]]], held: Mapping[str, Asset]) -> list[Row]:
    """What each row of a register's sheet would do to the entries that there are, by their code."""
    return [_plan_one(line, given, held) for line, given in texts]


def _plan_one(line: int, texts: Mapping[str, str], held: Mapping[str, Asset]) -> Row:
    code, name = clean(texts.get("code", "")), clean(texts.get("name", ""))
    try:
        asset = _find(code, held)
        new = read_asset(texts)
        if asset is None:
            check_asset(new)
            _demand_paper(new)
            return Row(line, "add", "", name, pack_asset(new))
        before = pack_asset(_as_new(asset))
        after = {**before, **{key: value for key, value in pack_asset(new).items() if key in texts}}
        after["register"] = asset.register
        check_asset(unpack_asset(after))
        changed = {key: value for key, value in after.items() if value != before[key] and key != "basis"}
        return Row(line, "change" if changed else "same", code, name or asset.name, changed)
    except Refusal as refusal:
        return Row(line, "wrong", code, name, {}, (refusal.words.zh, refusal.words.en))


def _find(code: str, held: Mapping[str, Asset]) -> Asset | None:
    if not code:
        return None
    if code not in held:
        words = Words("没有编号“{code}”的台账。新增的不要填编号。", "There is no entry {code}.")
        raise Refusal("asset-not-found", words.fill(code=code))
    if held[code].ended_on is not None:
        raise Refusal("asset-ended", Words("这一条已经注销。", "This entry has ended."))
    return held[code]


def _demand_paper(new: NewAsset) -> None:
    if len(clean(new.basis or new.contract)) < 2:
        words = Words("新增的要写明凭证或合同编号。", "A new entry names its voucher or contract.")
        raise Refusal("basis-missing", words)


def read_asset(texts: Mapping[str, str]) -> NewAsset:
    """An entry from texts by column, choices by their titles or keys. Refuses what cannot be read."""
    given = {key: clean(texts.get(key, "")) for key in REGISTER_COLUMNS if key != "code"}
    register = choose({key: one.title for key, one in REGISTERS.items()}, given["register"])
    accounts = REGISTERS[register].accounts if register in REGISTERS else ()
    return NewAsset(
        register=register,
        name=given["name"],
        account=given["account"] or (accounts[0] if accounts else ""),
        place=given["place"],
        keeper=given["keeper"],
        party=given["party"],
        use=choose(USES, given["use"]) or "own",
        land_class=choose(LAND_CLASSES, given["land_class"]),
        area_mu=read_mu(given["area_mu"], "area_mu") if given["area_mu"] else None,
        quantity=_read_quantity(given["quantity"]),
        measure=given["measure"],
        value_fen=read_yuan(given["value_fen"], "value_fen") if given["value_fen"] else None,
        contract=given["contract"],
        deed=given["deed"],
        note=given["note"],
        basis=given["basis"],
        acquired_on=_read_day(given["acquired_on"]),
    )


def choose(titles: Mapping[str, Words], text: str) -> str:
    """The key whose key or title was typed; what is none of them is answered as it is."""
    for key, words in titles.items():
        if fold(text) in {fold(key), fold(words.zh), fold(words.en)}:
            return key
    return text


def _read_quantity(text: str) -> Decimal | None:
    if not text:
        return None
    try:
        found = Decimal(text.replace(",", ""))
        if 0 <= found < 10**11 and found == round(found, 3):
            return found
    except InvalidOperation:
        pass
    words = Words("“{text}”不是数量，最多三位小数。", "“{text}” is no quantity (three decimals at most).")
    raise Refusal("bad-quantity", words.fill(text=text[:40]), field="quantity")


def _read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        words = Words("“{text}”不是日期，请写成 2026-01-31。", "“{text}” is no date such as 2026-01-31.")
        raise Refusal("bad-date", words.fill(text=text[:40]), field="acquired_on") from None


def pack_asset(new: NewAsset) -> dict[str, Any]:
    """The entry as JSON takes it."""
    return {
        key: value.isoformat()
        if isinstance(value, date)
        else f"{value:f}"
        if isinstance(value, Decimal)
        else value
        for key, value in asdict(new).items()
    }


def unpack_asset(given: Mapping[str, Any]) -> NewAsset:
    """What `pack_asset` was given."""
    return NewAsset(**unpack_fields(given))


def unpack_fields(given: Mapping[str, Any]) -> dict[str, Any]:
    """Some fields of it."""
    read: dict[str, Any] = {"area_mu": Decimal, "quantity": Decimal, "acquired_on": date.fromisoformat}
    return {key: read[key](value) if key in read and value else value for key, value in given.items()}


def _as_new(asset: Asset) -> NewAsset:
    area = None if asset.area_mu is None else Decimal(tell_mu(asset.area_mu).replace(",", ""))
    return NewAsset(
        asset.register, asset.name, asset.account, asset.place, asset.keeper, asset.party, asset.use,
        asset.land_class, area, None if asset.quantity is None else asset.quantity.normalize(),
        asset.measure, asset.value_fen, asset.contract, asset.deed, asset.note, asset.basis,
        asset.acquired_on,
    )  # fmt: skip


def tell_row(asset: Asset) -> dict[str, str | Words]:
    """The entry as the cells of its sheet, so that they can be read back."""
    quantity = "" if asset.quantity is None else f"{asset.quantity.normalize():f}"
    return {
        "register": REGISTERS[asset.register].title,
        "code": asset.code,
        "name": asset.name,
        "account": asset.account,
        "place": asset.place,
        "keeper": asset.keeper,
        "party": asset.party,
        "use": USES[asset.use],
        "land_class": LAND_CLASSES.get(asset.land_class, Words("")),
        "area_mu": tell_mu(asset.area_mu),
        "quantity": quantity,
        "measure": asset.measure,
        "value_fen": "" if asset.value_fen is None else tell_yuan(asset.value_fen),
        "contract": asset.contract,
        "deed": asset.deed,
        "acquired_on": asset.acquired_on.isoformat() if asset.acquired_on else "",
        "basis": asset.basis,
        "note": asset.note,
    }


def read_seen(text: str) -> str:
    """The state that was typed, by key or title."""
    return choose(SEEN, clean(text))

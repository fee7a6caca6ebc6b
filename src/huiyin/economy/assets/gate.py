"""What each step of an inventory demands, and what it writes: held to by every door."""

from __future__ import annotations

from collections.abc import Callable

from huiyin.cases.api import Passing
from huiyin.economy.assemblies.api import demand_resolution
from huiyin.economy.assets.comparing import compare
from huiyin.economy.assets.confirming import digest_inventory, settle
from huiyin.economy.assets.counting import start_lines
from huiyin.economy.assets.models import Inventory
from huiyin.economy.assets.sheets import put_up_turn, subject_of
from huiyin.economy.assets.values import LAND, REGISTERS, RULE
from huiyin.economy.assets.valuing import RULE as VALUING
from huiyin.economy.assets.valuing import find_valuation
from huiyin.economy.organisations.api import get_limit
from huiyin.economy.postings.api import demand_over
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words

APART = "清产核资：盘点与核实分离"


def pass_inventory(passing: Passing) -> None:
    """Ask what the move demands and write what belongs to it; moves without demands pass."""
    step = _STEPS.get(passing.move)
    if step is None:
        return
    inventory = (
        Inventory.objects.select_for_update(of=("self",))
        .select_related("organisation", "case")
        .get(case_id=passing.case_id)
    )
    step(inventory, passing)


def _clear(inventory: Inventory, _passing: Passing) -> None:
    _demand_elders(inventory, agreed=False)
    if not inventory.organisation.assets.filter(ended_on__isnull=True).exists():
        raise _refuse(
            "registers-empty",
            "台账里还没有任何资产。请先建账或导入。",
            "The registers are empty. Enter or import what there is first.",
        )
    start_lines(inventory)
    compare(inventory)


def _demand_elders(inventory: Inventory, *, agreed: bool) -> None:
    least = get_limit("elders", inventory.organisation.township_id)
    held = inventory.elders.filter(agreed_at__isnull=False) if agreed else inventory.elders.all()
    if held.count() < least:
        words = Words(
            "监督的“村五老”要有 {least} 人{what}，现在 {count} 人。",
            "{least} elders must {what}; there are {count}.",
        ).fill(
            least=least,
            count=held.count(),
            what=Words("看过并同意", "have looked on and agree") if agreed else Words("登记", "be named"),
        )
        raise Refusal("elders-missing", words, RULE)


def _register(inventory: Inventory, _passing: Passing) -> None:
    left = inventory.lines.filter(counted_at__isnull=True).count()
    if left:
        words = Words("还有 {left} 条没有盘点登记。", "{left} entries are not counted yet.")
        raise Refusal("lines-uncounted", words.fill(left=left), RULE)
    compare(inventory)


def _verify(inventory: Inventory, passing: Passing) -> None:
    compare(inventory)
    left = inventory.differences.filter(treatment="").count()
    if left:
        words = Words(
            "还有 {left} 条差异没有说明原因和处理办法。请会计逐条说明，或退回重新登记。",
            "{left} differences have no explanation and treatment yet.",
        )
        raise Refusal("differences-unexplained", words.fill(left=left), RULE)
    _demand_valuations(inventory)
    _demand_elders(inventory, agreed=True)
    if inventory.lines.filter(counted_by_id=passing.acting.account_id).exists():
        words = Words("盘点的人不能核实。请由另一位监事核实。", "Whoever counted cannot verify it.")
        raise Refusal("same-person", words, APART)
    inventory.lines.update(checked_by_id=passing.acting.account_id)


def _demand_valuations(inventory: Inventory) -> None:
    lines = inventory.lines.select_related("asset").exclude(seen="missing")
    for line in lines.filter(asset__value_fen__isnull=True):
        asset = line.asset
        if REGISTERS[asset.register].kind == LAND:
            continue
        valued = find_valuation(asset.pk)
        if valued is None:
            words = Words(
                "“{code} {name}”没有价值，评估也没有备案。请先评估、决议，报乡镇备案。",
                "“{code} {name}” has no value and no filed valuation. Value, resolve and file it first.",
            )
            raise Refusal("valuation-not-filed", words.fill(code=asset.code, name=asset.name), VALUING)
        if line.counted_fen != valued.valued_fen:
            words = Words(
                "“{code} {name}”盘点的价值与备案的评估不同。请退回，按评估登记。",
                "“{code} {name}” is not counted at its filed valuation. Send it back.",
            )
            raise Refusal("valuation-differs", words.fill(code=asset.code, name=asset.name), VALUING)


def _post(turn: int) -> Callable[[Inventory, Passing], None]:
    def post(inventory: Inventory, passing: Passing) -> None:
        if turn > 1:
            demand_over(inventory.organisation_id, subject_of(inventory), turn - 1, passing.now)
        put_up_turn(inventory, turn, passing.acting.account_id, passing.now)

    return post


def _recount(inventory: Inventory, _passing: Passing) -> None:
    """An objection was right: what hung stays to be read, and the three postings begin anew."""
    inventory.turn += 1
    inventory.save(update_fields=["turn"])
    inventory.lines.update(checked_by=None)
    inventory.elders.update(agreed_at=None)


def _confirm(inventory: Inventory, passing: Passing) -> None:
    demand_over(inventory.organisation_id, subject_of(inventory), 3, passing.now)
    resolution = demand_resolution(inventory.organisation_id, f"case:{passing.number}", passing.now)
    settle(inventory, resolution, passing)


def _accept(inventory: Inventory, _passing: Passing) -> None:
    if digest_inventory(inventory) != inventory.digest:
        raise _refuse(
            "report-altered",
            "上报的数与确认时不一致，不能接收。请退回查明。",
            "What is reported is not what was confirmed. Return it and find out why.",
        )


def _take_in(inventory: Inventory, passing: Passing) -> None:
    inventory.taken_in_at = passing.now
    inventory.save(update_fields=["taken_in_at"])
    held = inventory.organisation.assets.filter(lines__inventory=inventory, managed_on__isnull=True)
    held.update(managed_on=passing.now.date())


def _refuse(code: str, zh: str, en: str) -> Refusal:
    return Refusal(code, Words(zh, en), RULE)


_STEPS: dict[str, Callable[[Inventory, Passing], None]] = {
    "clear": _clear,
    "register": _register,
    "verify": _verify,
    "post_first": _post(1),
    "post_second": _post(2),
    "post_third": _post(3),
    "recount": _recount,
    "confirm": _confirm,
    "accept": _accept,
    "take_in": _take_in,
}

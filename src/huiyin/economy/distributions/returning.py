"""What the bank could not pay: taken back onto the members' accounts, mended, and paid again."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Count

from huiyin.economy.distributions import store
from huiyin.economy.distributions.models import PayFile, Payment, Plan
from huiyin.economy.distributions.values import LAW, Failed
from huiyin.economy.distributions.vouchers import post_returned
from huiyin.economy.organisations.api import demand, note
from huiyin.kernel.money import read_yuan, tell_yuan
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean, read_number, shorten
from huiyin.kernel.words import Words
from huiyin.people.api import AccountInHand

MOST_FAILURES = 5_000


def read_failures(text: str) -> list[Failed]:
    """The bank's list: number, amount, reason on each line, by commas, bars or tabs; heads are passed over.

    Refuses `failures-unread` with the line that cannot be read.
    """
    failed: list[Failed] = []
    for at, row in enumerate(_split(text), 1):
        cells = [clean(cell).lstrip("'") for cell in row]
        if not any(cells):
            continue
        number = read_number(cells[0])
        if number is None and not failed and at <= 5:
            continue
        if number is None or len(cells) < 2:
            words = Words(
                "第 {at} 行看不懂：“{row}”。每行写序号、金额、原因。",
                "Line {at} cannot be read: {row}. Give number, amount and reason.",
            )
            raise Refusal(
                "failures-unread", words.fill(at=at, row=shorten("，".join(cells), 60)), field="failures"
            )
        failed.append(
            Failed(number, read_yuan(cells[1], "failures"), (cells[2] if len(cells) > 2 else "") or "退票")
        )
    if not failed or len(failed) > MOST_FAILURES:
        words = Words(
            "没有读到退回的行（一次最多 {most} 行）。", "No line was read (at most {most} at once)."
        )
        raise Refusal("failures-unread", words.fill(most=MOST_FAILURES), field="failures")
    return failed


def _split(text: str) -> list[list[str]]:
    plain = text.replace("\t", ",").replace("|", ",").replace("，", ",")
    return list(csv.reader(io.StringIO(plain)))


@transaction.atomic
def take_back(file_id: int, failed: Sequence[Failed], by: AccountInHand, now: datetime) -> int:
    """Enter what came back of a file: payments, accounts, books, journal; how many fen.

    A line that was entered before is passed over. Refuses `no-such-payment` and `amount-differs` by line.
    """
    file = PayFile.objects.select_related("plan__organisation", "plan__charter").get(pk=file_id)
    demand(by, file.plan.organisation, "cashier")
    Plan.objects.select_for_update().get(pk=file.plan_id)
    held = {
        one.number: one
        for one in Payment.objects.filter(file=file, number__in=[one.number for one in failed])
    }
    fresh: dict[int, Payment] = {}
    for one in failed:
        payment = _match(held.get(one.number), one)
        if payment.returned_at is None:
            payment.returned_at, payment.reason = now, shorten(one.reason, 60)
            fresh[payment.pk] = payment
    if not fresh:
        return 0
    at = Payment.objects.filter(file=file).aggregate(many=Count("returned_at"))["many"]
    Payment.objects.bulk_update(fresh.values(), ["returned_at", "reason"])
    store.run("post_returned", {"payments": list(fresh), "at": now})
    fen = sum(one.fen for one in fresh.values())
    post_returned(file, fen, at, by, now)
    note(
        file.plan.organisation,
        "take-back-payments",
        by,
        now,
        plan=file.plan_id,
        turn=file.turn,
        lines=len(fresh),
        fen=fen,
    )
    return fen


def _match(payment: Payment | None, failed: Failed) -> Payment:
    if payment is None:
        words = Words("代发文件里没有第 {number} 号。", "The file has no line {number}.")
        raise Refusal("no-such-payment", words.fill(number=failed.number), field="failures")
    if payment.fen != failed.fen:
        words = Words(
            "第 {number} 号发放 {paid} 元，退回表写的是 {said} 元。请核对。",
            "Line {number} was {paid} yuan; the list says {said}. Check it.",
        ).fill(number=failed.number, paid=tell_yuan(payment.fen), said=tell_yuan(failed.fen))
        raise Refusal("amount-differs", words, rule=f"{LAW} 第42条", field="failures")
    return payment


def list_owed(plan: Plan) -> list[tuple[int, int, str, int, bool, str]]:
    """Households still owed something: id, number, head, fen, whether they have a card, why it came back."""
    return [
        (pk, number, head, int(fen), bool(card), reason)
        for pk, number, head, fen, card, reason in store.fetch("list_owed", {"plan": plan.pk})
    ]


def sum_entries(plans: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Plan id → what members are due in all, and what of it was paid and did not come back."""
    return {pk: (int(due), int(paid)) for pk, due, paid in store.fetch("sum_entries", {"plans": list(plans)})}

"""The form of a voucher: what is typed becomes a card, and a draft becomes what stands in the form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.http import QueryDict

from huiyin.economy.books.api import DraftCard, Line, VoucherDraft
from huiyin.kernel.money import read_yuan, tell_yuan
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.texts import clean
from huiyin.kernel.words import Words
from huiyin.villages.books.frame import demand_day

ROWS = 6
MORE = 5
MOST = 200
FIELDS = ("account", "note", "debit", "credit")


@dataclass(slots=True)
class Typed:
    """The form as it was typed."""

    made_on: str = ""
    summary: str = ""
    payee: str = ""
    version: str = ""
    rows: list[dict[str, str]] = field(default_factory=list)

    def pad(self, least: int = ROWS) -> Typed:
        """With empty rows at the end."""
        missing = max(least - len(self.rows), 0)
        self.rows += [dict.fromkeys(FIELDS, "") for _ in range(min(missing, MOST))]
        return self

    @property
    def sums(self) -> tuple[int, int]:
        """Debits and credits in fen, as far as they can be read."""
        debit, credit = (sum(_try_yuan(row[key]) for row in self.rows) for key in ("debit", "credit"))
        return debit, credit


def _try_yuan(text: str) -> int:
    try:
        return read_yuan(text) if text else 0
    except Refusal:
        return 0


def read_typed(sent: QueryDict) -> Typed:
    """The form that was sent; each field of a row is sent once for each row."""
    lists = {key: sent.getlist(key) for key in FIELDS}
    count = min(max(map(len, lists.values()), default=0), MOST)
    rows = [
        {key: clean(values[at])[:120] if at < len(values) else "" for key, values in lists.items()}
        for at in range(count)
    ]
    given = {key: clean(sent.get(key, ""))[:300] for key in ("made_on", "summary", "payee", "version")}
    return Typed(**given, rows=rows)


def type_draft(draft: VoucherDraft) -> Typed:
    """A draft as it stands in the form."""
    rows = [
        {
            "account": account,
            "note": note,
            "debit": tell_yuan(fen) if fen > 0 else "",
            "credit": tell_yuan(-fen) if fen < 0 else "",
        }
        for account, fen, note in zip(draft.accounts, draft.fen, draft.notes, strict=True)
    ]
    return Typed(draft.made_on.isoformat(), draft.summary, draft.payee, str(draft.version), rows)


def make_card(typed: Typed, kind: str = "voucher") -> DraftCard:
    """What the bookkeeper wrote. Refuses `day-missing`, `bad-amount`, `two-sides`, `account-missing`."""
    return DraftCard(demand_day(typed.made_on), typed.summary, tuple(_read_lines(typed)), typed.payee, kind)


def _read_lines(typed: Typed) -> Iterator[Line]:
    for at, row in enumerate(typed.rows, 1):
        if not any(row.values()):
            continue
        if row["debit"] and row["credit"]:
            words = Words("第 {at} 行借贷都有金额，只能填一边。", "Line {at} has both sides: fill in one.")
            raise Refusal("two-sides", words.fill(at=at), field="lines")
        code = row["account"].partition(" ")[0]
        if not code:
            words = Words("第 {at} 行没有科目。", "Line {at} has no account.").fill(at=at)
            raise Refusal("account-missing", words, field="lines")
        yield Line(code, _read_fen(row, at), row["note"])


def _read_fen(row: dict[str, str], at: int) -> int:
    try:
        if row["debit"]:
            return read_yuan(row["debit"], "lines")
        return -read_yuan(row["credit"], "lines") if row["credit"] else 0
    except Refusal as refusal:
        words = Words("第 {at} 行：{words}", "Line {at}: {words}").fill(at=at, words=refusal.words)
        raise Refusal(refusal.code, words, field="lines") from refusal

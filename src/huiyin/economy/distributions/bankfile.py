"""The list that a bank is given: a head with count and total, a line for each payment, in bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from huiyin.economy.distributions import store
from huiyin.economy.distributions.models import PayFile
from huiyin.economy.members.api import CARD
from huiyin.journal.api import open_seals
from huiyin.kernel.refusals import Refusal
from huiyin.kernel.words import Words

ENCODINGS: dict[str, str] = {"gbk": "gb18030", "utf-8": "utf-8"}
"""What a bank asks for, and how it is written: GB 18030 is GBK with every rare character of names."""

FORMATS: dict[str, str] = {"csv": ",", "txt": "|"}
HEAD = ("批次", "组织编码", "年度", "总笔数", "总金额")
COLUMNS = ("序号", "收款人", "账号", "开户行", "金额", "备注")
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
_STANDARD = ("utf-8", "csv")


def write_file(file: PayFile, encoding: str = "utf-8", form: str = "csv") -> bytes:
    """The file as bytes, from the payments as they were ordered: the same each time.

    Refuses `no-such-format`, and `file-differs` when it is no longer what was handed to the bank.
    """
    return write_files([file], encoding, form)[file.pk]


def write_files(files: Sequence[PayFile], encoding: str = "utf-8", form: str = "csv") -> dict[int, bytes]:
    """The same for many, read in one statement. Each has its `plan` and `organisation` at hand."""
    if encoding not in ENCODINGS or form not in FORMATS:
        raise Refusal(
            "no-such-format", Words("没有这种文件格式。", "There is no such format."), field="format"
        )
    made = {pk: _encode(text, encoding) for pk, text in _draw(files, FORMATS[form]).items()}
    for file in files:
        if file.digest and (encoding, form) == _STANDARD and digest_file(made[file.pk]) != file.digest:
            words = Words(
                "代发文件与当时交给银行的不一致。请先核查。", "The file differs from what the bank was given."
            )
            raise Refusal("file-differs", words)
    return made


def digest_file(content: bytes) -> str:
    """SHA-256 of the file in UTF-8."""
    return hashlib.sha256(content).hexdigest()


def _encode(text: str, encoding: str) -> bytes:
    return text.encode(ENCODINGS[encoding])


def _draw(files: Sequence[PayFile], comma: str) -> dict[int, str]:
    rows: dict[int, list[str]] = {file.pk: _draw_head(file, comma) for file in files}
    years = {file.pk: file.plan.year for file in files}
    payments = store.fetch("read_payments", {"files": [file.pk for file in files]})
    cards = open_seals((row[5] for row in payments), CARD)
    for (pk, number, fen, household, member, _), card in zip(payments, cards, strict=True):
        told = f"{years[pk]}年收益分配 第{household}户" + (f" 成员{member}" if member else "")
        payee, account, bank = (write_cell(card[key], comma) for key in ("payee", "account", "bank"))
        amount = f"{fen // 100}.{fen % 100:02d}"
        rows[pk].append(f"{number}{comma}{payee}{comma}{account}{comma}{bank}{comma}{amount}{comma}{told}")
    return {pk: "\r\n".join(lines) + "\r\n" for pk, lines in rows.items()}


def _draw_head(file: PayFile, comma: str) -> list[str]:
    plan = file.plan
    batch = f"{plan.organisation.code}-{plan.year}-{file.turn}"
    told = (
        batch,
        plan.organisation.code,
        str(plan.year),
        str(file.lines),
        f"{file.fen // 100}.{file.fen % 100:02d}",
    )
    return [comma.join(HEAD), comma.join(told), comma.join(COLUMNS)]


def write_cell(text: str, comma: str = ",") -> str:
    """A text as a cell: no line breaks, nothing that a spreadsheet would run, quoted where it must be."""
    if text.startswith(_DANGEROUS):
        text = f"'{text}"
    if text.isalnum():
        return text
    plain = " ".join(text.split())
    return '"' + plain.replace('"', '""') + '"' if comma in plain or '"' in plain else plain


def name_file(file: PayFile, form: str = "csv") -> str:
    """What it is called: organisation, year, turn."""
    return f"{file.plan.organisation.code}-{file.plan.year}-{file.turn}.{form}"

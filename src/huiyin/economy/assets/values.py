"""The values of assets: registers and their accounts, land by use, uses, checks, treatments, new entries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from huiyin.kernel.words import Words

INVENTORY = "inventory"
"""The process of a yearly inventory."""

RULE = "农村集体经济组织法 第43条：建立集体财产清查、保管、使用、处置、公开等制度；农经发〔2017〕11号"
"""What inventories rest on."""

MONEY, CLAIM, THING, RIGHT, DEBT, LAND = "money", "claim", "thing", "right", "debt", "land"


@dataclass(frozen=True, slots=True)
class Register:
    """One register: the letters of its codes, the accounts that it details, and of what kind it is."""

    key: str
    title: Words
    letters: str
    accounts: tuple[str, ...]
    kind: str

    @property
    def sign(self) -> int:
        """1 when its balance stands on the debit side, -1 for debts."""
        return -1 if self.kind == DEBT else 1


def _listed(*registers: Register) -> Mapping[str, Register]:
    return MappingProxyType({one.key: one for one in registers})


REGISTERS = _listed(
    Register("cash", Words("库存现金", "Cash on hand"), "XJ", ("101",), MONEY),
    Register("bank", Words("银行存款", "Bank accounts"), "YH", ("102",), MONEY),
    Register("receivable", Words("应收款项", "Receivables"), "YS", ("112", "113"), CLAIM),
    Register("stock", Words("库存物资", "Stocks"), "KC", ("121",), THING),
    Register("biological", Words("生物资产", "Biological assets"), "SW", ("131", "132", "134"), THING),
    Register("fixed", Words("固定资产", "Fixed assets"), "GD", ("151",), THING),
    Register("construction", Words("在建工程", "Construction"), "ZJ", ("153",), THING),
    Register("intangible", Words("无形资产", "Intangible assets"), "WX", ("161",), RIGHT),
    Register("investment", Words("对外投资", "Investments"), "TZ", ("111", "141"), RIGHT),
    Register(
        "debt",
        Words("债务", "Debts"),
        "ZW",
        ("201", "211", "212", "213", "214", "221", "231", "241"),
        DEBT,
    ),
    Register("land", Words("土地资源", "Land"), "TD", (), LAND),
)
"""Every register, in the order of the sheets of an inventory."""

FOLDED: Mapping[str, str] = MappingProxyType({"133": "132", "152": "151", "162": "161"})
"""Depreciation and amortisation go off the account whose value they lower: registers hold net values."""

OF_ACCOUNT: Mapping[str, str] = MappingProxyType(
    {account: one.key for one in REGISTERS.values() for account in one.accounts}
)
"""Register by the account that it details."""

LAND_CLASSES: dict[str, Words] = {
    "arable": Words("耕地", "Arable land"),
    "garden": Words("园地", "Garden land"),
    "forest": Words("林地", "Forest"),
    "grass": Words("草地", "Grassland"),
    "homestead": Words("建设用地：宅基地", "Built: homesteads"),
    "commercial": Words("建设用地：经营性", "Built: commercial"),
    "public": Words("建设用地：公益性", "Built: public"),
    "waste": Words("四荒地", "Waste land"),
    "water": Words("养殖水面", "Fish ponds"),
    "works": Words("农田水利设施用地", "Irrigation works"),
    "other": Words("其他土地", "Other land"),
}
"""Land by what it is used for."""

USES: dict[str, Words] = {
    "own": Words("自用", "Own use"),
    "leased": Words("出租、发包", "Leased out"),
    "contracted": Words("家庭承包", "Contracted to households"),
    "public": Words("公益使用", "Public use"),
    "idle": Words("闲置", "Idle"),
}
"""What is done with an asset."""

SEEN: dict[str, Words] = {
    "present": Words("在", "Present"),
    "worn": Words("在，已损坏", "Present, damaged"),
    "missing": Words("不在了", "Gone"),
}
"""In which state something was found when it was counted."""

CHECKS: dict[str, Words] = {
    "account-clear": Words("账清", "Accounts clear"),
    "thing-clear": Words("物清", "Things clear"),
    "title-clear": Words("权属清", "Titles clear"),
    "books-books": Words("账账相符", "Register and ledger agree"),
    "books-things": Words("账实相符", "Register and things agree"),
    "books-papers": Words("账证相符", "Register and papers agree"),
    "books-money": Words("账款相符", "Register and money agree"),
    "books-sheet": Words("账表相符", "Registers and balance sheet agree"),
}
"""三清 (the first three) and 五相符."""

FAULTS: dict[str, Words] = {
    "not-counted": Words("还没有盘点", "Not counted yet"),
    "no-party": Words("没有写明对方", "The other party is not named"),
    "no-place": Words("没有写明位置", "Its place is not said"),
    "no-keeper": Words("没有保管人", "Nobody keeps it"),
    "no-deed": Words("没有权属证明", "No proof of title"),
    "no-paper": Words("没有凭证或合同", "No voucher or contract"),
    "more": Words("盘盈", "More than the books say"),
    "less": Words("盘亏", "Less than the books say"),
    "area": Words("面积不符", "The area differs"),
    "ledger": Words("台账合计与总账余额不符", "Register and ledger differ"),
    "no-register": Words("资产负债表上有，台账没有", "On the balance sheet, in no register"),
}
"""What may be found."""

TREATMENTS: dict[str, Words] = {
    "income": Words("盘盈，经 181 转其他收入（504）", "Gain: by 181 to other income (504)"),
    "expense": Words("盘亏，经 181 转其他支出（515）", "Loss: by 181 to other expense (515)"),
    "recover": Words("盘亏，经 181 向责任人追偿（112）", "Loss: by 181, to be recovered (112)"),
    "register": Words("更正台账，不记账", "Correct the register; nothing is posted"),
    "timing": Words("未达账项，不记账", "In transit; nothing is posted"),
    "noted": Words("说明在案", "Explained and noted"),
}
"""What becomes of a difference; the first three post a voucher when the inventory is confirmed."""

POSTED = frozenset({"income", "expense", "recover"})

HELPERS: dict[str, Words] = {
    "member": Words("老党员", "Veteran party member"),
    "cadre": Words("老干部", "Veteran cadre"),
    "teacher": Words("老教师", "Veteran teacher"),
    "soldier": Words("老军人", "Veteran soldier"),
    "worker": Words("老模范", "Veteran model worker"),
}
"""村五老: the elders of a village who look on."""

METHODS: dict[str, Words] = {
    "democratic": Words("民主评议", "Democratic assessment"),
    "valuer": Words("评估机构", "Valuer"),
}
PURPOSES: dict[str, Words] = {
    "inventory": Words("清产核资无原值", "Inventory: no value known"),
    "lease": Words("出租、发包", "Lease"),
    "transfer": Words("转让、处置", "Transfer"),
    "contribution": Words("作价入股", "Contribution"),
}

STEPS = ("clear", "register", "verify", "post", "confirm", "report", "manage")
"""The source's steps in their order; the process file has their titles."""


@dataclass(frozen=True, slots=True)
class NewAsset:
    """An entry of a register as it was typed. `area_mu` is in 亩; `value_fen` None: nobody knows its value.

    `basis` is the voucher (`2026-03/5`) or the contract that it rests on.
    """

    register: str
    name: str
    account: str = ""
    place: str = ""
    keeper: str = ""
    party: str = ""
    use: str = "own"
    land_class: str = ""
    area_mu: Decimal | None = None
    quantity: Decimal | None = None
    measure: str = ""
    value_fen: int | None = None
    contract: str = ""
    deed: str = ""
    note: str = ""
    basis: str = ""
    acquired_on: date | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """A line of an inventory, as the checks look at it."""

    line_id: int
    register: str
    account: str
    book_fen: int
    counted_fen: int | None
    book_mu: Decimal | None = None
    counted_mu: Decimal | None = None
    place: str = ""
    keeper: str = ""
    party: str = ""
    deed: str = ""
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Something that a check found: `gap_fen` is counted less book, nothing where no money is at odds."""

    check: str
    fault: str
    register: str
    line_id: int | None = None
    account: str = ""
    book_fen: int = 0
    counted_fen: int = 0
    gap_mu: Decimal = Decimal(0)

    @property
    def gap_fen(self) -> int:
        """What is there beyond the books; below nothing when it is missing."""
        return self.counted_fen - self.book_fen

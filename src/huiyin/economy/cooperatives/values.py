"""The values of co-operatives: models, forms of contribution, members, promises, what is reckoned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from huiyin.kernel.words import Words

PROCESS = "cooperative-surplus"
IDENTITY = "cooperative-member"
"""Purpose of the seal of a member's identity."""

ID_NUMBER = "cooperative-member-id"
"""Purpose of the blind index of the numbers by which members are told apart."""

LAW = "农民专业合作社法"
NO_CAPITAL = "市场主体登记管理条例 第13条"
"""Labour, credit, a name, goodwill, a franchise and what is pledged are no contribution."""

MODELS: Mapping[str, Words] = {
    "land": Words("土地入股型", "Land"),
    "money": Words("资金入股型", "Money"),
    "industry": Words("产业带动型", "Industry"),
    "enterprise": Words("企业联建型", "With an enterprise"),
    "service": Words("服务创收型", "Services"),
    "resource": Words("资源开发型", "Resources"),
}
"""The six models of co-operatives led by a party organisation; names by practice, no law lays them down."""

COLLECTIVE, FARMER, CITIZEN, ENTITY = "collective", "farmer", "citizen", "entity"
KINDS: Mapping[str, Words] = {
    FARMER: Words("农民", "Farmer"),
    CITIZEN: Words("其他公民", "Other citizen"),
    COLLECTIVE: Words("村集体经济组织", "Village collective"),
    ENTITY: Words("企业、事业单位或社会组织", "Enterprise or institution"),
}
"""Kinds of members; all but persons are counted as organisations (农民专业合作社法 第20条)."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form of contribution: who brings it, whether it can be capital, whether it needs a valuation."""

    title: Words
    of_collective: bool = False
    capital: bool = True
    valued: bool = True


FORMS: Mapping[str, Form] = {
    "fund": Form(Words("集体资金", "Collective money"), of_collective=True, valued=False),
    "asset": Form(Words("集体资产", "Collective assets"), of_collective=True),
    "resource": Form(Words("集体资源", "Collective resources"), of_collective=True),
    "service": Form(
        Words("集体服务（品牌、劳务）", "Collective services"), of_collective=True, capital=False
    ),
    "money": Form(Words("货币", "Money"), valued=False),
    "land": Form(Words("承包经营权", "Contracted land rights")),
    "forest": Form(Words("林权", "Forest rights")),
    "machine": Form(Words("农机", "Machinery")),
    "house": Form(Words("房屋宅基地", "House and homestead")),
    "labour": Form(Words("劳动力", "Labour"), capital=False),
    "livestock": Form(Words("牲畜", "Livestock")),
}
"""Four forms of the collective, seven of households."""

METHODS: Mapping[str, Words] = {
    "appraiser": Words("评估机构评估", "Appraised"),
    "members": Words("全体成员评估作价", "Valued by all members"),
    "contract": Words("按合同价或市场价", "By contract or market price"),
}
"""How what is no money is valued."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What is sealed of a member. Its `repr` shows nothing."""

    name: str = field(repr=False)
    id_number: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class NewAccount:
    """Somebody who joins. `id_number` is the identity number, or the code of an organisation."""

    identity: Identity
    kind: str
    joined_on: date
    household_id: int | None = None


@dataclass(frozen=True, slots=True)
class Valuation:
    """How a value was found, by whom, and what resolved on it."""

    method: str = ""
    valuer: str = ""
    resolution: str = ""


@dataclass(frozen=True, slots=True)
class NewContribution:
    """What a member brings in: its form, what it is, whole fen, how it was valued."""

    account_id: int
    form: str
    what: str
    fen: int
    made_on: date
    valuation: Valuation = field(default_factory=Valuation)
    pledged: bool = False


@dataclass(frozen=True, slots=True)
class NewTrade:
    """A member's trade with the co-operative."""

    account_id: int
    traded_on: date
    what: str
    fen: int
    quantity: str = ""


@dataclass(frozen=True, slots=True)
class Holder:
    """What a member's part of a surplus is reckoned from; `number` is that of the account."""

    number: int
    volume: int = 0
    contribution: int = 0
    reserve: int = 0
    grant: int = 0

    @property
    def base(self) -> int:
        """Contribution, reserve share and share of grants: what the rest goes by."""
        return self.contribution + self.reserve + self.grant


@dataclass(frozen=True, slots=True)
class Terms:
    """What a plan is reckoned with: the year's surplus, earlier losses, parts in thousandths."""

    surplus: int
    loss: int
    reserve_per_mille: int
    volume_per_mille: int


@dataclass(frozen=True, slots=True)
class Part:
    """One member's part: by volume, by capital, by reserve, by grants; and the new share of the reserve."""

    by_volume: int = 0
    by_contribution: int = 0
    by_reserve: int = 0
    by_grant: int = 0
    new_reserve: int = 0

    @property
    def paid(self) -> int:
        """What the member is paid."""
        return self.by_volume + self.by_contribution + self.by_reserve + self.by_grant


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A plan as it adds up, with every member's part by number."""

    reserve: int
    distributable: int
    by_volume: int
    by_rest: int
    parts: Mapping[int, Part]


@dataclass(frozen=True, slots=True)
class Votes:
    """An assembly's votes on one matter: members, of them present, extra votes in all; for and against."""

    members: int
    present: int
    extra: int
    agreed: int
    against: int
    abstained: int = 0
    weighty: bool = False


@dataclass(frozen=True, slots=True)
class PartKind:
    """What can be promised: a cost, due under the contract; or a part of the surplus, due from a plan."""

    title: Words
    of_surplus: bool = False


PART_KINDS: Mapping[str, PartKind] = {
    "guaranteed": PartKind(Words("保底收益", "Guaranteed income")),
    "rent": PartKind(Words("租金", "Rent")),
    "wage": PartKind(Words("就业工资", "Wage")),
    "pension": PartKind(Words("养老金", "Pension")),
    "dividend": PartKind(Words("按股分红", "Dividend"), of_surplus=True),
    "rebate": PartKind(Words("按交易量返利", "Rebate by volume"), of_surplus=True),
}


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern of benefit contract: parts that it needs, and parts of which it needs one at least."""

    title: Words
    needs: frozenset[str]
    one_of: frozenset[str] = frozenset()

    @property
    def kinds(self) -> list[str]:
        """Its parts, in the order of `PART_KINDS`."""
        return [kind for kind in PART_KINDS if kind in self.needs | self.one_of]


PATTERNS: Mapping[str, Pattern] = {
    "guaranteed-dividend": Pattern(
        Words("保底收益+按股分红", "Guaranteed income + dividend"), frozenset({"guaranteed", "dividend"})
    ),
    "rent-job-pension": Pattern(
        Words("固定租金+就业+养老金", "Fixed rent + job + pension"), frozenset({"rent", "wage", "pension"})
    ),
    "rent-wage-rebate": Pattern(
        Words("土地租金+工资+返利分红", "Land rent + wage + rebate"),
        frozenset({"rent", "wage"}),
        frozenset({"dividend", "rebate"}),
    ),
}
"""The three patterns of 联农带农."""

SCHEDULES: Mapping[str, tuple[Words, int]] = {
    "yearly": (Words("每年", "Yearly"), 12),
    "half-yearly": (Words("每半年", "Half-yearly"), 6),
    "quarterly": (Words("每季度", "Quarterly"), 3),
    "monthly": (Words("每月", "Monthly"), 1),
    "once": (Words("一次", "Once"), 0),
}
"""When a sum is due: title, months between."""


@dataclass(frozen=True, slots=True)
class NewPart:
    """One promise: whole fen on a schedule from a day on, or, without `fen`, a part of the surplus."""

    kind: str
    fen: int | None = None
    schedule: str = "yearly"
    first_due_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class NewContract:
    """A benefit contract with a household of the roster, a member of the co-operative, or both."""

    pattern: str
    signed_on: date
    starts_on: date
    ends_on: date
    parts: tuple[NewPart, ...]
    account_id: int | None = None
    household_id: int | None = None


@dataclass(frozen=True, slots=True)
class NewPayment:
    """A payment that was made under a contract: the oldest dues of that kind up to `fen`."""

    contract_number: int
    kind: str
    fen: int
    paid_on: date
    reference: str = ""

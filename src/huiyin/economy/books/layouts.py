"""Which rows a statement has, and from which accounts each is made; plain data.

A row is `key | indent or * for a total | source | title | English title`. Its source: `D 101 102` holds what
these accounts hold on the debit side, `C` on the credit side, `d` and `c` only those of their sub-accounts
that stand on that side; `= a b - c` adds rows up; `< name` is what was distributed; `:` is a heading.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from huiyin.kernel.words import Words

DEBIT, CREDIT, DEBIT_ONLY, CREDIT_ONLY = "D", "C", "d", "c"


@dataclass(frozen=True, slots=True)
class Part:
    """Accounts that a row takes in. `debit-only`: of their sub-accounts those that stand on that side."""

    side: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row: of accounts (`parts`), other rows (`adds`, `takes`), distribution (`given`), or a heading."""

    key: str
    title: Words
    parts: tuple[Part, ...] = ()
    adds: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    given: str = ""
    indent: int = 1
    strong: bool = False

    @property
    def counts(self) -> bool:
        """Whether it has a sum: all rows but headings."""
        return bool(self.parts or self.adds or self.takes or self.given)


@dataclass(frozen=True, slots=True)
class Layout:
    """The statements by one standard; a balance sheet has two sides."""

    assets: tuple[Row, ...]
    claims: tuple[Row, ...]
    income: tuple[Row, ...]
    claims_title: Words


def _read(table: str) -> tuple[Row, ...]:
    return tuple(_read_row(*line.split(" | ")) for line in table.strip().splitlines())


def _read_row(key: str, indent: str, source: str, zh: str, en: str) -> Row:
    sign, _, rest = source.partition(" ")
    parts: tuple[Part, ...] = ()
    adds, takes = rest.partition("- ")[::2] if sign == "=" else ("", "")
    if sign in {DEBIT, CREDIT, DEBIT_ONLY, CREDIT_ONLY}:
        parts = tuple(Part(one[0], tuple(one[2:].split())) for one in source.split(" + "))
    return Row(
        key,
        Words(zh, en),
        parts,
        tuple(adds.split()),
        tuple(takes.split()),
        rest if sign == "<" else "",
        0 if indent == "*" else int(indent),
        indent == "*",
    )


COLLECTIVE = Layout(
    assets=_read("""
current | * | : | 流动资产： | Current assets
money | 1 | D 101 102 | 货币资金 | Money
short | 1 | D 111 | 短期投资 | Short-term investments
receivable | 1 | D 112 + d 113 | 应收款项 | Receivables
stocks | 1 | D 121 401 | 存货 | Stocks
consumable | 1 | D 131 | 消耗性生物资产 | Consumable biological assets
current-sum | * | = money short receivable stocks consumable | 流动资产合计 | Current assets in all
lasting | * | : | 非流动资产： | Other assets
long | 1 | D 141 | 长期投资 | Long-term investments
productive-cost | 1 | D 132 | 生产性生物资产原值 | Productive biological assets at cost
productive-worn | 1 | C 133 | 减：生产性生物资产累计折旧 | Less depreciation
productive | 1 | = productive-cost - productive-worn | 生产性生物资产净值 | Productive biological assets, net
fixed-cost | 1 | D 151 | 固定资产原值 | Fixed assets at cost
fixed-worn | 1 | C 152 | 减：累计折旧 | Less depreciation
fixed | 1 | = fixed-cost - fixed-worn | 固定资产净值 | Fixed assets, net
building | 1 | D 153 | 在建工程 | Construction in progress
disposal | 1 | D 154 | 固定资产清理 | Disposal of fixed assets
intangible-cost | 1 | D 161 | 无形资产原值 | Intangible assets at cost
intangible-worn | 1 | C 162 | 减：累计摊销 | Less amortisation
intangible | 1 | = intangible-cost - intangible-worn | 无形资产净值 | Intangible assets, net
public | 1 | D 134 | 公益性生物资产 | Public-interest biological assets
deferred | 1 | D 171 | 长期待摊费用 | Long-term deferred expenses
to-settle | 1 | D 181 | 待处理财产损溢 | Losses and gains to settle
lasting-sum | * | = long productive fixed building disposal intangible public deferred to-settle | \
非流动资产合计 | Other assets in all
assets | * | = current-sum lasting-sum | 资产总计 | Assets in all
"""),
    claims=_read("""
near | * | : | 流动负债： | Current liabilities
short-loans | 1 | C 201 | 短期借款 | Short-term loans
payable | 1 | C 211 + c 113 | 应付款项 | Payables
wages | 1 | C 212 | 应付工资 | Wages payable
labour | 1 | C 213 | 应付劳务费 | Labour payable
taxes | 1 | C 214 | 应交税费 | Taxes payable
near-sum | * | = short-loans payable wages labour taxes | 流动负债合计 | Current liabilities in all
far | * | : | 非流动负债： | Other liabilities
long-loans | 1 | C 221 | 长期借款及应付款 | Long-term loans and payables
matters | 1 | C 231 | 一事一议资金 | One-matter-one-meeting funds
special | 1 | C 241 | 专项应付款 | Special payables
far-sum | * | = long-loans matters special | 非流动负债合计 | Other liabilities in all
liabilities | * | = near-sum far-sum | 负债合计 | Liabilities in all
own | * | : | 所有者权益： | Equity
capital | 1 | C 301 | 资本 | Capital
reserve | 1 | C 311 | 公积公益金 | Reserve and welfare fund
undistributed | 1 | C 321 322 501 502 503 504 511 512 513 514 515 521 \
| 未分配收益 | Undistributed income
equity | * | = capital reserve undistributed | 所有者权益合计 | Equity in all
claims | * | = liabilities equity | 负债和所有者权益总计 | Liabilities and equity in all
"""),
    income=_read("""
operating | 0 | C 501 | 一、经营收入 | 1. Operating income
investment | 1 | C 502 | 加：投资收益 | Plus investment income
subsidy | 2 | C 503 | 补助收入 | Subsidy income
spent | 1 | D 511 | 减：经营支出 | Less operating expense
tax | 2 | D 512 | 税金及附加 | Taxes and surcharges
management | 2 | D 513 | 管理费用 | Management expense
operating-result | * | = operating investment subsidy - spent tax management | 二、经营收益 \
| 2. Operating result
other-income | 1 | C 504 | 加：其他收入 | Plus other income
public-expense | 1 | D 514 | 减：公益支出 | Less public-interest expense
other-expense | 2 | D 515 | 其他支出 | Other expense
result | * | = operating-result other-income - public-expense other-expense | 三、收益总额 | 3. Result
income-tax | 1 | D 521 | 减：所得税费用 | Less income tax
net | * | = result - income-tax | 四、净收益 | 4. Net income
before | 1 | < before | 加：年初未分配收益 | Plus undistributed before
moved | 2 | < moved | 其他转入 | Other transfers in
distributable | * | = net before moved | 五、可分配收益 | 5. To be distributed
to-reserve | 1 | < reserve | 减：提取公积公益金 | Less to the reserve
to-members | 2 | < members | 向成员分配及其他分配 | Less to members and others
left | * | = distributable - to-reserve to-members | 六、年末未分配收益 | 6. Undistributed at the end
"""),
    claims_title=Words("负债和所有者权益", "Liabilities and equity"),
)
"""财会〔2023〕14号."""

COOPERATIVE = Layout(
    assets=_read("""
current | * | : | 流动资产： | Current assets
money | 1 | D 101 102 | 货币资金 | Money
receivable | 1 | D 113 + d 114 | 应收款项 | Receivables
stocks | 1 | D 121 124 125 127 128 401 | 存货 | Stocks
consumable | 1 | D 141 | 消耗性生物资产 | Consumable biological assets
current-sum | * | = money receivable stocks consumable | 流动资产合计 | Current assets in all
lasting | * | : | 非流动资产： | Other assets
long | 1 | D 131 | 对外投资 | Investments
productive-cost | 1 | D 142 | 生产性生物资产原值 | Productive biological assets at cost
productive-worn | 1 | C 143 | 减：生产性生物资产累计折旧 | Less depreciation
productive | 1 | = productive-cost - productive-worn | 生产性生物资产净值 | Productive biological assets, net
fixed-cost | 1 | D 151 | 固定资产原值 | Fixed assets at cost
fixed-worn | 1 | C 152 | 减：累计折旧 | Less depreciation
fixed | 1 | = fixed-cost - fixed-worn | 固定资产净值 | Fixed assets, net
building | 1 | D 153 | 在建工程 | Construction in progress
disposal | 1 | D 154 | 固定资产清理 | Disposal of fixed assets
intangible-cost | 1 | D 161 | 无形资产原值 | Intangible assets at cost
intangible-worn | 1 | C 162 | 减：累计摊销 | Less amortisation
intangible | 1 | = intangible-cost - intangible-worn | 无形资产净值 | Intangible assets, net
public | 1 | D 144 | 公益性生物资产 | Public-interest biological assets
deferred | 1 | D 171 | 长期待摊费用 | Long-term deferred expenses
to-settle | 1 | D 181 | 待处理财产损溢 | Losses and gains to settle
lasting-sum | * | = long productive fixed building disposal intangible public deferred to-settle | \
非流动资产合计 | Other assets in all
assets | * | = current-sum lasting-sum | 资产总计 | Assets in all
"""),
    claims=_read("""
near | * | : | 流动负债： | Current liabilities
short-loans | 1 | C 201 | 短期借款 | Short-term loans
payable | 1 | C 211 + c 114 | 应付款项 | Payables
wages | 1 | C 212 | 应付工资 | Wages payable
labour | 1 | C 213 | 应付劳务费 | Labour payable
taxes | 1 | C 214 | 应交税费 | Taxes payable
volume | 1 | C 221 | 应付盈余返还 | Surplus by volume payable
remaining | 1 | C 222 | 应付剩余盈余 | Remaining surplus payable
near-sum | * | = short-loans payable wages labour taxes volume remaining | 流动负债合计 | Current \
liabilities in all
far | * | : | 非流动负债： | Other liabilities
long-loans | 1 | C 231 | 长期借款 | Long-term loans
special | 1 | C 235 | 专项应付款 | Special payables
far-sum | * | = long-loans special | 非流动负债合计 | Other liabilities in all
liabilities | * | = near-sum far-sum | 负债合计 | Liabilities in all
own | * | : | 成员权益： | Members' equity
capital | 1 | C 301 | 股金 | Share capital
fund | 1 | C 311 | 专项基金 | Special fund
capital-reserve | 1 | C 321 | 资本公积 | Capital reserve
reserve | 1 | C 322 | 盈余公积 | Surplus reserve
undistributed | 1 | C 331 332 501 502 511 521 522 523 524 529 531 \
| 未分配盈余 | Undistributed surplus
equity | * | = capital fund capital-reserve reserve undistributed | 成员权益合计 | Members' equity in all
claims | * | = liabilities equity | 负债和成员权益总计 | Liabilities and equity in all
"""),
    income=_read("""
operating | 0 | C 501 | 一、经营收入 | 1. Operating income
investment | 1 | C 511 | 加：投资收益 | Plus investment income
spent | 1 | D 521 | 减：经营支出 | Less operating expense
tax | 2 | D 523 | 税金及附加 | Taxes and surcharges
management | 2 | D 522 | 管理费用 | Management expense
finance | 2 | D 524 | 财务费用 | Financial expense
operating-result | * | = operating investment - spent tax management finance | 二、经营收益 \
| 2. Operating result
other-income | 1 | C 502 | 加：其他收入 | Plus other income
other-expense | 1 | D 529 | 减：其他支出 | Less other expense
result | * | = operating-result other-income - other-expense | 三、盈余总额 | 3. Result
income-tax | 1 | D 531 | 减：所得税费用 | Less income tax
net | * | = result - income-tax | 四、本年盈余 | 4. Surplus of the year
before | 1 | < before | 加：年初未分配盈余 | Plus undistributed before
moved | 2 | < moved | 其他转入 | Other transfers in
distributable | * | = net before moved | 五、可分配盈余 | 5. To be distributed
to-reserve | 1 | < reserve | 减：提取盈余公积 | Less to the surplus reserve
to-members | 2 | < members | 盈余返还及剩余盈余分配 | Less to members by volume and share
left | * | = distributable - to-reserve to-members | 六、年末未分配盈余 | 6. Undistributed at the end
"""),
    claims_title=Words("负债和成员权益", "Liabilities and members' equity"),
)
"""财会〔2021〕37号."""

LAYOUTS: Mapping[str, Layout] = MappingProxyType({"collective": COLLECTIVE, "cooperative": COOPERATIVE})
"""By standard."""
